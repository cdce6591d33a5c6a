// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/throttle.h"

#include <gtest/gtest.h>

#include "broker/core/gate/tempo.h"

namespace ecluse {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1707742800);
constexpr uint32_t kTwoASecond = 2000;
constexpr uint32_t kOneInFourSeconds = 250;

TEST(ThrottleTest, ItIsEmptyAfterAStart) {
  Throttle throttle;
  throttle.Fill(kNow, kTwoASecond);
  EXPECT_EQ(throttle.Tokens(kTwoASecond), 0u);
  EXPECT_EQ(throttle.When(1, kTwoASecond), kNow + absl::Milliseconds(500));
}

TEST(ThrottleTest, ItHoldsATenthOfASecondOfItsRateSoThatAPauseMakesNoBurst) {
  constexpr uint32_t kFiftyASecond = 50'000;
  Throttle throttle;
  throttle.Fill(kNow, kFiftyASecond);
  throttle.Fill(kNow + absl::Hours(5), kFiftyASecond);
  EXPECT_EQ(throttle.Tokens(kFiftyASecond), 5u);
  EXPECT_EQ(throttle.When(6, kFiftyASecond), absl::InfiniteFuture());
}

TEST(ThrottleTest, ASlowRateHoldsOne) {
  Throttle throttle;
  throttle.Fill(kNow, kOneInFourSeconds);
  throttle.Fill(kNow + absl::Seconds(3), kOneInFourSeconds);
  EXPECT_EQ(throttle.Tokens(kOneInFourSeconds), 0u);
  EXPECT_EQ(throttle.When(1, kOneInFourSeconds), kNow + absl::Seconds(4));
  throttle.Fill(kNow + absl::Hours(1), kOneInFourSeconds);
  EXPECT_EQ(throttle.Tokens(kOneInFourSeconds), 1u);
}

TEST(ThrottleTest, NoSecondLetsMoreThanTheRateAndItsBurst) {
  Throttle throttle;
  uint32_t passed = 0;
  for (int ms = 0; ms < 10'000; ms += 10) {
    throttle.Fill(kNow + absl::Milliseconds(ms), kTwoASecond);
    if (throttle.Tokens(kTwoASecond) == 0) continue;
    throttle.Take();
    ++passed;
  }
  EXPECT_EQ(passed, 19u);
}

TEST(ThrottleTest, AClockThatGoesBackGivesNothing) {
  Throttle throttle;
  throttle.Fill(kNow, kTwoASecond);
  throttle.Fill(kNow - absl::Hours(1), kTwoASecond);
  EXPECT_EQ(throttle.Tokens(kTwoASecond), 0u);
  throttle.Fill(kNow - absl::Hours(1) + absl::Seconds(1), kTwoASecond);
  EXPECT_EQ(throttle.Tokens(kTwoASecond), 1u);
}

TEST(ThrottleTest, WithoutARateItAlwaysLets) {
  Throttle throttle;
  throttle.Fill(kNow, 0);
  EXPECT_GT(throttle.Tokens(0), 1'000'000u);
  EXPECT_EQ(throttle.When(7, 0), kNow);
}

// The rate that was measured, for forecasts.
TEST(TempoTest, OnlyTheTimeCountsInWhichRequestsWent) {
  Tempo tempo;
  for (int second = 0; second < 100; ++second) {
    tempo.Note(second < 20, kNow + absl::Seconds(second));
    if (second < 20) tempo.Begun(kNow + absl::Seconds(second));
  }
  EXPECT_EQ(tempo.RateMilli(kNow + absl::Seconds(100)), 1000u);
}

TEST(TempoTest, NothingIsKnownOfAnHourAgo) {
  Tempo tempo;
  for (int second = 0; second < 100; ++second) {
    tempo.Note(true, kNow + absl::Seconds(second));
    tempo.Begun(kNow + absl::Seconds(second));
  }
  EXPECT_GT(tempo.RateMilli(kNow + absl::Minutes(30)), 0u);
  EXPECT_EQ(tempo.RateMilli(kNow + absl::Minutes(70)), 0u);
}

TEST(TempoTest, TooLittleTimeSaysNothing) {
  Tempo tempo;
  tempo.Note(true, kNow);
  tempo.Begun(kNow);
  tempo.Note(true, kNow + absl::Seconds(3));
  EXPECT_EQ(tempo.RateMilli(kNow + absl::Seconds(3)), 0u);
}

}  // namespace
}  // namespace ecluse
