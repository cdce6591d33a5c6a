// SPDX-License-Identifier: Apache-2.0
#include "tests/core/broker_fixture.h"

namespace ecluse {
namespace {

using State = StateCode;

TEST_F(BrokerTest, RepeatedDepositGetsTheFirstReceipt) {
  const RequestId first = Deposit("A-1");
  now_ += absl::Hours(24 * 14);
  EXPECT_EQ(Deposit("A-1"), first);
}

TEST_F(BrokerTest, ARepeatWithinOneCallGetsTheFirstReceiptToo) {
  const auto result = Ask<wire::DepositResult>(
      kShop, wire::Deposit{{Item("A-1", "content"), Item("A-1", "content")}});
  EXPECT_EQ(std::get<wire::Receipt>(result.results[0]).number,
            std::get<wire::Receipt>(result.results[1]).number);
  EXPECT_TRUE(std::get<wire::Receipt>(result.results[1]).repeated);
}

TEST_F(BrokerTest, TheSameKeyWithOtherContentIsAConflictAndChangesNothing) {
  Deposit("A-1", "content");
  const uint64_t commits = store_.commits();
  const auto result = Ask<wire::DepositResult>(kShop, wire::Deposit{{Item("A-1", "other")}});
  EXPECT_EQ(std::get<Error>(result.results.at(0)),
            (Error{ErrorCode::kConflict, "items[0].content"}));
  EXPECT_EQ(store_.commits(), commits);
}

TEST_F(BrokerTest, TheSameKeyForAnotherFinessOfThePracticeIsAConflict) {
  identity::Practice chain = kShop;
  chain.finess.push_back("750000028");
  Deposit("A-1", "content", chain);
  wire::Deposit::Item item = Item("A-1", "content", chain);
  item.finess = chain.finess.back();
  const auto result = Ask<wire::DepositResult>(chain, wire::Deposit{{item}});
  EXPECT_EQ(std::get<Error>(result.results.at(0)),
            (Error{ErrorCode::kConflict, "items[0].finess"}));
}

TEST_F(BrokerTest, APracticeDepositsOnlyForItsOwnFiness) {
  wire::Deposit::Item item = Item("A-1", "content");
  item.finess = kRival.finess.front();
  const auto result = Ask<wire::DepositResult>(kShop, wire::Deposit{{item}});
  EXPECT_EQ(std::get<Error>(result.results.at(0)).code, ErrorCode::kNotYourFiness);
}

TEST_F(BrokerTest, AnothersReceiptIsAnsweredLikeOneThatDoesNotExist) {
  const RequestId theirs = Deposit("A-1", "content", kRival);
  const auto result = Ask<wire::StatusResult>(kShop, wire::StatusOf{{theirs, RequestId{999}}, {}});
  EXPECT_EQ(std::get<Error>(result.results[0]).code, std::get<Error>(result.results[1]).code);
  EXPECT_EQ(Refusal(kShop, wire::Withdraw{theirs}), ErrorCode::kUnknownRequest);
}

TEST_F(BrokerTest, EachKeySaysOnlyItsOwnVerbs) {
  EXPECT_EQ(Refusal(kShop, wire::Status{}), ErrorCode::kForbidden);
  EXPECT_EQ(Refusal(kAdapter, wire::Operators{}), ErrorCode::kForbidden);
  EXPECT_EQ(Refusal(kAnne, wire::Inbox{}), ErrorCode::kForbidden);
  EXPECT_EQ(Refusal(kReader, wire::Close{kAuthorisation, "why", std::nullopt}),
            ErrorCode::kForbidden);
}

TEST_F(BrokerTest, AnAnsweredRequestReachesTheInboxOnceAndStaysUntilAcknowledged) {
  const wire::Attempt attempt = Sent("A-1");
  const Outcome granted = outcome::Answered{Decision::kGranted, "text/plain", "yes"};
  EXPECT_EQ(Report(attempt, granted), ErrorCode::kNone);
  EXPECT_EQ(Report(attempt, granted), ErrorCode::kStale);
  ASSERT_EQ(Inbox().size(), 1u);
  EXPECT_EQ(Inbox().at(0).body, "yes");
  EXPECT_TRUE(Ask<wire::InboxResult>(kShop, wire::Inbox{1, 64}).entries.empty());
  EXPECT_EQ(Refusal(kShop, wire::Inbox{2, 64}), ErrorCode::kInboxGap);
}

TEST_F(BrokerTest, ALostPullReplyIsSentAgainAndWhatIsInHandIsNot) {
  Deposit("A-1");
  const wire::Task task = Pull().at(0);
  EXPECT_EQ(Pull().size(), 1u);
  EXPECT_TRUE(Pull(kWorker, {{task.envelope.id, task.attempt}}).empty());
  EXPECT_TRUE(Pull(WorkerId{8}).empty());
}

TEST_F(BrokerTest, ALeaseBelongsToItsWorker) {
  Deposit("A-1");
  const wire::Task task = Pull().at(0);
  const wire::Attempt attempt{task.envelope.id, task.attempt};
  EXPECT_EQ(Begin(attempt, WorkerId{8}), ErrorCode::kNotYourLease);
  EXPECT_EQ(Begin(attempt), ErrorCode::kNone);
  EXPECT_EQ(Report(attempt, outcome::Answered{}, WorkerId{8}), ErrorCode::kNotYourLease);
}

TEST_F(BrokerTest, ARepeatedBeginIsToldToProceedAgain) {
  const wire::Attempt attempt = Sent("A-1");
  EXPECT_EQ(Begin(attempt), ErrorCode::kNone);
  EXPECT_EQ(Status(attempt.request).attempts, 1u);
}

TEST_F(BrokerTest, AGateThatClosedMeanwhileIsAskedAtTheMomentOfSending) {
  Deposit("A-1");
  const wire::Task task = Pull().at(0);
  Close();
  EXPECT_EQ(Begin({task.envelope.id, task.attempt}), ErrorCode::kNotNow);
  EXPECT_EQ(Status(task.envelope.id).why, wire::WhyWaiting::kGateClosed);
}

TEST_F(BrokerTest, AHoldOnOneRequestTakesItOutOfTheQueueAndLetsTheOthersGo) {
  const RequestId held = Deposit("A-1");
  const RequestId free = Deposit("A-2");
  Scope scope;
  scope.request = held;
  const auto hold = Ask<wire::HoldsResult>(kAnne, wire::PlaceHold{scope, "a question"}).holds.at(0);
  const auto tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, free);
  EXPECT_EQ(Status(held).why, wire::WhyWaiting::kHeld);
  Ask<wire::HoldsResult>(kAnne, wire::LiftHold{hold.id, "answered"});
  EXPECT_EQ(Status(held).state, State::kReady);
}

TEST_F(BrokerTest, AHoldThatCouldStopNothingIsRefused) {
  Scope scope;
  scope.run_by = OperatorId{"viamedi"};
  EXPECT_EQ(Refusal(kAnne, wire::PlaceHold{scope, "stop"}), ErrorCode::kUnknownDestination);
  scope.run_by = kAuthorisation.run_by;
  scope.service = ServiceId{"authorisatoin"};
  EXPECT_EQ(Refusal(kAnne, wire::PlaceHold{scope, "stop"}), ErrorCode::kUnknownDestination);
  scope.service.reset();
  EXPECT_EQ(Ask<wire::HoldsResult>(kAnne, wire::PlaceHold{scope, "stop"}).holds.size(), 1u);
}

TEST_F(BrokerTest, PlacingAHoldTwiceIsOneHold) {
  const wire::PlaceHold stop{{}, "stop everything"};
  const auto first = Ask<wire::HoldsResult>(kAnne, stop).holds;
  EXPECT_EQ(Ask<wire::HoldsResult>(kAnne, stop).holds, first);
}

TEST_F(BrokerTest, LiftingAHoldTwiceIsARepeatAndOneThatNeverWasIsUnknown) {
  const auto hold = Ask<wire::HoldsResult>(kAnne, wire::PlaceHold{{}, "stop"}).holds.at(0);
  Ask<wire::HoldsResult>(kAnne, wire::LiftHold{hold.id, "go"});
  EXPECT_TRUE(Ask<wire::HoldsResult>(kAnne, wire::LiftHold{hold.id, "go"}).holds.empty());
  EXPECT_EQ(Refusal(kAnne, wire::LiftHold{HoldId{99}, "go"}), ErrorCode::kUnknownHold);
}

TEST_F(BrokerTest, ClosedGatesAndHoldsSurviveARestart) {
  Deposit("A-1");
  Close();
  Start();
  EXPECT_TRUE(Pull().empty());
  Ask<wire::GateResult>(kAnne, wire::Reopen{kAuthorisation, "they called", false});
  Ask<wire::HoldsResult>(kAnne, wire::PlaceHold{{}, "wait"});
  Start();
  EXPECT_TRUE(Pull().empty());
}

TEST_F(BrokerTest, SilenceLeadsToAProbeAndAbsenceToANewTry) {
  const wire::Attempt attempt = Sent("A-1");
  Wait(absl::Seconds(121));
  EXPECT_EQ(Status(attempt.request).state, State::kInDoubt);
  EXPECT_TRUE(Pull().empty());  // a try may still be on its way
  Wait(absl::Seconds(70));
  const auto tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].what, wire::Task::What::kProbe);
  const Outcome absent = outcome::Deferred{Hindrance::kAbsent, absl::ZeroDuration(), false};
  Ask<wire::Noted>(kAdapter, wire::Report{kWorker, wire::Task::What::kProbe, {{attempt, absent}}});
  EXPECT_EQ(Status(attempt.request).state, State::kDeferred);
  Wait(absl::Seconds(11));
  EXPECT_EQ(Pull().at(0).attempt, 2u);
}

TEST_F(BrokerTest, WithoutAProbeOnlyAPersonSettlesADoubt) {
  policies_[kAuthorisation].can_probe = false;
  Start();
  const wire::Attempt attempt = Sent("A-1");
  Wait(absl::Hours(24));
  Wait(absl::Hours(24));
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Status(attempt.request).why, wire::WhyWaiting::kPerson);
  Ask<wire::ActResult>(kAnne,
                       wire::Resolve{attempt.request, wire::Verdict::kNotSent, "they looked", 1});
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(BrokerTest, AVerdictOnAnEarlierTrySettlesNoLaterDoubt) {
  const wire::Attempt attempt = Sent("A-1");
  Wait(absl::Seconds(121));
  const wire::Resolve late{attempt.request, wire::Verdict::kNotSent, "they looked", 7};
  EXPECT_EQ(Refusal(kAnne, late), ErrorCode::kNotInDoubt);
}

TEST_F(BrokerTest, BulkResolveNeedsTheTokenOfItsPlan) {
  const wire::Attempt attempt = Sent("A-1");
  Wait(absl::Seconds(121));
  wire::ResolveAll all{{}, wire::Verdict::kSent, "the operator confirmed", ""};
  const auto plan = Ask<wire::ActResult>(kAnne, all);
  EXPECT_EQ(plan.requests, 1u);
  EXPECT_FALSE(plan.done);
  all.token = "0000000000000000";
  EXPECT_EQ(Refusal(kAnne, all), ErrorCode::kPlanChanged);
  all.token = plan.token;
  EXPECT_TRUE(Ask<wire::ActResult>(kAnne, all).done);
  EXPECT_EQ(Status(attempt.request).state, State::kAwaiting);
}

TEST_F(BrokerTest, ALowDiskRefusesIntakeAndSuspendsDeliveryButNotesReports) {
  const wire::Attempt attempt = Sent("A-1");
  Deposit("A-2");
  vitals_.disk_low = true;
  const auto result = Ask<wire::DepositResult>(kShop, wire::Deposit{{Item("A-3", "content")}});
  EXPECT_EQ(std::get<Error>(result.results.at(0)).code, ErrorCode::kDiskLow);
  EXPECT_NE(Deposit("A-2"), RequestId{});
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Report(attempt, outcome::Answered{}), ErrorCode::kNone);
}

TEST_F(BrokerTest, DamagedContentParksItsRequestAndLetsTheOthersGo) {
  const RequestId damaged = Deposit("A-1");
  Deposit("A-2");
  store_.Damage(damaged);
  EXPECT_EQ(Pull().size(), 1u);
  EXPECT_EQ(Status(damaged).why, wire::WhyWaiting::kDamaged);
}

TEST_F(BrokerTest, AClockThatIsSetBackEndsNoTryThatHasBegun) {
  const wire::Attempt attempt = Sent("A-1");
  now_ -= absl::Hours(24);
  Wait(absl::ZeroDuration());
  EXPECT_EQ(Status(attempt.request).state, State::kSending);
}

TEST_F(BrokerTest, AClockThatIsSetBackEndsLeasesInsteadOfStretchingThem) {
  Deposit("A-1");
  Pull();
  now_ -= absl::Hours(24);
  Wait(absl::ZeroDuration());
  EXPECT_EQ(Pull(WorkerId{8}).size(), 1u);
}

TEST_F(BrokerTest, HistoryTellsEveryStepAndWho) {
  const wire::Attempt attempt = Sent("A-1");
  Report(attempt, outcome::Answered{});
  const auto show = Ask<wire::ShowResult>(kAnne, wire::Show{attempt.request});
  std::vector<CauseCode> causes;
  for (const JournalEntry& entry : show.history) causes.push_back(entry.cause);
  EXPECT_EQ(causes, (std::vector{CauseCode::kDeposited, CauseCode::kGranted, CauseCode::kBegun,
                                 CauseCode::kReported}));
  EXPECT_EQ(show.row.status.reference, "");
}

TEST_F(BrokerTest, ShapeCountsUnfinishedRequestsByAge) {
  Deposit("A-1");
  now_ += absl::Hours(30);
  Deposit("A-2");
  const auto shape = Ask<wire::ShapeReport>(kAnne, wire::Shape{});
  ASSERT_EQ(shape.rows.size(), 1u);
  EXPECT_EQ(shape.rows[0].requests, (std::vector<uint64_t>{1, 0, 0, 0, 1, 0, 0, 0, 0}));
}

}  // namespace
}  // namespace ecluse
