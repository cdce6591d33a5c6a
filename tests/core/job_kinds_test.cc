// SPDX-License-Identifier: Apache-2.0
// What jobs do: release, confirm, destroy, re-route.
#include "tests/core/job_fixture.h"

namespace ecluse {
namespace {

using enum ecluse::Wait;

TEST_F(JobTest, ReleasePutsBackOnlyWhatTheFilterMeans) {
  const RequestId meant = Refused("a");
  const RequestId other = Refused("b");
  Filter filter = Waits(kTechnical);
  filter.to = meant;
  EXPECT_EQ(Do(JobKind::kRelease, filter).job.done, 1u);
  EXPECT_EQ(StateOf(meant), StateCode::kReady);
  EXPECT_EQ(StateOf(other), StateCode::kWaiting);
}

TEST_F(JobTest, ReleaseLeavesHoldsToTheirOwners) {
  const RequestId id = Deposit("a");
  wire::PlaceHold hold;
  hold.scope.request = id;
  hold.reason = "a question";
  Ask<wire::HoldsResult>(kAnne, hold);
  EXPECT_EQ(Do(JobKind::kRelease).job.done, 0u);
  EXPECT_EQ(WaitOf(id), kHeld);
}

class QuarantineJobTest : public JobTest {
 protected:
  QuarantineJobTest() {
    frozen_ = Deposit("frozen");
    others_ = Deposit("others", "content", kRival);
    Quarantine();
    RunOn();
  }
  RequestId frozen_;
  RequestId others_;
};

TEST_F(QuarantineJobTest, ReleaseTakesNothingFromAQuarantineThatItDoesNotName) {
  EXPECT_EQ(Do(JobKind::kRelease).job.done, 0u);
  EXPECT_NE(StateOf(frozen_), StateCode::kWithdrawn);
  for (const wire::Task& task : Pull()) EXPECT_NE(task.envelope.id, frozen_);
}

TEST_F(QuarantineJobTest, OnePersonReleasesNothingFromIt) {
  const Row plan = Plan(JobKind::kRelease, Waits(kQuarantine));
  ASSERT_EQ(plan.job.planned, 1u);
  const Row asked = Say(plan, Act::kStart);
  EXPECT_EQ(asked.job.state, JobState::kAsked);
  EXPECT_EQ(asked.token, plan.token);
  EXPECT_EQ(SayRefusal(plan, Act::kApprove), ErrorCode::kSecondPerson);
  RunOn();
  for (const wire::Task& task : Pull()) EXPECT_NE(task.envelope.id, frozen_);
}

TEST_F(QuarantineJobTest, TwoPeopleReleaseASliceOfIt) {
  const Row end = Do(JobKind::kRelease, Waits(kQuarantine));
  EXPECT_EQ(end.job.done, 1u);
  EXPECT_EQ(end.job.second, "carla");
  EXPECT_NE(LastEntry(frozen_).note.find("with carla"), std::string::npos);
  std::vector<RequestId> handed;
  for (const wire::Task& task : Pull()) handed.push_back(task.envelope.id);
  EXPECT_NE(std::find(handed.begin(), handed.end(), frozen_), handed.end());
}

TEST_F(QuarantineJobTest, NoSinglePersonTakesOneOutByRetry) {
  Pull();
  EXPECT_EQ(Refusal(kAnne, wire::Retry{frozen_, "please"}), ErrorCode::kNotInDoubt);
}

TEST_F(QuarantineJobTest, DestroyNeedsTwoPeopleAndThePlansToken) {
  Row plan = Plan(JobKind::kDestroy, Of(kShop));
  ASSERT_EQ(plan.job.planned, 1u);
  EXPECT_EQ(SayRefusal(plan, Act::kApprove, kCarla), ErrorCode::kJobState);
  Say(plan, Act::kStart);
  RunOn();
  EXPECT_NE(StateOf(frozen_), StateCode::kDestroyed);
  EXPECT_EQ(SayRefusal(plan, Act::kApprove), ErrorCode::kSecondPerson);
  const std::string token = std::exchange(plan.token, "0000000000000000");
  EXPECT_EQ(SayRefusal(plan, Act::kApprove, kCarla), ErrorCode::kPlanChanged);
  plan.token = token;
  Say(plan, Act::kApprove, kCarla);
  RunOn();
  EXPECT_EQ(StateOf(frozen_), StateCode::kDestroyed);
  EXPECT_EQ(Say(plan, Act::kApprove, kCarla).job.state, JobState::kDone);
}

TEST_F(QuarantineJobTest, WhatIsDestroyedHasNoContentAndAHistory) {
  Do(JobKind::kDestroy, Of(kShop));
  EXPECT_FALSE(store_.Content(frozen_).ok());
  EXPECT_EQ(LastEntry(frozen_).cause, CauseCode::kDestroyed);
  EXPECT_EQ(Refusal(kAnne, wire::ReadContent{frozen_, "why"}), ErrorCode::kUnknownRequest);
}

TEST_F(QuarantineJobTest, WhatOthersDepositedIsNeverDestroyed) {
  const Row plan = Plan(JobKind::kDestroy, Of(kRival));
  EXPECT_EQ(plan.job.planned, 0u);
  EXPECT_EQ(plan.job.failed, 1u);
  EXPECT_EQ(Do(JobKind::kDestroy, Of(kAuthorisation)).job.done, 1u);
  EXPECT_EQ(StateOf(others_), StateCode::kReady);
}

TEST_F(JobTest, WhatMayBeAtTheOperatorIsNotDestroyed) {
  const wire::Attempt sent = Sent("a");
  Quarantine();
  const Row end = Do(JobKind::kDestroy, Of(kShop));
  EXPECT_EQ(end.job.done, 0u);
  EXPECT_EQ(end.job.failed, 1u);
  EXPECT_EQ(StateOf(sent.request), StateCode::kSending);
  Wait(policies_[kAuthorisation].silence * 2);
  ASSERT_EQ(StateOf(sent.request), StateCode::kInDoubt);
  EXPECT_EQ(Do(JobKind::kDestroy, Of(kAuthorisation)).job.done, 0u);
  EXPECT_EQ(StateOf(sent.request), StateCode::kInDoubt);
}

TEST_F(JobTest, ReroutedItGoesTheOtherWayWithItsHistory) {
  const RequestId id = Deposit("a");
  EXPECT_EQ(Do(JobKind::kReroute, Of(kAuthorisation), kAlmerys).job.done, 1u);
  EXPECT_TRUE(Pull().empty());
  const auto tasks = Ask<wire::Work>(kAlmerysAdapter, wire::Pull{kWorker, {kAlmerys}, 10, {}, {}});
  ASSERT_EQ(tasks.tasks.size(), 1u);
  EXPECT_EQ(tasks.tasks[0].envelope.id, id);
  EXPECT_EQ(tasks.tasks[0].envelope.deposited_to, kAuthorisation);
  EXPECT_EQ(store_.History(id).front().cause, CauseCode::kDeposited);
}

TEST_F(JobTest, ARepeatedDepositFindsWhatWasReroutedSince) {
  const RequestId id = Deposit("a");
  Do(JobKind::kReroute, Of(kAuthorisation), kAlmerys);
  EXPECT_EQ(Deposit("a"), id);
}

TEST_F(JobTest, ReroutedAndRestartedItIsStillThere) {
  const RequestId id = Deposit("a");
  Do(JobKind::kReroute, Of(kAuthorisation), kAlmerys);
  Start();
  const auto work = Ask<wire::Work>(kAlmerysAdapter, wire::Pull{kWorker, {kAlmerys}, 10, {}, {}});
  ASSERT_EQ(work.tasks.size(), 1u);
  EXPECT_EQ(work.tasks[0].envelope.id, id);
}

TEST_F(JobTest, OnlyToAnotherWayThatExists) {
  EXPECT_EQ(PlanRefusal(JobKind::kReroute, Of(kAuthorisation)), ErrorCode::kUnknownDestination);
  EXPECT_EQ(PlanRefusal(JobKind::kReroute, Of(kAuthorisation), kBilling),
            ErrorCode::kUnknownDestination);
  EXPECT_EQ(PlanRefusal(JobKind::kReroute, Of(kAuthorisation), kAuthorisation), ErrorCode::kFilter);
  EXPECT_EQ(PlanRefusal(JobKind::kConfirm, {}, kAlmerys), ErrorCode::kFilter);
}

TEST_F(JobTest, WhatMayBeAtTheOperatorGoesNoOtherWay) {
  const wire::Attempt sent = Sent("a");
  const Row end = Do(JobKind::kReroute, Of(kAuthorisation), kAlmerys);
  EXPECT_EQ(end.job.done, 0u);
  EXPECT_EQ(end.job.failed, 1u);
  EXPECT_EQ(StateOf(sent.request), StateCode::kSending);
}

TEST_F(JobTest, WhatTheOldOperatorTookAfterAllRaisesAnAlarm) {
  const wire::Attempt first = Sent("a");
  // The try is given up: it could not be sent, says its worker, and goes another way.
  Report(first, outcome::Deferred{Hindrance::kUnreachable, absl::ZeroDuration()});
  Do(JobKind::kReroute, Of(kAuthorisation), kAlmerys);
  const auto work = Ask<wire::Work>(kAlmerysAdapter, wire::Pull{kWorker, {kAlmerys}, 10, {}, {}});
  const wire::Attempt second{work.tasks.at(0).envelope.id, work.tasks.at(0).attempt};
  ASSERT_EQ(Ask<wire::Proceed>(kAlmerysAdapter, wire::Begin{kWorker, {second}}).items.at(0).error,
            ErrorCode::kNone);
  Report(first, outcome::Accepted{});
  EXPECT_TRUE(TriesOf(store_.Find(second.request)->state).maybe_twice);
}

TEST_F(JobTest, WhatAwaitsItsCaseStillAwaitsItOnTheOtherWay) {
  const RequestId first = Deposit("a");
  wire::Deposit::Item item = Item("b", "content");
  item.follows = first;
  const auto result = Ask<wire::DepositResult>(kShop, wire::Deposit{{item}});
  const RequestId second = std::get<wire::Receipt>(result.results.at(0)).number;
  ASSERT_EQ(WaitOf(second), kCase);
  Filter filter;
  filter.from = second;
  EXPECT_EQ(Do(JobKind::kReroute, filter, kAlmerys).job.done, 1u);
  EXPECT_EQ(WaitOf(second), kCase);
  EXPECT_EQ(store_.Find(second)->envelope.destination, kAlmerys);
}

TEST_F(JobTest, WhoReadsAContentIsWrittenIntoItsHistoryBeforeItIsShown) {
  const RequestId id = Deposit("a", "the bytes");
  const auto shown = Ask<wire::ContentResult>(kAnne, wire::ReadContent{id, "a doubt"});
  EXPECT_EQ(shown.content, "the bytes");
  EXPECT_EQ(LastEntry(id).cause, CauseCode::kShown);
  EXPECT_EQ(LastEntry(id).actor, "anne");
  EXPECT_EQ(LastEntry(id).note, "a doubt");
  EXPECT_EQ(Refusal(kAnne, wire::ReadContent{id, ""}), ErrorCode::kReasonMissing);
  EXPECT_EQ(Refusal(kReader, wire::ReadContent{id, "curious"}), ErrorCode::kForbidden);
}

}  // namespace
}  // namespace ecluse
