// SPDX-License-Identifier: Apache-2.0
// What a restored store may say of requests whose fate it has forgotten.
#include <gtest/gtest.h>

#include "broker/core/lifecycle.h"

namespace ecluse {
namespace {

constexpr WorkerId kWorker{7};
const absl::Time kNow = absl::FromUnixSeconds(1707742800);
const Outcome kAccepted = outcome::Accepted{};
const Outcome kAbsent = outcome::Deferred{Hindrance::kAbsent, absl::ZeroDuration(), false};

class RestoredLifeTest : public testing::Test {
 protected:
  // The requests are of epoch 0, the store is of epoch 1.
  std::optional<State> After(const State& from, const Cause& cause) {
    return Next(from, cause, {policy_, kNow, false, 1});
  }
  Policy policy_;
};

TEST_F(RestoredLifeTest, WhatMayHaveBeenSentSinceIsAskedAboutBeforeItGoes) {
  const auto next = After(state::Ready{}, cause::Fenced{});
  ASSERT_TRUE(std::holds_alternative<state::InDoubt>(*next));
  EXPECT_EQ(std::get<state::InDoubt>(*next).next_probe_at, kNow);
}

TEST_F(RestoredLifeTest, WithoutAProbeAPersonIsAsked) {
  policy_.can_probe = false;
  const auto next = After(state::Ready{}, cause::Fenced{});
  EXPECT_EQ(std::get<state::InDoubt>(*next).next_probe_at, absl::InfiniteFuture());
}

TEST_F(RestoredLifeTest, AnAbsentRequestGoesBackWithoutAStrikeAndIsNotAskedAboutAgain) {
  const auto doubt = After(state::Ready{}, cause::Fenced{});
  const auto back = After(*doubt, cause::Found{0, &kAbsent});
  ASSERT_TRUE(std::holds_alternative<state::Ready>(*back));
  EXPECT_EQ(TriesOf(*back).strikes, 0u);
  EXPECT_FALSE(After(*back, cause::Fenced{}));
}

TEST_F(RestoredLifeTest, NothingOfItMayBeWithdrawnDestroyedExportedOrSentElsewhere) {
  const std::vector<Cause> causes = {cause::Withdrawn{}, cause::Destroyed{}, cause::Elsewhere{},
                                     cause::Parked{Wait::kExport}};
  for (const Cause& cause : causes) {
    EXPECT_FALSE(After(state::Ready{}, cause)) << cause.index();
    EXPECT_FALSE(After(state::Waiting{{}, Wait::kHeld}, cause)) << cause.index();
  }
  EXPECT_FALSE(After(state::Waiting{{}, Wait::kHeld}, cause::Moved{}));
}

TEST_F(RestoredLifeTest, ABillIsNotGivenBackBeforeTheOperatorWasAsked) {
  const State bill = state::Waiting{{}, Wait::kCase};
  EXPECT_FALSE(After(bill, cause::Returned{}));
  EXPECT_TRUE(std::holds_alternative<state::InDoubt>(*After(bill, cause::Fenced{})));
}

TEST_F(RestoredLifeTest, AReportOfAForgottenTryIsTheTruthIfTheOperatorHasIt) {
  const auto next = After(state::Ready{}, cause::Reported{kWorker, 1, &kAccepted});
  EXPECT_TRUE(std::holds_alternative<state::Awaiting>(*next));
  EXPECT_FALSE(After(state::Ready{}, cause::Reported{kWorker, 1, &kAbsent}));
}

TEST_F(RestoredLifeTest, AReportOfAnotherLifeIsTheTruthAlsoAfterTheOperatorSaidAbsent) {
  const auto doubt = After(state::Ready{}, cause::Fenced{});
  const auto back = After(*doubt, cause::Found{0, &kAbsent});
  EXPECT_FALSE(After(*back, cause::Reported{kWorker, 1, &kAccepted}));
  const auto there = After(*back, cause::Reported{kWorker, 1, &kAccepted, true});
  ASSERT_TRUE(there);
  EXPECT_TRUE(std::holds_alternative<state::Awaiting>(*there));
}

TEST_F(RestoredLifeTest, AReportOfAnotherLifeIsAnAlarmWhenThisOneSendsItToo) {
  Tries once;
  once.attempt = 1;
  once.epoch = 1;
  const cause::Reported other{kWorker, 1, &kAccepted, true};
  const auto sending = After(state::Sending{once, kWorker, kNow}, other);
  ASSERT_TRUE(sending && std::holds_alternative<state::Sending>(*sending));
  EXPECT_TRUE(TriesOf(*sending).maybe_twice);
  const auto doubt = After(state::InDoubt{once, 0, kNow}, other);
  ASSERT_TRUE(doubt && std::holds_alternative<state::Awaiting>(*doubt));
  EXPECT_TRUE(TriesOf(*doubt).maybe_twice);
}

TEST_F(RestoredLifeTest, AReportThatItWasNotSentSaysNothingOfLaterTries) {
  Tries once;
  once.attempt = 1;
  const auto next = After(state::InDoubt{once, 0, kNow}, cause::Reported{kWorker, 1, &kAbsent});
  EXPECT_EQ(TriesOf(*next).epoch, 0u);
}

TEST_F(RestoredLifeTest, APersonsWordIsKnownInThisLife) {
  const auto next = After(state::InDoubt{{}, 0, kNow}, cause::Resolved{wire::Verdict::kNotSent});
  EXPECT_EQ(TriesOf(*next).epoch, 1u);
}

}  // namespace
}  // namespace ecluse
