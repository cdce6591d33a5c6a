// SPDX-License-Identifier: Apache-2.0
#include "broker/net/lines.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ecluse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class LinesTest : public ::testing::Test {
 protected:
  static constexpr size_t kMost = 64;

  void Open(int first, int last) {
    for (int fd = first; fd <= last; ++fd) lines_.Opened(fd, now_);
  }
  void Speak(int first, int last, const std::string& key) {
    for (int fd = first; fd <= last; ++fd) lines_.Heard(fd, 100, key);
  }
  void Pass(milliseconds time) { now_ += time; }

  Lines lines_{1 << 20, kMost};
  Lines::Time now_{seconds(1000)};
};

TEST_F(LinesTest, WithinTheBoundsNobodyIsCut) {
  Open(1, kMost);
  for (int fd = 1; fd <= 64; ++fd) lines_.TookIn(fd, 10 << 10);
  EXPECT_TRUE(lines_.TooMany(now_).empty());
  EXPECT_TRUE(lines_.HoldTooMuch(now_).empty());
}

TEST_F(LinesTest, OldestThatMayBeInItsHandshakeGoesFirst) {
  Open(1, 30);
  Pass(seconds(60));  // silent, and known
  Open(31, 34);
  Pass(milliseconds(100));
  Open(35, 70);
  EXPECT_EQ(lines_.TooMany(now_), (std::vector<int>{31, 32, 33, 34, 35, 36}));
  EXPECT_EQ(lines_.size(), kMost);
}

TEST_F(LinesTest, OldestThatWasNeverHeardGoesNext) {
  Open(1, 64);
  Speak(1, 40, "a");
  Pass(seconds(60));
  Open(65, 66);
  EXPECT_EQ(lines_.TooMany(now_), (std::vector<int>{41, 42}));
}

TEST_F(LinesTest, NewcomerFindsRoomWhereAllSpeak) {
  Open(1, 64);
  Speak(1, 20, "greedy");
  for (int fd = 21; fd <= 64; ++fd) Speak(fd, fd, "honest " + std::to_string(fd));
  Speak(1, 1, "greedy");
  Pass(seconds(60));
  Open(65, 65);
  // Of the key with most lines, the one that was quiet longest.
  EXPECT_EQ(lines_.TooMany(now_), std::vector<int>{2});
}

TEST_F(LinesTest, CrowdThatNeverSpeaksLeavesThoseWhoSpeak) {
  Open(1, 50);
  for (int fd = 1; fd <= 50; ++fd) Speak(fd, fd, "honest " + std::to_string(fd));
  for (int fd = 100; fd < 5000; ++fd) {
    Pass(milliseconds(1));
    Open(fd, fd);
    for (const int cut : lines_.TooMany(now_)) EXPECT_GE(cut, 100);
  }
  EXPECT_EQ(lines_.size(), kMost);
}

TEST_F(LinesTest, ClosedLineIsForgottenAndItsNumberIsANewLine) {
  Open(1, 1);
  lines_.TookIn(1, 2 << 20);
  lines_.Closed(1);
  Open(1, 1);
  EXPECT_TRUE(lines_.HoldTooMuch(now_).empty());
  EXPECT_EQ(lines_.size(), 1u);
}

TEST_F(LinesTest, ThoseThatHoldMostAreCutUntilItIsEnough) {
  Open(1, 10);
  for (int fd = 1; fd <= 8; ++fd) lines_.TookIn(fd, 100 << 10);
  lines_.TookIn(9, 900 << 10);
  lines_.TookIn(10, 800 << 10);
  EXPECT_EQ(lines_.HoldTooMuch(now_), (std::vector<int>{9, 10}));
}

TEST_F(LinesTest, WhatWasHeardIsNotHeld) {
  Open(1, 2);
  for (int n = 0; n < 1000; ++n) lines_.Heard(1, 4096, "a");
  lines_.TookIn(1, 4096 * 1000 + 50'000);
  lines_.TookIn(2, 900 << 10);
  EXPECT_TRUE(lines_.HoldTooMuch(now_).empty());
}

TEST_F(LinesTest, AllAreAskedAboutInTurnAndTheFullOnesEachTime) {
  Open(1, 2000);
  lines_.TookIn(7, 1 << 19);
  std::vector<int> asked;
  for (int round = 0; round < 8; ++round) {
    const std::vector<int> doubtful = lines_.Doubtful();
    EXPECT_LE(doubtful.size(), 257u);
    EXPECT_EQ(std::count(doubtful.begin(), doubtful.end(), 7), 1);
    asked.insert(asked.end(), doubtful.begin(), doubtful.end());
  }
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  EXPECT_EQ(asked.size(), 2000u);
}

}  // namespace
}  // namespace ecluse
