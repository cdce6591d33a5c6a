// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/lies.h"

#include <gtest/gtest.h>

#include "proto/outcome.h"

namespace ecluse::conformance {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

JournalEntry At(int seconds, CauseCode cause, OutcomeCode outcome = OutcomeCode::kNone) {
  JournalEntry entry;
  entry.at = kStart + absl::Seconds(seconds);
  entry.cause = cause;
  entry.outcome = outcome;
  entry.attempt = 1;
  return entry;
}

std::vector<Acceptance> AcceptedAt(int seconds) {
  Acceptance acceptance;
  acceptance.at = kStart + absl::Seconds(seconds);
  return {acceptance};
}

TEST(FindLieTest, WhatFitsIsNoLie) {
  EXPECT_FALSE(
      FindLie({At(0, CauseCode::kBegun), At(2, CauseCode::kReported, OutcomeCode::kDeferred),
               At(5, CauseCode::kBegun), At(7, CauseCode::kLapsed),
               At(9, CauseCode::kFound, OutcomeCode::kAnswered)},
              AcceptedAt(6)));
}

TEST(FindLieTest, NotSentThoughTheOperatorAcceptedThatTryIsOne) {
  const std::vector<JournalEntry> history = {
      At(0, CauseCode::kBegun), At(2, CauseCode::kReported, OutcomeCode::kDeferred),
      At(5, CauseCode::kBegun), At(7, CauseCode::kReported, OutcomeCode::kAnswered)};
  EXPECT_TRUE(FindLie(history, AcceptedAt(1)));
  EXPECT_TRUE(FindLie(history, AcceptedAt(3)));
  EXPECT_FALSE(FindLie(history, AcceptedAt(6)));
}

TEST(FindLieTest, ProbeThatMissesWhatIsThereIsOne) {
  std::vector<JournalEntry> history = {At(0, CauseCode::kBegun), At(2, CauseCode::kLapsed),
                                       At(5, CauseCode::kFound, OutcomeCode::kDeferred)};
  history.back().detail = static_cast<uint8_t>(Hindrance::kAbsent);
  EXPECT_TRUE(FindLie(history, AcceptedAt(1)));
  EXPECT_FALSE(FindLie(history, {}));
  history.back().detail = static_cast<uint8_t>(Hindrance::kAccount);  // it could not be asked
  EXPECT_FALSE(FindLie(history, AcceptedAt(1)));
}

TEST(FindLieTest, AnswerOfAnOperatorThatHadNothingIsOne) {
  const std::vector<JournalEntry> history = {At(0, CauseCode::kBegun),
                                             At(2, CauseCode::kReported, OutcomeCode::kAccepted)};
  EXPECT_TRUE(FindLie(history, {}));
  EXPECT_TRUE(FindLie(history, AcceptedAt(3)));
  EXPECT_FALSE(FindLie(history, AcceptedAt(1)));
}

}  // namespace
}  // namespace ecluse::conformance
