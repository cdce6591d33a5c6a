// SPDX-License-Identifier: Apache-2.0
// A store that was restored: it asks before anything moves.
#include "tests/core/reopening_fixture.h"

namespace ecluse {
namespace {

class FenceTest : public ReopeningTest {
 protected:
  FenceTest() {
    policies_[kAuthorisation].probes_at_once = 2;
    Start();
  }
  void Back() { ASSERT_TRUE(store_.Backup("copy").ok()); }
  void RestoreJustNow() {
    store_.Restore("copy", ++epoch_);
    Start();
  }
  // … and nothing of the life before is on its way any more.
  void Restore() {
    RestoreJustNow();
    Pull();
    const Policy& policy = policies_[kAuthorisation];
    Wait(policy.silence + policy.settle);
  }
  // Answers all questions that there are, so often.
  void AnswerAll(const Outcome& outcome, int times) {
    for (int i = 0; i < times; ++i) {
      for (const wire::Task& task : Pull()) {
        EXPECT_EQ(task.what, wire::Task::What::kProbe);
        Learn(Of(task), outcome, epoch_);
      }
    }
  }
  size_t Doubts() { return store_.InState(StateCode::kInDoubt, {}, 1000).size(); }
  HoldId HoldOfRestore() {
    const std::vector<Hold> holds = Holds();
    EXPECT_EQ(holds.size(), 1u);
    EXPECT_EQ(holds.at(0).rule, HoldRule::kRestored);
    EXPECT_EQ(holds.at(0).owner, "rule/restored");
    return holds.at(0).id;
  }
  StoreEpoch epoch_ = 0;
};

TEST_F(FenceTest, ARestoredStoreSendsNothingUntilAPersonLiftsItsHold) {
  Deposit("a");
  Back();
  Restore();
  AnswerAll(absent_, 3);
  EXPECT_TRUE(Pull().empty());
  Lift(HoldOfRestore());
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].what, wire::Task::What::kDeliver);
  EXPECT_EQ(BeginIn(epoch_, Of(tasks[0])), ErrorCode::kNone);
}

TEST_F(FenceTest, NothingIsAskedWhileATryOfTheLifeBeforeMayStillBeOnItsWay) {
  Deposit("a");
  Back();
  RestoreJustNow();
  EXPECT_TRUE(Pull().empty());
  const Policy& policy = policies_[kAuthorisation];
  Wait(policy.silence + policy.settle - absl::Seconds(1));
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Doubts(), 0u);
  Wait(absl::Seconds(1));
  Pull();
  EXPECT_EQ(Doubts(), 1u);
}

TEST_F(FenceTest, WhatWasSentAfterTheBackupIsNotSentAgain) {
  const RequestId id = Deposit("a");
  Back();
  const wire::Task task = Pull().at(0);
  Begin(Of(task));
  Report(Of(task), taken_);
  Restore();
  AnswerAll(taken_, 3);
  EXPECT_EQ(StateOf(id), StateCode::kAwaiting);
  Lift(HoldOfRestore());
  EXPECT_TRUE(Pull().empty());
}

TEST_F(FenceTest, AlsoWithoutTheHoldNothingIsSentBeforeItWasAsked) {
  const RequestId id = Deposit("a");
  Back();
  Restore();
  Lift(HoldOfRestore());
  for (const wire::Task& task : Pull()) EXPECT_EQ(task.what, wire::Task::What::kProbe);
  EXPECT_EQ(StateOf(id), StateCode::kInDoubt);
}

TEST_F(FenceTest, DoubtsDoNotPileUpFasterThanTheyAreAsked) {
  for (int i = 0; i < 20; ++i) Deposit(std::to_string(i));
  Back();
  Restore();
  for (int i = 0; i < 20; ++i) {
    Pull();  // nobody answers
    EXPECT_LE(Doubts(), 4u);
  }
}

TEST_F(FenceTest, AllAreAskedInTheEndAndThenGo) {
  for (int i = 0; i < 20; ++i) Deposit(std::to_string(i));
  for (int i = 0; i < 20; ++i) Deposit(std::to_string(i), "content", kRival);
  Back();
  Restore();
  AnswerAll(absent_, 60);
  EXPECT_EQ(Doubts(), 0u);
  Lift(HoldOfRestore());
  for (const wire::Task& task : Pull()) EXPECT_EQ(task.what, wire::Task::What::kDeliver);
}

TEST_F(FenceTest, AnAccountThatMayNotBeAskedHoldsUpNoOther) {
  for (int i = 0; i < 20; ++i) Deposit(std::to_string(i));
  const RequestId other = Deposit("z", "content", kRival);
  wire::PlaceHold call;
  call.scope.practice = kShop.id;
  call.reason = "a question";
  Place(call);
  Back();
  Restore();
  AnswerAll(absent_, 60);
  EXPECT_EQ(TriesOf(store_.Find(other)->state).epoch, epoch_);
}

TEST_F(FenceTest, TheHoldIsPlacedOnceAndDoesNotComeBack) {
  Back();
  Restore();
  const HoldId hold = HoldOfRestore();
  Start();
  EXPECT_EQ(HoldOfRestore(), hold);
  Lift(hold);
  Start();
  Wait(absl::Seconds(1));
  EXPECT_TRUE(Holds().empty());
}

TEST_F(FenceTest, NoRuleAndNoClockLiftsTheHold) {
  Back();
  Restore();
  Tell(kShop, 9, now_);
  Wait(absl::Hours(24 * 365));
  HoldOfRestore();
}

TEST_F(FenceTest, WorkOfAnotherLifeMayNotBegin) {
  Deposit("a");
  const wire::Task task = Pull().at(0);
  Back();
  RestoreJustNow();
  Lift(HoldOfRestore());
  EXPECT_EQ(BeginIn(0, Of(task)), ErrorCode::kFenced);
  EXPECT_EQ(BeginIn(epoch_, Of(task)), ErrorCode::kNotNow);
}

TEST_F(FenceTest, AReportOfAnotherLifeThatItWasNotSentSaysNothing) {
  const wire::Attempt attempt = Sent("a");
  Back();
  RestoreJustNow();
  EXPECT_EQ(Report(attempt, outcome::Deferred{Hindrance::kUnreachable, {}, false}),
            ErrorCode::kStale);
  EXPECT_EQ(StateOf(attempt.request), StateCode::kSending);
  EXPECT_EQ(Learn(attempt, absent_, 0), ErrorCode::kStale);
}

TEST_F(FenceTest, AReportOfAnotherLifeThatTheOperatorHasItIsTheTruth) {
  const wire::Attempt attempt = Sent("a");
  Back();
  Restore();
  EXPECT_EQ(Report(attempt, taken_), ErrorCode::kNone);
  EXPECT_EQ(StateOf(attempt.request), StateCode::kAwaiting);
}

TEST_F(FenceTest, WhatWasBeingSentAtTheBackupBecomesADoubt) {
  const wire::Attempt attempt = Sent("a");
  Back();
  Restore();
  Wait(Policy{}.silence);
  EXPECT_EQ(StateOf(attempt.request), StateCode::kInDoubt);
  Settle();
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(FenceTest, NewNumbersAreAboveAllThatTheOldLifeCouldGive) {
  const RequestId before = Deposit("a");
  Back();
  Restore();
  const RequestId after = Deposit("b");
  EXPECT_GT(after, before);
  EXPECT_GT(after, RequestsFrom(epoch_));
}

TEST_F(FenceTest, NoNumberOfAHoldOfTheOldLifeLiftsTheHoldOfTheRestoredStore) {
  Back();
  Restore();
  EXPECT_GT(HoldOfRestore(), HoldsFrom(epoch_));
}

TEST_F(FenceTest, WhatAPracticeReadBeforeTheRestoreAcknowledgesNothingThatCameSince) {
  const wire::Attempt first = Sent("a");
  const wire::Attempt second = Sent("b");
  Report(first, outcome::Answered{Decision::kGranted, "", ""});
  Back();
  Report(second, outcome::Answered{Decision::kGranted, "", ""});
  EXPECT_EQ(Ask<wire::InboxResult>(kShop, wire::Inbox{0, 10}).entries.size(), 2u);
  Restore();
  Report(second, outcome::Answered{Decision::kGranted, "", ""});
  // The position that was read last, in the other life.
  Ask<wire::InboxResult>(kShop, wire::Inbox{2, 10});
  const auto result = Ask<wire::InboxResult>(kShop, wire::Inbox{0, 10});
  ASSERT_EQ(result.entries.size(), 2u);
  EXPECT_EQ(result.entries[0].request, first.request);
  EXPECT_EQ(result.entries[0].position, InboxFrom(epoch_) + 1);
  EXPECT_EQ(result.entries[1].request, second.request);
}

TEST_F(FenceTest, WhatIsDepositedSinceGoesWithoutAQuestion) {
  Back();
  Restore();
  Lift(HoldOfRestore());
  Deposit("b");
  EXPECT_EQ(Pull().at(0).what, wire::Task::What::kDeliver);
}

TEST_F(FenceTest, WhereNobodyCanAskPeopleDecide) {
  policies_[kAuthorisation].can_probe = false;
  const RequestId id = Deposit("a");
  Back();
  Restore();
  Pull();
  Pull();
  EXPECT_EQ(StateOf(id), StateCode::kInDoubt);
  Ask<wire::ActResult>(kAnne, wire::Resolve{id, wire::Verdict::kNotSent, "asked by telephone"});
  Lift(HoldOfRestore());
  EXPECT_EQ(Pull().size(), 1u);
}

}  // namespace
}  // namespace ecluse
