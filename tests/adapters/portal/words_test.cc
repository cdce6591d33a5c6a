// SPDX-License-Identifier: Apache-2.0
// What the operator's words do to a request.
#include <absl/time/clock.h>
#include <gtest/gtest.h>

#include "adapters/protocols/portal/endings.h"
#include "proto/content/codec.h"

namespace ecluse::portal {
namespace {

Terms TheTerms() {
  using enum profile::Meaning;
  return {{},
          {{"accordee", kGranted},
           {"refusee", kRefused},
           {"creee", kReceived},
           {"refus technique", kTechnicalRefusal}}};
}

std::optional<Outcome> Hear(const std::string& body, Kind kind = Kind::kAuthorisation,
                            int status = 200, bool probe = false) {
  http::Exchange exchange;
  exchange.body_written = true;
  exchange.status = status;
  exchange.body = body;
  exchange.format = "application/json";
  exchange.retry_after = "120";
  return OutcomeOf(exchange, {kind, probe, "shop-7"}, TheTerms(), absl::Now());
}

content::Answer Read(const std::string& body) {
  return content::DecodeAnswer(body).value_or(content::Answer{});
}

TEST(PortalWordsTest, ADecisionTravelsAsAnAnswerWithTheOperatorsOwnBytesInside) {
  const std::string body = R"({"status":"Refusée","reasons":[{"code":"R1","text":"prix"}]})";
  const auto outcome = Hear(body);
  ASSERT_TRUE(outcome);
  const auto& answered = std::get<outcome::Answered>(*outcome);
  EXPECT_EQ(answered.decision, Decision::kRefused);
  EXPECT_EQ(answered.format, content::kAnswer);
  const content::Answer answer = Read(answered.body);
  EXPECT_EQ(answer.decision, Decision::kRefused);
  EXPECT_EQ(answer.status, "Refusée");
  EXPECT_EQ(answer.reasons, (std::vector<content::Reason>{{"R1", "prix"}}));
  EXPECT_EQ(answer.native, body);
  EXPECT_EQ(answer.native_format, "application/json");
}

TEST(PortalWordsTest, AWordThatTheProfileDoesNotKnowIsNamed) {
  const auto unknown = [](const std::string& body) {
    http::Exchange exchange;
    exchange.body_written = true;
    exchange.status = 200;
    exchange.body = body;
    return UnknownWord(exchange, {Kind::kAuthorisation, false, "shop-7"}, TheTerms());
  };
  EXPECT_EQ(unknown(R"({"status":"Ajournée"})"), "Ajournée");
  EXPECT_EQ(unknown(R"({"status":"Refusée"})"), "");
  EXPECT_EQ(unknown(R"({"status":"Ajournée","request":"shop-8"})"), "") << "somebody else's";
  EXPECT_EQ(unknown("Ajournée"), "");
}

TEST(PortalWordsTest, AnUnreadRefusalTravelsToo) {
  const auto outcome = Hear("the field is missing", Kind::kBill, 422);
  ASSERT_TRUE(outcome);
  const auto& rejected = std::get<outcome::Rejected>(*outcome);
  EXPECT_EQ(rejected.format, content::kAnswer);
  EXPECT_EQ(Read(rejected.body).native, "the field is missing");
}

TEST(PortalWordsTest, ATechnicalRefusalIsNoDecision) {
  EXPECT_EQ(*Hear(R"({"technical":true,"status":"refus technique"})", Kind::kAuthorisation, 422),
            Outcome(outcome::Deferred{Hindrance::kTechnical, absl::Seconds(120), false, 0}));
}

TEST(PortalWordsTest, ARequestFoundTechnicallyRefusedLaterParksToo) {
  EXPECT_EQ(*Hear(R"({"status":"Refus technique"})", Kind::kAuthorisation, 200, true),
            Outcome(outcome::Deferred{Hindrance::kTechnical, absl::Seconds(120), false, 0}));
}

TEST(PortalWordsTest, AGrantOfAnotherSumIsAGrantForAnotherAmount) {
  const auto decision = [](const std::string& body) {
    return std::get<outcome::Answered>(*Hear(body)).decision;
  };
  EXPECT_EQ(decision(R"({"status":"accordee","asked_cents":100,"granted_cents":80})"),
            Decision::kGrantedOtherAmount);
  EXPECT_EQ(decision(R"({"status":"accordee","asked_cents":100,"granted_cents":100})"),
            Decision::kGranted);
  EXPECT_EQ(decision(R"({"status":"accordee","granted_cents":80})"), Decision::kGranted);
}

TEST(PortalWordsTest, ReceivedSettlesADocumentAndKeepsARequestWaiting) {
  const std::string body = R"({"status":"Créée"})";
  EXPECT_EQ(std::get<outcome::Answered>(*Hear(body, Kind::kDocument)).decision,
            Decision::kAcknowledged);
  const auto accepted = std::get<outcome::Accepted>(*Hear(body));
  EXPECT_EQ(accepted.ask_after, absl::Seconds(120));
  EXPECT_EQ(Read(accepted.body).status, "Créée");
}

}  // namespace
}  // namespace ecluse::portal
