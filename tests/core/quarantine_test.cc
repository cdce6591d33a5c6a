// SPDX-License-Identifier: Apache-2.0
// A practice whose account was stolen: what it deposited waits for two people.
#include "tests/core/reopening_fixture.h"

namespace ecluse {
namespace {

class QuarantineTest : public ReopeningTest {};

TEST_F(QuarantineTest, NothingOfThePracticeGoesAndTheOthersDo) {
  const RequestId stolen = Deposit("a");
  Isolate();
  const RequestId other = Deposit("b", "content", kRival);
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, other);
  EXPECT_EQ(WaitOf(stolen), ecluse::Wait::kQuarantine);
}

TEST_F(QuarantineTest, WhatIsDepositedUnderItNeverHasATurn) {
  Isolate();
  const RequestId id = Deposit("a");
  EXPECT_EQ(WaitOf(id), ecluse::Wait::kQuarantine);
  EXPECT_EQ(store_.History(id).size(), 1u);
}

TEST_F(QuarantineTest, WhatWasGrantedBeforeMayNotBegin) {
  Deposit("a");
  const wire::Task task = Pull().at(0);
  Isolate();
  EXPECT_EQ(Begin(Of(task)), ErrorCode::kNotNow);
}

TEST_F(QuarantineTest, WhatWasThereIsSetAsideThoughTheGateIsClosed) {
  Close();
  const RequestId id = Deposit("a");
  Isolate();
  Wait(absl::Seconds(1));
  EXPECT_EQ(WaitOf(id), ecluse::Wait::kQuarantine);
}

TEST_F(QuarantineTest, LiftingItFreesNothingThatWasThereForOnePersonIsNotEnough) {
  Close();
  for (int i = 0; i < 1200; ++i) Deposit(std::to_string(i));
  const Hold hold = Isolate();
  for (int i = 0; i < 10; ++i) Wait(absl::Seconds(1));
  Lift(hold.id);
  Ask<wire::GateResult>(kAnne, wire::Reopen{kAuthorisation, "open", true});
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(store_.InState(StateCode::kWaiting, {}, 2000).size(), 1200u);
}

TEST_F(QuarantineTest, NoSinglePersonPutsOneBack) {
  const RequestId id = Deposit("a");
  Isolate();
  Wait(absl::Seconds(1));
  Ask<Error>(kAnne, wire::Retry{id, "looks harmless"});
  EXPECT_EQ(WaitOf(id), ecluse::Wait::kQuarantine);
}

TEST_F(QuarantineTest, AfterItWasLiftedNewDepositsGo) {
  const RequestId old = Deposit("a");
  const Hold hold = Isolate();
  Wait(absl::Seconds(1));
  Lift(hold.id);
  Deposit("b");
  EXPECT_EQ(Pull().size(), 1u);
  EXPECT_EQ(WaitOf(old), ecluse::Wait::kQuarantine);
}

TEST_F(QuarantineTest, WhatWaitsForItsRetryIsSetAsideToo) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, outcome::Deferred{Hindrance::kUnreachable, absl::Hours(5), false});
  ASSERT_EQ(StateOf(attempt.request), StateCode::kDeferred);
  Isolate();
  for (int i = 0; i < 5; ++i) Wait(absl::Seconds(1));
  EXPECT_EQ(WaitOf(attempt.request), ecluse::Wait::kQuarantine);
}

TEST_F(QuarantineTest, ARestartGoesOnSettingAside) {
  Close();
  const RequestId id = Deposit("a");
  Isolate();
  Start();
  Wait(absl::Seconds(1));
  EXPECT_EQ(WaitOf(id), ecluse::Wait::kQuarantine);
}

TEST_F(QuarantineTest, ItsLoginAsksNothing) {
  Deposit("a");
  FallSilent();
  Isolate();
  Settle();
  EXPECT_TRUE(Pull().empty());
}

}  // namespace
}  // namespace ecluse
