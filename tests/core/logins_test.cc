// SPDX-License-Identifier: Apache-2.0
// New logins are tried one account after the other.
#include "broker/core/account/logins.h"

#include "tests/core/reopening_fixture.h"

namespace ecluse {
namespace {

class LoginsTest : public ReopeningTest {
 protected:
  static constexpr int kPractices = 5;
  static identity::Practice Practice(int n) {
    return {{"shop-" + std::to_string(n)}, {"750000002"}};
  }
  // How much there is beside what the worker has in hands.
  size_t PullMore() {
    const std::vector<wire::Task> tasks = Pull(kWorker, holding_);
    for (const wire::Task& task : tasks) holding_.push_back(Of(task));
    return tasks.size();
  }
  // Each has a new password and two requests.
  void Renew() {
    for (int n = 0; n < kPractices; ++n) {
      Tell(Practice(n), 2, now_);
      Deposit("a", "content", Practice(n));
      Deposit("b", "content", Practice(n));
    }
  }
  std::vector<wire::Attempt> holding_;
};

TEST_F(LoginsTest, AfterAPauseTheNextMayTry) {
  Logins logins;
  const absl::Time now = absl::UnixEpoch();
  EXPECT_TRUE(logins.MayTry({"viamedis"}, now));
  logins.Try({{"viamedis"}, {"shop"}}, {RequestId{1}}, now, absl::Seconds(2));
  EXPECT_FALSE(logins.MayTry({"viamedis"}, now + absl::Seconds(1)));
  EXPECT_TRUE(logins.MayTry({"almerys"}, now));
  EXPECT_TRUE(logins.MayTry({"viamedis"}, now + absl::Seconds(2)));
}

TEST_F(LoginsTest, AClockThatIsSetBackMakesNoPauseLonger) {
  Logins logins;
  const absl::Time now = absl::UnixEpoch();
  logins.Try({{"viamedis"}, {"shop"}}, {RequestId{1}}, now, absl::Seconds(2));
  EXPECT_TRUE(logins.MayTry({"viamedis"}, now - absl::Hours(1)));
}

TEST_F(LoginsTest, OneAccountAfterTheOtherTriesItsNewLogin) {
  Renew();
  for (int n = 0; n < kPractices; ++n) {
    EXPECT_EQ(PullMore(), 1u);
    EXPECT_EQ(PullMore(), 0u);
    Wait(Policy{}.login_every);
  }
  EXPECT_EQ(PullMore(), 0u);
}

TEST_F(LoginsTest, ALoginThatTheOperatorTookSomethingWithIsNoNewOne) {
  Tell(kShop, 2, now_);
  for (const char* reference : {"a", "b", "c"}) Deposit(reference);
  const wire::Task task = Pull().at(0);
  Begin(Of(task));
  EXPECT_TRUE(Pull().empty());
  Report(Of(task), taken_);
  EXPECT_EQ(Pull().size(), 2u);
}

TEST_F(LoginsTest, ATryThatDidNotReachTheOperatorProvesNothing) {
  Tell(kShop, 2, now_);
  for (const char* reference : {"a", "b", "c"}) Deposit(reference);
  const wire::Task task = Pull().at(0);
  Begin(Of(task));
  Report(Of(task), outcome::Deferred{Hindrance::kUnreachable, absl::ZeroDuration(), false});
  Wait(Policy{}.login_every);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(LoginsTest, AccountsThatNobodyToldOfGoTogether) {
  for (int n = 0; n < kPractices; ++n) Deposit("a", "content", Practice(n));
  EXPECT_EQ(Pull().size(), size_t{kPractices});
}

TEST_F(LoginsTest, WhatIsProvenStaysProvenAfterARestart) {
  Tell(kShop, 2, now_);
  Deposit("a");
  const wire::Task task = Pull().at(0);
  Begin(Of(task));
  Report(Of(task), taken_);
  Deposit("b");
  Deposit("c");
  Start();
  Tell(kShop, 2, now_);
  EXPECT_EQ(Pull().size(), 2u);
}

TEST_F(LoginsTest, AfterARestartAnUnprovenAccountHasStillOneRequestInHands) {
  Tell(kShop, 2, now_);
  Deposit("a");
  Deposit("b");
  const wire::Task task = Pull().at(0);
  Start();
  Wait(Policy{}.login_every);
  EXPECT_TRUE(Pull(kWorker, {Of(task)}).empty());
}

TEST_F(LoginsTest, WhatWasGrantedWithTheOldLoginMayNotBeginBesideTheNewOnesTry) {
  Deposit("a");
  Deposit("b");
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 2u);
  Tell(kShop, 2, now_);
  EXPECT_EQ(Begin(Of(tasks[0])), ErrorCode::kNone);
  Wait(Policy{}.login_every);
  EXPECT_EQ(Begin(Of(tasks[1])), ErrorCode::kNotNow);
}

TEST_F(LoginsTest, AQuestionIsATryOfTheLoginToo) {
  Deposit("a");
  FallSilent();
  Deposit("b");
  Tell(kShop, 2, now_);
  Settle();
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].what, wire::Task::What::kProbe);
  Learn(Of(tasks[0]), taken_);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(LoginsTest, TheBrokerWakesForTheNextTry) {
  Renew();
  PullMore();
  const wire::Pull pull{kWorker, {kAuthorisation}, 10, holding_, absl::Minutes(1)};
  Step step;
  broker_->Tick(vitals_, now_, step);
  broker_->Handle({"peer", kAdapter, {1, pull}}, now_, step);
  broker_->Finish(now_, step);
  ASSERT_TRUE(store_.Commit(step.batch).ok());
  Step next;
  broker_->Tick(vitals_, now_, next);
  broker_->Finish(now_, next);
  ASSERT_TRUE(store_.Commit(next.batch).ok());
  EXPECT_LE(broker_->NextWakeup(), now_ + Policy{}.login_every);
}

}  // namespace
}  // namespace ecluse
