// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1707742800);
constexpr uint32_t kMost = 16;

class GateTest : public testing::Test {
 protected:
  uint32_t Room(const InHand& in_hand = {}) { return gate_.Room(in_hand, kMost, kNow); }
  void Hinder(absl::Duration retry_after) {
    gate_.Hindered({Hindrance::kClosed, retry_after, true}, policy_, kNow);
  }

  void ReopenAfterClosure() {
    gate_.Close("anne", "portal closed", std::nullopt, kNow - absl::Hours(5));
    gate_.Reopen("anne", "they say it works", false, kNow);
  }

  Policy policy_;
  Gate gate_{GateState{}};
};

TEST_F(GateTest, NothingPassesAClosedGate) {
  gate_.Close("anne", "portal closed", std::nullopt, kNow);
  EXPECT_EQ(Room(), 0u);
  EXPECT_FALSE(gate_.MayBegin({}, kNow));
  EXPECT_FALSE(gate_.MayProbe(kNow));
}

TEST_F(GateTest, ClosingAgainKeepsSinceWhenItIsClosed) {
  gate_.Close("anne", "portal closed", std::nullopt, kNow);
  gate_.Close("anne", "still closed", kNow + absl::Hours(4), kNow + absl::Hours(1));
  EXPECT_EQ(gate_.state().since, kNow);
  EXPECT_EQ(gate_.state().reason, "still closed");
}

TEST_F(GateTest, AtTheAnnouncedHourOneGoesFirst) {
  gate_.Close("anne", "until one", kNow, kNow - absl::Hours(5));
  EXPECT_TRUE(gate_.HourCame(kNow));
  EXPECT_EQ(Room(), 1u);
  EXPECT_EQ(Room({1, 0}), 0u);
  EXPECT_EQ(Room({0, 1}), 0u);
}

TEST_F(GateTest, BeforeTheAnnouncedHourNothingGoes) {
  gate_.Close("anne", "until one", kNow + absl::Seconds(1), kNow - absl::Hours(5));
  EXPECT_FALSE(gate_.HourCame(kNow));
  EXPECT_EQ(Room(), 0u);
}

TEST_F(GateTest, TheRestFollowsWhenTheOperatorTookTheFirst) {
  ReopenAfterClosure();
  EXPECT_EQ(Room(), 1u);
  gate_.Took(kNow);
  EXPECT_EQ(gate_.state().code, GateCode::kOpen);
  EXPECT_EQ(Room({2, 3}), kMost - 5);
}

TEST_F(GateTest, ADrainLetsTheFirstPassAClosedGate) {
  gate_.Close("anne", "portal closed", std::nullopt, kNow);
  gate_.Allow(2, "anne", "a look");
  EXPECT_EQ(Room(), 2u);
  EXPECT_EQ(Room({2, 0}), 0u);
  gate_.Begun();
  gate_.Begun();
  EXPECT_FALSE(gate_.MayBegin({}, kNow));
}

TEST_F(GateTest, RetryAfterIsHonouredInFull) {
  Hinder(absl::Hours(72));
  EXPECT_EQ(gate_.Room({}, kMost, kNow + absl::Hours(72) - absl::Seconds(1)), 0u);
  EXPECT_EQ(gate_.Room({}, kMost, kNow + absl::Hours(72)), 1u);
}

TEST_F(GateTest, ManyHindrancesAtOnceAreOnePause) {
  for (int i = 0; i < 16; ++i) Hinder(absl::ZeroDuration());
  EXPECT_EQ(gate_.state().pauses, 1u);
  EXPECT_EQ(gate_.state().paused_until, kNow + policy_.retry_first);
}

TEST_F(GateTest, ADoubtOfTheCanaryKeepsTheOthersBack) {
  ReopenAfterClosure();
  gate_.Silent(policy_, kNow);
  EXPECT_EQ(Room(), 0u);
  EXPECT_EQ(gate_.state().code, GateCode::kCanary);
}

TEST_F(GateTest, APersonReopensThroughAPause) {
  Hinder(absl::Hours(72));
  gate_.Reopen("anne", "they called: it works", true, kNow);
  EXPECT_EQ(Room(), kMost);
}

}  // namespace
}  // namespace ecluse
