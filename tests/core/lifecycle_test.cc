// SPDX-License-Identifier: Apache-2.0
#include "broker/core/lifecycle.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/core/lifecycle_page.h"

namespace ecluse {
namespace {

constexpr WorkerId kWorker{7};
const absl::Time kNow = absl::FromUnixSeconds(1707742800);

class LifecycleTest : public testing::Test {
 protected:
  std::optional<State> After(const State& from, const Cause& cause) {
    return Next(from, cause, {policy_, kNow, false});
  }
  Policy policy_;
};

// The page is printed by this test: run it with ECLUSE_PRINT=1 to write the page anew.
TEST_F(LifecycleTest, ThePageTellsWhatTheCodeDoes) {
  const std::string path = std::string(ECLUSE_SOURCE_DIR) + "/broker/core/LIFECYCLE.md";
  std::ifstream file(path);
  std::stringstream page;
  page << file.rdbuf();
  const std::string text = page.str();
  const std::string mark = "<!-- printed by tests/core/lifecycle_test -->\n";
  const size_t at = text.find(mark);
  ASSERT_NE(at, std::string::npos) << path;
  if (std::getenv("ECLUSE_PRINT")) {
    std::ofstream(path) << text.substr(0, at) + mark + LifecycleTable();
    return;
  }
  EXPECT_EQ(text.substr(at + mark.size()), LifecycleTable()) << "run this test with ECLUSE_PRINT=1";
}

TEST_F(LifecycleTest, SilenceAfterBeginIsDoubtAndNeverReady) {
  const auto next = After(state::Sending{{1, 0}, kWorker, kNow}, cause::Lapsed{});
  EXPECT_TRUE(std::holds_alternative<state::InDoubt>(*next));
}

TEST_F(LifecycleTest, DoubtWaitsBeforeTheFirstProbeBecauseTheTryMayBeOnItsWay) {
  const auto next = After(state::Sending{{1, 0}, kWorker, kNow}, cause::Lapsed{});
  EXPECT_EQ(std::get<state::InDoubt>(*next).next_probe_at, kNow + policy_.settle);
}

TEST_F(LifecycleTest, LateReportSettlesDoubt) {
  const Outcome answered = outcome::Answered{};
  const auto next = After(state::InDoubt{{1, 0}, 3, kNow}, cause::Reported{kWorker, 1, &answered});
  EXPECT_TRUE(std::holds_alternative<state::Settled>(*next));
}

TEST_F(LifecycleTest, AReportOfAnotherTrySettlesNoDoubtButRaisesAnAlarmOnce) {
  const Outcome answered = outcome::Answered{};
  const auto next = After(state::InDoubt{{2, 0}, 0, kNow}, cause::Reported{kWorker, 1, &answered});
  ASSERT_TRUE(std::holds_alternative<state::InDoubt>(*next));
  EXPECT_TRUE(TriesOf(*next).maybe_twice);
  EXPECT_FALSE(After(*next, cause::Reported{kWorker, 1, &answered}));
}

TEST_F(LifecycleTest, ARejectionOfAnEarlierTryIsNoAlarm) {
  const Outcome rejected = outcome::Rejected{};
  EXPECT_FALSE(After(state::InDoubt{{2, 0}, 0, kNow}, cause::Reported{kWorker, 1, &rejected}));
}

TEST_F(LifecycleTest, AProbeThatFindsWhatAPersonThoughtAbsentIsBelieved) {
  const Outcome accepted = outcome::Accepted{};
  const auto next = After(state::Ready{{1, 0}}, cause::Found{1, &accepted});
  EXPECT_TRUE(std::holds_alternative<state::Awaiting>(*next));
}

TEST_F(LifecycleTest, ANumberThatComesLateIsKept) {
  const Outcome numbered = outcome::Accepted{absl::ZeroDuration(), Decision::kOther, "", "", "N1"};
  const auto next = After(state::Awaiting{{1, 0}, 2, kNow}, cause::Found{1, &numbered});
  EXPECT_EQ(TriesOf(*next).number, "N1");
  EXPECT_EQ(std::get<state::Awaiting>(*next).next_probe_at, kNow);
}

TEST_F(LifecycleTest, WhatAnExportTookOnlyItsExportGivesBack) {
  const State exported = state::Waiting{{}, Wait::kExport, JobId{3}};
  EXPECT_FALSE(After(exported, cause::Withdrawn{}));
  EXPECT_FALSE(After(exported, cause::Moved{}));
  EXPECT_FALSE(After(exported, cause::Parked{Wait::kQuarantine}));
  EXPECT_TRUE(std::holds_alternative<state::Elsewhere>(*After(exported, cause::Elsewhere{})));
}

TEST_F(LifecycleTest, NoReleaseByOpsTakesTheWordFromTheCaseOrThePractice) {
  for (const Wait reason : {Wait::kCase, Wait::kDecide, Wait::kConfirm}) {
    EXPECT_FALSE(After(state::Waiting{{}, reason}, cause::Released{}));
    const auto moved = After(state::Waiting{{}, reason}, cause::Moved{});
    EXPECT_EQ(std::get<state::Waiting>(*moved).reason, reason);
  }
}

TEST_F(LifecycleTest, NotReachingTheOperatorIsNoProofOfAbsence) {
  const Outcome unreachable =
      outcome::Deferred{Hindrance::kUnreachable, absl::ZeroDuration(), true};
  EXPECT_FALSE(After(state::InDoubt{{1, 0}, 0, kNow}, cause::Found{1, &unreachable}));
}

TEST_F(LifecycleTest, AClosedOperatorBurnsNoRetryBudget) {
  const Outcome closed = outcome::Deferred{Hindrance::kClosed, absl::Hours(72), true};
  const auto next =
      After(state::Sending{{1, 7}, kWorker, kNow}, cause::Reported{kWorker, 1, &closed});
  EXPECT_EQ(TriesOf(*next).strikes, 7u);
  EXPECT_TRUE(std::holds_alternative<state::Ready>(*next));
}

TEST_F(LifecycleTest, RetryAfterIsNeverShortened) {
  const Outcome busy = outcome::Deferred{Hindrance::kBusy, absl::Hours(72), false};
  const auto next =
      After(state::Sending{{1, 0}, kWorker, kNow}, cause::Reported{kWorker, 1, &busy});
  EXPECT_EQ(std::get<state::Deferred>(*next).retry_at, kNow + absl::Hours(72));
}

TEST_F(LifecycleTest, WhatIsTheAccountsFaultBurnsNoRetryBudget) {
  for (const Hindrance hindrance : {Hindrance::kCredentials, Hindrance::kAccount}) {
    const Outcome refused = outcome::Deferred{hindrance, absl::ZeroDuration(), false};
    const auto next =
        After(state::Sending{{1, 7}, kWorker, kNow}, cause::Reported{kWorker, 1, &refused});
    EXPECT_EQ(*next, State(state::Ready{{1, 7}}));
  }
}

TEST_F(LifecycleTest, AProbeThatFoundTheAccountClosedDoesNotCount) {
  const Outcome refused = outcome::Deferred{Hindrance::kAccount, absl::ZeroDuration(), false};
  const auto next = After(state::InDoubt{{1, 0}, 3, kNow}, cause::Found{1, &refused});
  EXPECT_EQ(*next, State(state::InDoubt{{1, 0}, 2, kNow}));
}

TEST_F(LifecycleTest, ATechnicalRefusalIsNoDecisionAndIsNotRepeatedBlindly) {
  const Outcome refused = outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration(), false};
  const auto next =
      After(state::Sending{{1, 0}, kWorker, kNow}, cause::Reported{kWorker, 1, &refused});
  EXPECT_EQ(*next, State(state::Waiting{{1, 0}, Wait::kTechnical}));
}

TEST_F(LifecycleTest, ARepeatedAcceptanceTakesNoTechnicalRefusalBack) {
  const Outcome accepted = outcome::Accepted{};
  const State parked = state::Waiting{{1, 0}, Wait::kTechnical};
  EXPECT_FALSE(After(parked, cause::Reported{kWorker, 1, &accepted}));
  const Outcome granted = outcome::Answered{Decision::kGranted, "", ""};
  EXPECT_TRUE(After(parked, cause::Reported{kWorker, 1, &granted}));
}

TEST_F(LifecycleTest, ADateThatIsNotYetThereIsWaitedForAndBurnsNothing) {
  const Outcome early = outcome::Deferred{Hindrance::kTooEarly, absl::Hours(40), false};
  const auto next =
      After(state::Sending{{1, 7}, kWorker, kNow}, cause::Reported{kWorker, 1, &early});
  EXPECT_EQ(*next, State(state::Deferred{{1, 7}, kNow + absl::Hours(40)}));
}

TEST_F(LifecycleTest, TheSameWordIsNewsOnlyOnce) {
  const Outcome word = outcome::Accepted{absl::ZeroDuration(), Decision::kPending};
  const auto first = After(state::Awaiting{{1, 0}, 4, kNow}, cause::Found{1, &word});
  EXPECT_EQ(TriesOf(*first).said, BitOf(Decision::kPending));
  EXPECT_FALSE(After(*first, cause::Found{1, &word}));
}

TEST_F(LifecycleTest, APendingDecisionIsAskedForMoreAndMoreSeldom) {
  policy_.ask_every = absl::Minutes(5);
  policy_.ask_most = absl::Minutes(30);
  State state = state::Awaiting{{1, 0}, 0, kNow};
  std::vector<absl::Duration> pauses;
  for (int i = 0; i < 4; ++i) {
    state = *After(state, cause::Probed{});
    pauses.push_back(std::get<state::Awaiting>(state).next_probe_at - kNow);
  }
  EXPECT_EQ(pauses, (std::vector{absl::Minutes(10), absl::Minutes(20), absl::Minutes(30),
                                 absl::Minutes(30)}));
}

TEST_F(LifecycleTest, AnEarlierWordNeverComesBackAfterTheAnswer) {
  const Outcome acknowledged = outcome::Accepted{absl::ZeroDuration(), Decision::kAcknowledged};
  const Outcome paid = outcome::Answered{Decision::kPaid, "", ""};
  State state = state::Awaiting{{1, 0}, 0, kNow};
  state = *After(state, cause::Answered{&acknowledged});
  state = *After(state, cause::Answered{&paid});
  EXPECT_FALSE(After(state, cause::Answered{&acknowledged}));
  EXPECT_FALSE(After(state, cause::Answered{&paid}));
  EXPECT_EQ(TriesOf(state).said, BitOf(Decision::kAcknowledged) | BitOf(Decision::kPaid));
}

TEST_F(LifecycleTest, ExhaustedAttemptsParkAndDropNothing) {
  policy_.strikes = 2;
  const Outcome hindered = outcome::Deferred{Hindrance::kAdapter, absl::ZeroDuration(), false};
  const auto next =
      After(state::Sending{{2, 1}, kWorker, kNow}, cause::Reported{kWorker, 2, &hindered});
  EXPECT_EQ(std::get<state::Waiting>(*next).reason, Wait::kStrikes);
}

TEST_F(LifecycleTest, WhatMayBeAtTheOperatorCannotBeWithdrawn) {
  EXPECT_FALSE(After(state::Sending{{1, 0}, kWorker, kNow}, cause::Withdrawn{}));
  EXPECT_FALSE(After(state::InDoubt{{1, 0}, 0, kNow}, cause::Withdrawn{}));
  EXPECT_FALSE(After(state::Awaiting{{1, 0}, 0, kNow}, cause::Withdrawn{}));
}

}  // namespace
}  // namespace ecluse
