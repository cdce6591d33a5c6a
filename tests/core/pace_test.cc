// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/pace.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

class PaceTest : public testing::Test {
 protected:
  // A whole cohort is taken.
  void Cohort() {
    for (uint32_t left = WindowOf(pace_, policy_); left > 0; --left) Widen(pace_, policy_);
  }
  void Climb(uint32_t window) {
    while (WindowOf(pace_, policy_) < window) Widen(pace_, policy_);
  }
  uint32_t Window() const { return WindowOf(pace_, policy_); }

  Policy policy_;
  Pace pace_;
};

TEST_F(PaceTest, EachCohortThatIsTakenWidensTheWindowByOne) {
  StartRamp(pace_, policy_);
  EXPECT_EQ(Window(), 1u);
  for (uint32_t window = 2; window <= policy_.in_flight; ++window) {
    Cohort();
    EXPECT_EQ(Window(), window);
  }
  EXPECT_TRUE(IsAtCeiling(pace_, policy_));
}

TEST_F(PaceTest, TheWindowNeverPassesTheCeiling) {
  StartRamp(pace_, policy_);
  for (int i = 0; i < 10'000; ++i) {
    Widen(pace_, policy_);
    ASSERT_LE(Window(), policy_.in_flight);
  }
}

TEST_F(PaceTest, TheRampStartsAtTheFloorAndNeverFallsBelowIt) {
  policy_.in_flight_least = 3;
  StartRamp(pace_, policy_);
  EXPECT_EQ(Window(), 3u);
  for (int i = 0; i < 5; ++i) Narrow(pace_, policy_);
  EXPECT_EQ(Window(), 3u);
}

TEST_F(PaceTest, AFloorAboveTheCeilingIsTheCeiling) {
  policy_.in_flight = 2;
  policy_.in_flight_least = 5;
  StartRamp(pace_, policy_);
  EXPECT_EQ(Window(), 2u);
}

TEST_F(PaceTest, AFailedCohortHalvesTheWindow) {
  Climb(12);
  Narrow(pace_, policy_);
  EXPECT_EQ(Window(), 6u);
}

TEST_F(PaceTest, TheNextRampStartsAtHalfOfWhatHeld) {
  Climb(12);
  for (uint32_t i = 0; i < policy_.dead_cohorts; ++i) Narrow(pace_, policy_);
  StartRamp(pace_, policy_);
  EXPECT_EQ(Window(), 5u);
}

TEST_F(PaceTest, ARampThatDiesAtItsStartStartsLowerNextTime) {
  Climb(12);
  Narrow(pace_, policy_);
  uint32_t before = policy_.in_flight;
  for (int closures = 0; closures < 3; ++closures) {
    StartRamp(pace_, policy_);
    EXPECT_LT(Window(), before);
    before = Window();
    Narrow(pace_, policy_);
  }
}

TEST_F(PaceTest, SoManyFailedCohortsInARowAreTheEnd) {
  Climb(12);
  Narrow(pace_, policy_);
  Narrow(pace_, policy_);
  Widen(pace_, policy_);
  Narrow(pace_, policy_);
  Narrow(pace_, policy_);
  EXPECT_FALSE(IsDead(pace_, policy_));
  Narrow(pace_, policy_);
  EXPECT_TRUE(IsDead(pace_, policy_));
}

TEST_F(PaceTest, TheRateFollowsTheWindowBetweenItsBounds) {
  policy_.rate_most = 8000;
  policy_.rate_least = 1500;
  EXPECT_EQ(RateWithin(1, policy_), 1500u);
  EXPECT_EQ(RateWithin(8, policy_), 4000u);
  EXPECT_EQ(RateWithin(16, policy_), 8000u);
  EXPECT_EQ(RateWithin(99, policy_), 8000u);
}

TEST_F(PaceTest, WithoutAMostThereIsNoRate) { EXPECT_EQ(RateWithin(1, policy_), 0u); }

}  // namespace
}  // namespace ecluse
