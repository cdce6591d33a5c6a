// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/mix.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

Mix Seen(uint32_t seen, uint32_t bad) {
  Mix mix;
  mix.seen = seen;
  mix.bad = bad;
  return mix;
}

TEST(MixTest, RefusalsAndTechnicalRefusalsAreBad) {
  EXPECT_EQ(WordOf(outcome::Answered{Decision::kRefused, "", ""}), Word::kBad);
  EXPECT_EQ(WordOf(outcome::Answered{Decision::kNotAcknowledged, "", ""}), Word::kBad);
  EXPECT_EQ(WordOf(outcome::Rejected{"", ""}), Word::kBad);
  EXPECT_EQ(WordOf(outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration()}),
            Word::kTechnical);
  EXPECT_EQ(WordOf(outcome::Answered{Decision::kGranted, "", ""}), Word::kGood);
}

TEST(MixTest, WhatIsSaidOfPaymentsSpeaksOfOtherTimes) {
  EXPECT_EQ(WordOf(outcome::Answered{Decision::kPaymentRejected, "", ""}), Word::kNothing);
  EXPECT_EQ(WordOf(outcome::Answered{Decision::kPaid, "", ""}), Word::kNothing);
}

TEST(MixTest, WhatWasNotSentIsNoAnswer) {
  EXPECT_EQ(WordOf(outcome::Deferred{Hindrance::kClosed, absl::ZeroDuration()}), Word::kNothing);
  EXPECT_EQ(WordOf(outcome::Accepted{absl::ZeroDuration()}), Word::kNothing);
}

TEST(MixTest, TooFewAnswersSayNothing) {
  const Policy policy;
  EXPECT_FALSE(IsTooBad(Seen(policy.mix_answers - 1, policy.mix_answers - 1), policy));
  EXPECT_TRUE(IsTooBad(Seen(policy.mix_answers, policy.mix_answers), policy));
}

TEST(MixTest, WhatIsUsualHereIsNotTooBad) {
  const Policy policy;
  Mix mix = Seen(20, 13);
  EXPECT_TRUE(IsTooBad(mix, policy));
  Learn(mix, 100, 30);
  EXPECT_EQ(mix.usual, 300u);
  EXPECT_FALSE(IsTooBad(mix, policy));
}

TEST(MixTest, WithoutPointsItNeverCloses) {
  Policy policy;
  policy.mix_points = 0;
  EXPECT_FALSE(IsTooBad(Seen(100, 100), policy));
}

TEST(MixTest, TheUsualShareFollowsTheSeasons) {
  Mix mix;
  for (int i = 0; i < 10; ++i) Learn(mix, 100, 60);
  for (int i = 0; i < 100; ++i) Learn(mix, 32, 3);
  EXPECT_NEAR(mix.usual, 94, 10);
}

TEST(MixTest, WhatWasSeenWithoutAnAlarmIsUsual) {
  const Policy policy;
  Mix mix = Seen(40, 10);
  StartWatch(mix, policy);
  EXPECT_EQ(mix.usual, 250u);
  EXPECT_EQ(mix.seen, 0u);
}

}  // namespace
}  // namespace ecluse
