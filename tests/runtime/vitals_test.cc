// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/vitals.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <optional>
#include <string>

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

class BallastTest : public ::testing::Test {
 protected:
  BallastTest() {
    std::string pattern = ::testing::TempDir() + "ballastXXXXXX";
    folder_ = mkdtemp(pattern.data());
    ballast_.emplace(folder_ + "/store");
    watch_.emplace(
        uint64_t{100} << 20, [this] { return free_; }, &*ballast_);
  }
  ~BallastTest() override { std::filesystem::remove_all(folder_); }

  bool LowWithMiB(uint64_t free) {
    free_ = free << 20;
    now_ += DiskWatch::kEvery;
    return watch_->Look(now_).disk_low;
  }
  // Whether the ballast holds room.
  bool There() const {
    std::error_code none;
    return std::filesystem::file_size(folder_ + "/store.ballast", none) == Ballast::kBytes;
  }

  std::string folder_;
  std::optional<Ballast> ballast_;
  std::optional<DiskWatch> watch_;
  std::optional<uint64_t> free_ = 0;
  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);
};

TEST_F(BallastTest, IsSetAsideWhereThereIsRoomAndGivenBackNearTheEnd) {
  EXPECT_FALSE(LowWithMiB(1000));
  EXPECT_TRUE(There());
  EXPECT_TRUE(LowWithMiB(99));
  EXPECT_TRUE(There());
  EXPECT_TRUE(LowWithMiB(15));
  EXPECT_FALSE(There());
}

TEST_F(BallastTest, ItsRoomIsNeverFree) {
  EXPECT_FALSE(LowWithMiB(1000));
  EXPECT_TRUE(LowWithMiB(15));
  EXPECT_TRUE(LowWithMiB(64 + 124)) << "what was given back is for finishing";
  EXPECT_FALSE(There());
  EXPECT_FALSE(LowWithMiB(64 + 125));
  EXPECT_TRUE(There());
}

TEST_F(BallastTest, OneOfAnEarlierProcessIsFound) {
  ASSERT_TRUE(ballast_->Take().ok());
  Ballast another(folder_ + "/store");
  EXPECT_TRUE(another.taken());
  another.GiveBack();
  EXPECT_FALSE(There());
  EXPECT_FALSE(Ballast(folder_ + "/store").taken());
}

TEST_F(BallastTest, GivenBackItsFileStaysAsTheSignOfAStore) {
  EXPECT_FALSE(ballast_->marked());
  EXPECT_FALSE(LowWithMiB(1000));
  EXPECT_TRUE(LowWithMiB(15));
  EXPECT_FALSE(There());
  EXPECT_TRUE(Ballast(folder_ + "/store").marked());
}

TEST_F(BallastTest, ADiskThatCannotBeToldCostsNoBallast) {
  EXPECT_FALSE(LowWithMiB(1000));
  free_ = std::nullopt;
  now_ += DiskWatch::kEvery;
  EXPECT_TRUE(watch_->Look(now_).disk_low);
  EXPECT_TRUE(There());
}

TEST(TryDiskTest, RealDirectoryIsWellAndLeavesNothingBehind) {
  std::string pattern = ::testing::TempDir() + "trialXXXXXX";
  const std::string folder = mkdtemp(pattern.data());
  EXPECT_TRUE(TryDisk(folder, 1).ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  EXPECT_TRUE(absl::IsResourceExhausted(TryDisk(folder, UINT64_MAX)));
  EXPECT_TRUE(absl::IsUnavailable(TryDisk("/proc", 0)));
  EXPECT_TRUE(absl::IsUnavailable(TryDisk(folder + "/gone", 1)));
  std::filesystem::remove_all(folder);
}

TEST(FreeBytesTest, RealFileSystemHasAnAnswerAndAMissingOneHasNot) {
  EXPECT_TRUE(FreeBytes("/").has_value());
  EXPECT_FALSE(FreeBytes("/no/such/place").has_value());
}

}  // namespace
}  // namespace ecluse
