// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/vitals.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

class DiskWatchTest : public ::testing::Test {
 protected:
  bool LowWith(std::optional<uint64_t> free) {
    free_ = free;
    now_ += DiskWatch::kEvery;
    return watch_.Look(now_).disk_low;
  }

  std::optional<uint64_t> free_;
  int looks_ = 0;
  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);
  DiskWatch watch_{1000, [this] {
                     ++looks_;
                     return free_;
                   }};
};

TEST_F(DiskWatchTest, LowBelowTheReserveAndWellAQuarterAbove) {
  EXPECT_FALSE(LowWith(1000));
  EXPECT_TRUE(LowWith(999));
  EXPECT_TRUE(LowWith(1001));
  EXPECT_TRUE(LowWith(1249));
  EXPECT_FALSE(LowWith(1250));
  EXPECT_FALSE(LowWith(1000));
}

TEST_F(DiskWatchTest, LooksAtMostTenTimesASecond) {
  EXPECT_FALSE(LowWith(5000));
  for (int i = 0; i < 10; ++i) watch_.Look(now_ + absl::Milliseconds(9 * i));
  EXPECT_EQ(looks_, 1);
}

TEST_F(DiskWatchTest, ClockThatWasSetBackDoesNotStopTheLooking) {
  EXPECT_FALSE(LowWith(5000));
  now_ -= absl::Hours(24);
  EXPECT_TRUE(LowWith(1));
}

TEST_F(DiskWatchTest, DiskThatCannotBeToldIsLow) { EXPECT_TRUE(LowWith(std::nullopt)); }

TEST(FreeBytesTest, RealFileSystemHasAnAnswerAndAMissingOneHasNot) {
  EXPECT_TRUE(FreeBytes("/").has_value());
  EXPECT_FALSE(FreeBytes("/no/such/place").has_value());
}

}  // namespace
}  // namespace ecluse
