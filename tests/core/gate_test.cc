// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/gate.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1707742800);

class GateTest : public testing::Test {
 protected:
  uint32_t Room(const InHand& in_hand = {}) { return gate_.Room(in_hand, policy_, now_); }
  bool MayBegin(const InHand& in_hand = {}) { return gate_.MayBegin(in_hand, policy_, now_); }
  GateCode Code() const { return gate_.state().code; }
  void Hinder(absl::Duration retry_after = absl::ZeroDuration()) {
    gate_.Hindered({Hindrance::kClosed, retry_after, true}, policy_, now_);
  }
  void Take(Word word = Word::kGood) { gate_.Took(word, policy_, now_); }
  void Hear(Word word, uint32_t times) {
    for (; times > 0; --times) gate_.Heard(word, policy_, now_);
  }
  void Wait(absl::Duration time) {
    now_ += time;
    gate_.TimePassed(house_, policy_, true, now_);
  }
  void WaitForThePause() {
    if (gate_.state().paused_until > now_) Wait(gate_.state().paused_until - now_);
  }
  void Reopen(bool at_once = false) {
    gate_.Reopen("anne", "they say it works", at_once, policy_, now_);
  }
  void ReopenAfterClosure() {
    gate_.Close("anne", "portal closed", std::nullopt, now_);
    Wait(absl::Hours(5));
    Reopen();
  }
  void ClimbTo(uint32_t window) {
    while (Room() < window) Take();
  }
  void CohortsThatFailInARow() {
    ReopenAfterClosure();
    Take();
    ClimbTo(8);
    while (Code() == GateCode::kRamping) {
      WaitForThePause();
      Hinder();
    }
  }

  Policy policy_;
  House house_;
  absl::Time now_ = kNow;
  Gate gate_{GateState{}};
};

TEST_F(GateTest, NothingPassesAClosedGate) {
  gate_.Close("anne", "portal closed", std::nullopt, now_);
  EXPECT_EQ(Room(), 0u);
  EXPECT_FALSE(MayBegin());
  EXPECT_FALSE(gate_.MayProbe(now_));
}

TEST_F(GateTest, ClosingAgainKeepsSinceWhenItIsClosed) {
  gate_.Close("anne", "portal closed", std::nullopt, kNow);
  gate_.Close("anne", "still closed", kNow + absl::Hours(4), kNow + absl::Hours(1));
  EXPECT_EQ(gate_.state().since, kNow);
  EXPECT_EQ(gate_.state().reason, "still closed");
}

TEST_F(GateTest, AtTheAnnouncedHourOneGoesFirst) {
  gate_.Close("anne", "until one", kNow + absl::Hours(1), kNow);
  Wait(absl::Hours(1));
  EXPECT_EQ(Code(), GateCode::kCanary);
  EXPECT_EQ(Room(), 1u);
  EXPECT_EQ(Room({1, 0}), 0u);
  EXPECT_EQ(Room({0, 1}), 0u);
}

TEST_F(GateTest, BeforeTheAnnouncedHourNothingGoes) {
  gate_.Close("anne", "until one", kNow + absl::Hours(1), kNow);
  Wait(absl::Hours(1) - absl::Seconds(1));
  EXPECT_EQ(Room(), 0u);
}

TEST_F(GateTest, ManyBrokersDoNotComeTogether) {
  house_.offset = absl::Minutes(7);
  gate_.Close("anne", "until one", kNow + absl::Hours(1), kNow);
  Wait(absl::Hours(1));
  EXPECT_EQ(Code(), GateCode::kClosed);
  EXPECT_EQ(gate_.NextChange({}, house_, policy_, now_), now_ + absl::Minutes(7));
  Wait(absl::Minutes(7));
  EXPECT_EQ(Code(), GateCode::kCanary);
}

TEST_F(GateTest, AnHourThatIsPutOffIsCounted) {
  gate_.Close("anne", "until one", kNow + absl::Hours(1), kNow);
  gate_.Announce("bruno", "their hotline", kNow + absl::Hours(2));
  gate_.Announce("bruno", "their hotline", kNow + absl::Hours(2));
  EXPECT_EQ(gate_.state().slips, 1u);
  EXPECT_EQ(gate_.state().announced_by, "bruno");
  EXPECT_EQ(gate_.state().source, "their hotline");
}

TEST_F(GateTest, AnHourThatIsWithdrawnOpensNothing) {
  gate_.Close("anne", "until one", kNow + absl::Hours(1), kNow);
  gate_.Announce("bruno", "their hotline", std::nullopt);
  Wait(absl::Hours(100));
  EXPECT_EQ(Code(), GateCode::kClosed);
}

TEST_F(GateTest, OnlyAClosedGateHasAnHour) {
  EXPECT_FALSE(gate_.Announce("bruno", "their hotline", kNow + absl::Hours(2)));
}

TEST_F(GateTest, TheRestFollowsByFeedbackWhenTheOperatorTookTheFirst) {
  ReopenAfterClosure();
  EXPECT_EQ(Room(), 1u);
  Take();
  EXPECT_EQ(Code(), GateCode::kRamping);
  EXPECT_EQ(Room(), 1u);
  Take();
  EXPECT_EQ(Room(), 2u);
  ClimbTo(policy_.in_flight);
  EXPECT_EQ(Code(), GateCode::kOpen);
  EXPECT_EQ(Room({2, 3}), policy_.in_flight - 5);
}

TEST_F(GateTest, WhereOnlyOneMayGoTheRampEndsAtOnce) {
  policy_.in_flight = 1;
  ReopenAfterClosure();
  Take();
  EXPECT_EQ(Code(), GateCode::kOpen);
}

TEST_F(GateTest, AtOnceMeansAtOnce) {
  gate_.Close("anne", "portal closed", std::nullopt, kNow);
  Reopen(true);
  EXPECT_EQ(Room(), policy_.in_flight);
}

TEST_F(GateTest, ADrainLetsTheFirstPassAClosedGate) {
  gate_.Close("anne", "portal closed", std::nullopt, kNow);
  gate_.Allow(2, "anne", "a look");
  EXPECT_EQ(Room(), 2u);
  EXPECT_EQ(Room({2, 0}), 0u);
  gate_.Begun(policy_, now_);
  gate_.Begun(policy_, now_);
  EXPECT_FALSE(MayBegin());
}

TEST_F(GateTest, RetryAfterIsHonouredInFull) {
  Hinder(absl::Hours(72));
  Take();
  Wait(absl::Hours(72) - absl::Seconds(1));
  EXPECT_EQ(Room(), 0u);
  Wait(absl::Seconds(1));
  EXPECT_EQ(Room(), 1u);
}

TEST_F(GateTest, ManyHindrancesAtOnceAreOnePause) {
  for (int i = 0; i < 16; ++i) Hinder();
  EXPECT_EQ(gate_.state().pauses, 1u);
  EXPECT_EQ(gate_.state().paused_until, kNow + policy_.retry_first);
}

TEST_F(GateTest, ADoubtOfTheCanaryKeepsTheOthersBack) {
  ReopenAfterClosure();
  gate_.Silent(policy_, now_);
  EXPECT_EQ(Room(), 0u);
  EXPECT_EQ(Code(), GateCode::kCanary);
}

TEST_F(GateTest, APortalThatLetsInButRecordsNothingStaysClosed) {
  ReopenAfterClosure();
  Take(Word::kTechnical);
  EXPECT_EQ(Code(), GateCode::kCanary);
  EXPECT_EQ(Room(), 0u);
  WaitForThePause();
  EXPECT_EQ(Room(), 1u);
}

TEST_F(GateTest, ACanaryThatIsRefusedProvesNothing) {
  ReopenAfterClosure();
  Take(Word::kBad);
  EXPECT_EQ(Code(), GateCode::kCanary);
  EXPECT_EQ(Room(), 1u);
}

TEST_F(GateTest, APersonReopensThroughAPause) {
  Hinder(absl::Hours(72));
  Reopen(true);
  EXPECT_EQ(Room(), policy_.in_flight);
}

TEST_F(GateTest, WhatFailsInTheOpenIsSuspected) {
  Hinder();
  EXPECT_EQ(Code(), GateCode::kSuspected);
  WaitForThePause();
  EXPECT_EQ(Room(), 1u);
  Take();
  EXPECT_EQ(Code(), GateCode::kRamping);
}

TEST_F(GateTest, AfterABlipTheRampStartsAtHalfOfWhatHeld) {
  for (uint32_t i = 0; i < policy_.in_flight; ++i) Take();
  Hinder();
  WaitForThePause();
  Take();
  EXPECT_EQ(Room(), policy_.in_flight / 2);
}

TEST_F(GateTest, OneSilenceInTheOpenIsOneRequestsAffairManyAreNot) {
  gate_.Silent(policy_, now_);
  gate_.Silent(policy_, now_);
  Take();
  gate_.Silent(policy_, now_);
  gate_.Silent(policy_, now_);
  EXPECT_EQ(Code(), GateCode::kOpen);
  gate_.Silent(policy_, now_);
  EXPECT_EQ(Code(), GateCode::kSuspected);
}

TEST_F(GateTest, CohortsThatFailInARowCloseARampAgain) {
  ReopenAfterClosure();
  Take();
  ClimbTo(8);
  for (uint32_t i = 0; i < policy_.dead_cohorts; ++i) {
    EXPECT_EQ(Code(), GateCode::kRamping);
    for (int all = 0; all < 8; ++all) Hinder();
    if (Code() == GateCode::kRamping) WaitForThePause();
  }
  EXPECT_EQ(Code(), GateCode::kReclosed);
  EXPECT_EQ(Room(), 0u);
  EXPECT_FALSE(gate_.MayProbe(now_));
}

TEST_F(GateTest, AReclosedGateTriesOneAgainAndRampsFromWhatItLearned) {
  CohortsThatFailInARow();
  WaitForThePause();
  EXPECT_EQ(Code(), GateCode::kCanary);
  Take();
  EXPECT_EQ(Code(), GateCode::kRamping);
  EXPECT_EQ(Room(), 3u);
}

TEST_F(GateTest, EachReclosureLastsLonger) {
  CohortsThatFailInARow();
  const absl::Duration first = gate_.state().paused_until - now_;
  WaitForThePause();
  Take();
  for (uint32_t i = 0; i < policy_.dead_cohorts; ++i) {
    Hinder();
    if (Code() == GateCode::kRamping) WaitForThePause();
  }
  EXPECT_GT(gate_.state().paused_until - now_, first);
}

TEST_F(GateTest, AClosureKeepsWhatWasLearned) {
  CohortsThatFailInARow();
  gate_.Close("anne", "they ask us to stop", std::nullopt, now_);
  EXPECT_GT(gate_.state().pace.learned, 0u);
  Wait(absl::Hours(1));
  EXPECT_EQ(Code(), GateCode::kClosed);
}

TEST_F(GateTest, AShrunkWindowHoldsBackWhatWasGranted) {
  ReopenAfterClosure();
  Take();
  ClimbTo(4);
  EXPECT_TRUE(MayBegin({1, 3}));
  Hinder();
  WaitForThePause();
  EXPECT_FALSE(MayBegin({1, 3}));
  EXPECT_TRUE(MayBegin({1, 1}));
}

TEST_F(GateTest, TooManyRefusalsAskAPerson) {
  ReopenAfterClosure();
  Take();
  Hear(Word::kGood, 3);
  Hear(Word::kBad, 17);
  EXPECT_EQ(Code(), GateCode::kReclosed);
  EXPECT_TRUE(gate_.state().asks);
  EXPECT_EQ(gate_.state().reason,
            "17 of 20 answers are refusals, usually 0 of 100: a person must look");
  Wait(absl::Hours(1000));
  EXPECT_EQ(Room(), 0u);
  Reopen();
  EXPECT_EQ(Room(), 1u);
}

TEST_F(GateTest, RefusalsAsUsualAskNobody) {
  Hear(Word::kGood, 200);
  Hear(Word::kBad, 120);
  ReopenAfterClosure();
  Take();
  Hear(Word::kGood, 7);
  Hear(Word::kBad, 13);
  EXPECT_EQ(Code(), GateCode::kRamping);
}

TEST_F(GateTest, AnOpenGateWritesNothingForWhatPasses) {
  for (int i = 0; i < 1000; ++i) {
    gate_.Begun(policy_, now_);
    Take();
    gate_.TimePassed(house_, policy_, true, now_);
  }
  EXPECT_FALSE(gate_.TakeChanged());
}

TEST_F(GateTest, LeasesNeverOutnumberTokens) {
  policy_.rate_most = 30'000;
  Wait(absl::ZeroDuration());
  EXPECT_EQ(Room(), 0u);
  EXPECT_EQ(gate_.NextChange({}, house_, policy_, now_), now_ + absl::Microseconds(33'334));
  Wait(absl::Seconds(10));
  EXPECT_EQ(Room(), 3u);
  EXPECT_EQ(Room({2, 0}), 1u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(MayBegin());
    gate_.Begun(policy_, now_);
  }
  EXPECT_FALSE(MayBegin());
}

TEST_F(GateTest, WhatSharesItsFateGoesOneByOneWithoutAPause) {
  gate_.FellWith("viamedis/billing", policy_, now_);
  EXPECT_EQ(Code(), GateCode::kSuspected);
  EXPECT_EQ(Room(), 1u);
}

TEST_F(GateTest, WhatAPersonClosedFallsWithNobody) {
  gate_.Close("anne", "portal closed", std::nullopt, now_);
  gate_.FellWith("viamedis/billing", policy_, now_);
  EXPECT_EQ(Code(), GateCode::kClosed);
}

}  // namespace
}  // namespace ecluse
