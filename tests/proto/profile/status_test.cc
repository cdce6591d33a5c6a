// SPDX-License-Identifier: Apache-2.0
#include "proto/profile/status.h"

#include <gtest/gtest.h>

#include "proto/content/codec.h"
#include "proto/profile/names.h"

namespace ecluse::profile {
namespace {

const StatusMap kWords = {{"accorde", Meaning::kGranted},
                          {"sous reserve de pieces", Meaning::kGrantedPendingDocuments},
                          {"refusee", Meaning::kRefused},
                          {"refus technique", Meaning::kTechnicalRefusal},
                          {"n° ss inconnu", Meaning::kNoRights},
                          {"indisponible", Meaning::kUnavailable}};

std::optional<Outcome> Said(const std::string& status, absl::Duration ask = {}) {
  content::Answer answer;
  answer.status = status;
  return OutcomeOf(kWords, answer, ask);
}

TEST(StatusTest, EveryMeaningHasItsRow) {
  for (const std::string& name : Names<Meaning>()) {
    int rows = 0;
    for (const StatusRow& row : kStatuses) rows += row.meaning == *FromName<Meaning>(name);
    EXPECT_EQ(rows, 1) << name;
  }
  EXPECT_EQ(kStatuses.size(), Names<Meaning>().size());
}

TEST(StatusTest, ADecisionSettlesAndIsInTheAnswer) {
  const auto outcome = Said("Accordé");
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Answered>(*outcome));
  const auto& answered = std::get<outcome::Answered>(*outcome);
  EXPECT_EQ(answered.decision, Decision::kGranted);
  EXPECT_EQ(answered.format, content::kAnswer);
  const auto answer = content::DecodeAnswer(answered.body);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->decision, Decision::kGranted);
  EXPECT_EQ(answer->status, "Accordé");
}

TEST(StatusTest, DocumentsThatAreMissingKeepTheRequestOpen) {
  const auto outcome = Said("sous réserve de pièces", absl::Minutes(7));
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Accepted>(*outcome));
  EXPECT_EQ(std::get<outcome::Accepted>(*outcome).ask_after, absl::Minutes(7));
  EXPECT_EQ(std::get<outcome::Accepted>(*outcome).decision, Decision::kGrantedPendingDocuments);
}

TEST(StatusTest, AWordThatNobodyKnowsTellsNothing) { EXPECT_FALSE(Said("Bonjour").has_value()); }

TEST(StatusTest, TechnicalRefusalIsNoDecision) {
  const auto outcome = Said("Refus technique");
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Deferred>(*outcome));
  EXPECT_EQ(std::get<outcome::Deferred>(*outcome).hindrance, Hindrance::kTechnical);
  EXPECT_FALSE(std::get<outcome::Deferred>(*outcome).whole_destination);
}

TEST(StatusTest, UnavailableIsNotSentAndClosesTheDestination) {
  const auto outcome = Said("Indisponible");
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Deferred>(*outcome));
  EXPECT_EQ(std::get<outcome::Deferred>(*outcome).hindrance, Hindrance::kClosed);
  EXPECT_TRUE(std::get<outcome::Deferred>(*outcome).whole_destination);
}

TEST(StatusTest, GrantedBesideAnUnknownInsuredIsNotToBeReliedOn) {
  content::Answer answer;
  answer.status = "Accordé";
  answer.reasons.push_back({"12", "N° SS inconnu"});
  const auto outcome = OutcomeOf(kWords, answer, absl::ZeroDuration());
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Answered>(*outcome));
  EXPECT_EQ(std::get<outcome::Answered>(*outcome).decision, Decision::kGrantedUnusable);
}

TEST(StatusTest, NoRightsIsARefusal) {
  const auto outcome = Said("N° SS inconnu");
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Answered>(*outcome));
  EXPECT_EQ(std::get<outcome::Answered>(*outcome).decision, Decision::kRefused);
}

}  // namespace
}  // namespace ecluse::profile
