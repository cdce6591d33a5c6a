// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/clock.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

class AnchorTest : public ::testing::Test {
 protected:
  const absl::Time wall_ = absl::FromUnixSeconds(1'700'000'000);
  const absl::Duration steady_ = absl::Seconds(1000);
  Anchor anchor_{wall_, steady_};
};

TEST_F(AnchorTest, TimeRunsWithTheSteadyClock) {
  const auto reading = anchor_.Read(wall_ + absl::Seconds(5), steady_ + absl::Seconds(5));
  EXPECT_EQ(reading.now, wall_ + absl::Seconds(5));
  EXPECT_FALSE(reading.jump.has_value());
}

TEST_F(AnchorTest, SmallStepsOfTheWallClockAreNotFollowed) {
  for (const absl::Duration step : {absl::Seconds(59), absl::Seconds(-59)}) {
    const auto reading = anchor_.Read(wall_ + step, steady_ + absl::Seconds(1));
    EXPECT_EQ(reading.now, wall_ + absl::Seconds(1));
    EXPECT_FALSE(reading.jump.has_value());
  }
}

TEST_F(AnchorTest, JumpIsFollowedAndToldOnce) {
  for (const absl::Duration jump : {absl::Hours(10), absl::Hours(-20)}) {
    Anchor anchor(wall_, steady_);
    const auto first = anchor.Read(wall_ + jump, steady_);
    EXPECT_EQ(first.now, wall_ + jump);
    EXPECT_EQ(first.jump, jump);
    const auto second = anchor.Read(wall_ + jump, steady_ + absl::Seconds(1));
    EXPECT_EQ(second.now, wall_ + jump + absl::Seconds(1));
    EXPECT_FALSE(second.jump.has_value());
  }
}

TEST_F(AnchorTest, LeaseIsNotShortenedByAStep) {
  const absl::Time lease_end = anchor_.Read(wall_, steady_).now + absl::Seconds(30);
  const auto reading = anchor_.Read(wall_ + absl::Seconds(50), steady_ + absl::Seconds(10));
  EXPECT_LT(reading.now, lease_end);
}

}  // namespace
}  // namespace ecluse
