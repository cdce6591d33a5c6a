// SPDX-License-Identifier: Apache-2.0
// Accounts at the operators: refused logins, and those that reopen later than others.
#include "proto/limits.h"
#include "tests/core/broker_fixture.h"

namespace ecluse {
namespace {

Outcome LoginRefused(uint64_t epoch) {
  return outcome::Deferred{Hindrance::kCredentials, absl::ZeroDuration(), false, epoch};
}

class AccountsTest : public BrokerTest {
 protected:
  void Renew(uint64_t epoch) {
    EXPECT_EQ(Ask<wire::Noted>(kAdapter, wire::Accounts{{{kShop.id, epoch}}}).results.at(0),
              ErrorCode::kNone);
  }
  std::vector<Hold> Holds() { return Ask<wire::HoldsResult>(kAnne, wire::Holds{}).holds; }
};

TEST_F(AccountsTest, ARefusedLoginHoldsItsAccountAfterOneTryAndNobodyElse) {
  const wire::Attempt attempt = Sent("a");
  const RequestId second = Deposit("b");
  Report(attempt, LoginRefused(1));
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Status(second).why, wire::WhyWaiting::kAccount);
  Deposit("c", "content", kRival);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(AccountsTest, AHundredRefusalsAreOneHold) {
  const wire::Attempt first = Sent("a");
  const wire::Attempt second = Sent("b");
  Report(first, LoginRefused(1));
  Report(second, LoginRefused(1));
  ASSERT_EQ(Holds().size(), 1u);
  EXPECT_EQ(Holds()[0].rule, HoldRule::kCredentials);
}

TEST_F(AccountsTest, ANewerCredentialLiftsTheHoldAndTheOldOneDoesNot) {
  Report(Sent("a"), LoginRefused(1));
  Renew(1);
  EXPECT_TRUE(Pull().empty());
  Renew(2);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(AccountsTest, ARefusalThatComesAfterTheNewCredentialHoldsNothing) {
  const wire::Attempt attempt = Sent("a");
  Renew(2);
  Report(attempt, LoginRefused(1));
  EXPECT_TRUE(Holds().empty());
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(AccountsTest, TheHoldOfTheRuleLiftsNoHoldOfAPerson) {
  Report(Sent("a"), LoginRefused(1));
  Ask<wire::HoldsResult>(
      kAnne, wire::PlaceHold{{{kAuthorisation.run_by}, {}, {kShop.id}, {}}, "compromised"});
  Renew(2);
  EXPECT_EQ(Holds().size(), 1u);
  EXPECT_TRUE(Pull().empty());
}

TEST_F(AccountsTest, TheHoldSurvivesARestartAndIsStillLiftedByANewerCredential) {
  Report(Sent("a"), LoginRefused(3));
  Start();
  EXPECT_TRUE(Pull().empty());
  Renew(4);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(AccountsTest, AnAccountThatIsNotOpenYetRestsAndTheOthersGo) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, outcome::Deferred{Hindrance::kAccount, absl::Hours(2), false});
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Status(attempt.request).why, wire::WhyWaiting::kResting);
  Deposit("b", "content", kRival);
  EXPECT_EQ(Pull().size(), 1u);
  Wait(absl::Hours(2));
  EXPECT_EQ(Pull().size(), 2u);  // the rival's lease is over, too
  EXPECT_TRUE(Holds().empty());
}

TEST_F(AccountsTest, ALoginThatWasRefusedHoldsItsAccountHoweverLateItIsTold) {
  const wire::Attempt attempt = Sent("a");
  Deposit("b");
  Report(attempt, std::nullopt);
  EXPECT_EQ(Report(attempt, LoginRefused(1)), ErrorCode::kNone);
  EXPECT_EQ(Holds().size(), 1u);
  EXPECT_TRUE(Pull().empty());
}

TEST_F(AccountsTest, OfTwoRestsTheLongerOneCounts) {
  const wire::Attempt first = Sent("a");
  const wire::Attempt second = Sent("b");
  Report(first, outcome::Deferred{Hindrance::kAccount, absl::Hours(2), false});
  Report(second, outcome::Deferred{Hindrance::kAccount, absl::Seconds(1), false});
  Wait(absl::Hours(1));
  EXPECT_TRUE(Pull().empty());
}

TEST_F(AccountsTest, ALeaseOfAnAccountThatFellAsleepMeanwhileMayNotBegin) {
  const wire::Attempt first = Sent("a");
  Deposit("b");
  const wire::Task task = Pull().at(0);
  Report(first, outcome::Deferred{Hindrance::kAccount, absl::Hours(2), false});
  EXPECT_EQ(Begin({task.envelope.id, task.attempt}), ErrorCode::kNotNow);
}

// Asking is a login too.
TEST_F(AccountsTest, NobodyAsksWithALoginThatWasRefusedAndNoProbeIsSpent) {
  const wire::Attempt silent = Sent("a");
  const wire::Attempt refused = Sent("b");
  Report(silent, std::nullopt);
  Report(refused, LoginRefused(1));
  for (uint32_t i = 0; i <= 2 * Policy{}.probes; ++i) {
    Wait(Policy{}.probe_every);
    EXPECT_TRUE(Pull().empty());
  }
  Renew(2);
  Wait(Policy{}.probe_every * 1.2);
  // The new login is tried by one of them: the one who asks goes first.
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].what, wire::Task::What::kProbe);
  EXPECT_EQ(tasks[0].envelope.id, silent.request);
}

TEST_F(AccountsTest, NobodyAsksWithAnAccountThatAPersonHolds) {
  Report(Sent("a"), outcome::Accepted{absl::Hours(1)});
  const auto placed = Ask<wire::HoldsResult>(
      kAnne, wire::PlaceHold{{{kAuthorisation.run_by}, {}, {kShop.id}, {}}, "compromised"});
  Wait(absl::Hours(1));
  EXPECT_TRUE(Pull().empty());
  Ask<wire::HoldsResult>(kAnne, wire::LiftHold{placed.holds.at(0).id, "renewed"});
  Wait(absl::Hours(1));
  EXPECT_EQ(Pull().size(), 1u);
}

// After an incident an operator may refuse every login there is.
TEST_F(AccountsTest, HoweverManyLoginsAreRefusedAPersonCanStopEverythingAndSeesIt) {
  store::Batch batch;
  for (uint64_t i = 1; i <= limits::kHolds + 10; ++i) {
    Hold hold{HoldId{i}, {}, "rule/credentials", "refused", now_, HoldRule::kCredentials, 1};
    hold.scope.run_by = kAuthorisation.run_by;
    hold.scope.practice = PracticeId{"shop-" + std::to_string(i)};
    batch.placed.push_back(hold);
  }
  batch.last_hold = HoldId{limits::kHolds + 10};
  ASSERT_TRUE(store_.Commit(batch).ok());
  Start();
  const auto placed = Ask<wire::HoldsResult>(kAnne, wire::PlaceHold{{}, "incident"}).holds;
  ASSERT_EQ(placed.size(), 1u);
  const std::vector<Hold> shown = Holds();
  EXPECT_EQ(shown.size(), limits::kHolds);
  EXPECT_EQ(shown.front().owner, "anne");
}

}  // namespace
}  // namespace ecluse
