// SPDX-License-Identifier: Apache-2.0
// The life of a job, whatever it does.
#include "proto/limits.h"
#include "tests/core/job_fixture.h"

namespace ecluse {
namespace {

TEST_F(JobTest, APlanCountsAndTouchesNothing) {
  const RequestId first = Refused("a");
  const RequestId second = Refused("b");
  Deposit("c");
  const size_t before = store_.History(first).size();

  const Row plan = Plan(JobKind::kRelease);
  EXPECT_EQ(plan.job.state, JobState::kPlanned);
  EXPECT_EQ(plan.job.planned, 2u);
  EXPECT_FALSE(plan.token.empty());
  EXPECT_EQ(StateOf(second), StateCode::kWaiting);
  EXPECT_EQ(store_.History(first).size(), before);
}

TEST_F(JobTest, AJobDoesWhatItsPlanCounted) {
  const RequestId first = Refused("a");
  const RequestId second = Refused("b");
  const Row done = Do(JobKind::kRelease);
  EXPECT_EQ(done.job.state, JobState::kDone);
  EXPECT_EQ(done.job.done, 2u);
  EXPECT_TRUE(done.token.empty());
  EXPECT_EQ(StateOf(first), StateCode::kReady);
  EXPECT_EQ(StateOf(second), StateCode::kReady);
  EXPECT_EQ(LastEntry(first).actor, "anne");
  EXPECT_NE(LastEntry(first).note.find("why"), std::string::npos);
}

TEST_F(JobTest, TheTokenOfAnotherPlanStartsNothing) {
  const RequestId id = Refused("a");
  Row plan = Plan(JobKind::kRelease);
  const Row other = Plan(JobKind::kConfirm);
  EXPECT_NE(plan.token, other.token);
  plan.token = other.token;
  EXPECT_EQ(SayRefusal(plan, Act::kStart), ErrorCode::kPlanChanged);
  RunOn();
  EXPECT_EQ(StateOf(id), StateCode::kWaiting);
}

TEST_F(JobTest, ThePlanOfTheSameCountOverOthersHasAnotherToken) {
  const RequestId first = Refused("a");
  const RequestId second = Refused("b");
  Filter filter;
  filter.from = filter.to = first;
  const Row one = Plan(JobKind::kRelease, filter);
  filter.from = filter.to = second;
  const Row two = Plan(JobKind::kRelease, filter);
  EXPECT_EQ(one.job.planned, two.job.planned);
  EXPECT_NE(one.job.fingerprint, two.job.fingerprint);
}

TEST_F(JobTest, StartedTwiceItWorksOnce) {
  const RequestId id = Refused("a");
  const Row plan = Plan(JobKind::kRelease);
  Say(plan, Act::kStart);
  RunOn();
  const size_t entries = store_.History(id).size();
  EXPECT_EQ(Say(plan, Act::kStart).job.state, JobState::kDone);
  RunOn();
  EXPECT_EQ(store_.History(id).size(), entries);
  EXPECT_EQ(Look(plan.job.id).job.done, 1u);
}

TEST_F(JobTest, WhatIsStillBeingCountedCantBeStarted) {
  DepositMany(3);
  const auto planned =
      Ask<wire::JobsResult>(kAnne, wire::PlanJob{JobKind::kConfirm, {}, {}, "why"});
  ASSERT_EQ(planned.rows.at(0).job.state, JobState::kCounting);
  EXPECT_TRUE(planned.rows.at(0).token.empty());
  // Counting ends in the same turn, before the call is heard; so it is asked of a stopped broker.
  vitals_.disk_low = true;
  EXPECT_EQ(SayRefusal(planned.rows.at(0), Act::kStart), ErrorCode::kJobState);
}

TEST_F(JobTest, NothingIsPlannedOrDoneWithoutAReason) {
  EXPECT_EQ(Refusal(kAnne, wire::PlanJob{JobKind::kRelease, {}, {}, ""}),
            ErrorCode::kReasonMissing);
  const Row plan = Plan(JobKind::kRelease);
  for (const Act act : {Act::kStart, Act::kPause, Act::kResume, Act::kStop, Act::kApprove}) {
    EXPECT_EQ(Refusal(kAnne, wire::ActOnJob{plan.job.id, act, plan.token, ""}),
              ErrorCode::kReasonMissing);
  }
}

TEST_F(JobTest, WhoMayOnlyLookPlansAndStartsNothing) {
  const Row plan = Plan(JobKind::kRelease);
  EXPECT_EQ(Refusal(kReader, wire::PlanJob{JobKind::kRelease, {}, {}, "why"}),
            ErrorCode::kForbidden);
  EXPECT_EQ(SayRefusal(plan, Act::kStart, kReader), ErrorCode::kForbidden);
}

TEST_F(JobTest, WhatCameAfterThePlanIsNotTouched) {
  DepositMany(2);
  const Row plan = Plan(JobKind::kConfirm);
  const RequestId later = Deposit("later");
  Say(plan, Act::kStart);
  RunOn();
  EXPECT_EQ(Look(plan.job.id).job.done, 2u);
  EXPECT_EQ(LastEntry(later).cause, CauseCode::kDeposited);
}

TEST_F(JobTest, AJobNeverTouchesMoreThanItsPlanCounted) {
  const RequestId first = Refused("a");
  const wire::Attempt second = Sent("b");
  const Row plan = Plan(JobKind::kRelease);
  ASSERT_EQ(plan.job.planned, 1u);
  // It fits only since.
  Report(second, outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration()});
  Say(plan, Act::kStart);
  RunOn();
  const Row end = Look(plan.job.id);
  EXPECT_EQ(end.job.state, JobState::kStopped);
  EXPECT_EQ(end.job.done, 1u);
  EXPECT_NE(end.job.reason.find("more requests"), std::string::npos);
  EXPECT_EQ(StateOf(first), StateCode::kReady);
  EXPECT_EQ(StateOf(second.request), StateCode::kWaiting);
}

TEST_F(JobTest, WhatNoLongerFitsIsPassedOver) {
  Refused("a");
  const RequestId second = Refused("b");
  const Row plan = Plan(JobKind::kRelease);
  Ask<wire::WithdrawResult>(kShop, wire::Withdraw{second});
  Say(plan, Act::kStart);
  RunOn();
  const Row end = Look(plan.job.id);
  EXPECT_EQ(end.job.state, JobState::kDone);
  EXPECT_EQ(end.job.done, 1u);
  EXPECT_EQ(end.job.failed, 0u);
  EXPECT_EQ(StateOf(second), StateCode::kWithdrawn);
}

class LongJobTest : public JobTest {
 protected:
  // More than it touches in one turn.
  LongJobTest() { DepositMany(static_cast<int>(limits::kJobPerTurn) + 44); }
  static constexpr uint64_t kAll = limits::kJobPerTurn + 44;
};

TEST_F(LongJobTest, ATurnDoesOnePage) {
  const Row plan = Plan(JobKind::kConfirm);
  ASSERT_EQ(plan.job.planned, kAll);
  Say(plan, Act::kStart);
  Wait(absl::ZeroDuration());
  // The look is a turn of its own, and another page.
  EXPECT_EQ(store_.History(RequestId{limits::kJobPerTurn}).size(), 2u);
  EXPECT_EQ(store_.History(RequestId{limits::kJobPerTurn + 1}).size(), 1u);
}

TEST_F(LongJobTest, PausedItGoesOnWhereItWas) {
  const Row plan = Plan(JobKind::kConfirm);
  Say(plan, Act::kStart);
  EXPECT_EQ(Say(plan, Act::kPause).job.done, limits::kJobPerTurn);
  RunOn();
  const Row paused = Say(plan, Act::kPause);
  EXPECT_EQ(paused.job.done, limits::kJobPerTurn);
  EXPECT_NE(paused.job.reason.find("paused by anne: because"), std::string::npos);
  Say(plan, Act::kResume);
  RunOn();
  EXPECT_EQ(Look(plan.job.id).job.done, kAll);
}

TEST_F(LongJobTest, StoppedItLeavesTheRest) {
  const Row plan = Plan(JobKind::kConfirm);
  Say(plan, Act::kStart);
  Say(plan, Act::kStop);
  RunOn();
  const Row end = Say(plan, Act::kStop);
  EXPECT_EQ(end.job.state, JobState::kStopped);
  EXPECT_EQ(end.job.done, limits::kJobPerTurn);
  EXPECT_EQ(store_.History(RequestId{kAll}).size(), 1u);
  EXPECT_EQ(SayRefusal(plan, Act::kResume), ErrorCode::kJobState);
  EXPECT_EQ(SayRefusal(plan, Act::kStart), ErrorCode::kJobState);
}

TEST_F(LongJobTest, AfterARestartItGoesOnWhereItWas) {
  const Row plan = Plan(JobKind::kConfirm);
  Say(plan, Act::kStart);
  Wait(absl::ZeroDuration());
  Start();
  EXPECT_EQ(Look(plan.job.id).token, "");
  RunOn();
  const Row end = Look(plan.job.id);
  EXPECT_EQ(end.job.state, JobState::kDone);
  EXPECT_EQ(end.job.done, kAll);
  for (uint64_t id = 1; id <= kAll; ++id) {
    ASSERT_EQ(store_.History(RequestId{id}).size(), 2u) << id;
  }
}

TEST_F(LongJobTest, TwoJobsGoOnInTurns) {
  const Row one = Plan(JobKind::kConfirm);
  Filter filter;
  filter.states = {StateCode::kReady};
  const Row two = Plan(JobKind::kConfirm, filter);
  Say(one, Act::kStart);
  Say(two, Act::kStart);
  RunOn();
  EXPECT_EQ(Look(one.job.id).job.done, kAll);
  EXPECT_EQ(Look(two.job.id).job.done, kAll);
}

TEST_F(LongJobTest, WithoutRoomOnTheDiskNothingGoesOn) {
  const Row plan = Plan(JobKind::kConfirm);
  vitals_.disk_low = true;
  Say(plan, Act::kStart);
  RunOn();
  EXPECT_EQ(Look(plan.job.id).job.done, 0u);
  vitals_.disk_low = false;
  RunOn();
  EXPECT_EQ(Look(plan.job.id).job.done, kAll);
}

TEST_F(JobTest, ARestoredStorePausesWhatWasRunning) {
  DepositMany(static_cast<int>(limits::kJobPerTurn) + 1);
  const Row plan = Plan(JobKind::kConfirm);
  Say(plan, Act::kStart);
  store::Recovered recovered = *store_.Recover();
  recovered.fenced = true;
  broker_ = std::make_unique<Broker>(store_, policies_, routes_, recovered, now_);
  RunOn();
  EXPECT_EQ(Look(plan.job.id).job.state, JobState::kPaused);
  Start();
  EXPECT_EQ(Look(plan.job.id).job.state, JobState::kPaused);
}

TEST_F(JobTest, ARepeatedPlanIsOneJob) {
  const Row plan = Plan(JobKind::kRelease);
  EXPECT_EQ(Plan(JobKind::kRelease).job.id, plan.job.id);
  EXPECT_NE(Plan(JobKind::kConfirm).job.id, plan.job.id);
}

TEST_F(JobTest, NumbersOfJobsAreNeverGivenTwice) {
  const JobId first = Plan(JobKind::kRelease).job.id;
  Start();
  EXPECT_GT(Plan(JobKind::kConfirm).job.id, first);
}

TEST_F(JobTest, FinishedJobsAreForgottenOldestFirst) {
  std::vector<JobId> ids;
  for (size_t i = 0; i < limits::kJobs; ++i) {
    Filter filter;
    filter.from = RequestId{i + 1};
    const auto planned =
        Ask<wire::JobsResult>(kAnne, wire::PlanJob{JobKind::kRelease, filter, {}, "why"});
    ids.push_back(planned.rows.at(0).job.id);
  }
  Filter one_more;
  one_more.older_than = absl::Hours(1);
  EXPECT_EQ(PlanRefusal(JobKind::kRelease, one_more), ErrorCode::kTooManyJobs);
  for (const size_t over : {5u, 3u}) Say({Look(ids[over]).job, ""}, Act::kStop);
  Plan(JobKind::kRelease, one_more);
  EXPECT_EQ(Refusal(kReader, wire::Jobs{ids[3]}), ErrorCode::kUnknownJob);
  EXPECT_EQ(Look(ids[5]).job.state, JobState::kStopped);
  Start();
  EXPECT_EQ(Refusal(kReader, wire::Jobs{ids[3]}), ErrorCode::kUnknownJob);
}

TEST_F(JobTest, JobsAreShownNewestFirst) {
  const JobId first = Plan(JobKind::kRelease).job.id;
  const JobId second = Plan(JobKind::kConfirm).job.id;
  const auto rows = Ask<wire::JobsResult>(kReader, wire::Jobs{}).rows;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].job.id, second);
  EXPECT_EQ(rows[1].job.id, first);
}

TEST_F(JobTest, EverythingIsTooMuchToExportDestroyOrReroute) {
  EXPECT_EQ(PlanRefusal(JobKind::kExport), ErrorCode::kFilter);
  EXPECT_EQ(PlanRefusal(JobKind::kDestroy), ErrorCode::kFilter);
  EXPECT_EQ(PlanRefusal(JobKind::kReroute, {}, kAlmerys), ErrorCode::kFilter);
}

TEST_F(JobTest, PartsThatDoNotGoTogetherAreRefused) {
  Filter service_alone;
  service_alone.service = ServiceId{"authorisation"};
  EXPECT_EQ(PlanRefusal(JobKind::kRelease, service_alone), ErrorCode::kFilter);
  Filter ready_but_waiting = Waits(ecluse::Wait::kStrikes);
  ready_but_waiting.states = {StateCode::kReady};
  EXPECT_EQ(PlanRefusal(JobKind::kRelease, ready_but_waiting), ErrorCode::kFilter);
  // They have owners, or their case or practice decides.
  using enum ecluse::Wait;
  for (const ecluse::Wait reason : {kHeld, kExport, kCase, kDecide, kConfirm}) {
    EXPECT_EQ(PlanRefusal(JobKind::kRelease, Waits(reason)), ErrorCode::kFilter);
  }
}

TEST_F(JobTest, AnUnknownJobIsSaidSo) {
  Row nobody;
  nobody.job.id = JobId{99};
  EXPECT_EQ(SayRefusal(nobody, Act::kStart), ErrorCode::kUnknownJob);
  EXPECT_EQ(Refusal(kAnne, wire::Fetch{JobId{99}, {}}), ErrorCode::kUnknownJob);
  EXPECT_EQ(Refusal(kReader, wire::Findings{JobId{99}, {}}), ErrorCode::kUnknownJob);
}

}  // namespace
}  // namespace ecluse
