// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/https/endings.h"

#include <absl/time/clock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace ecluse::https {
namespace {

Exchange Whole(int status, const std::string& body = "", const std::string& format = "") {
  Exchange exchange;
  exchange.body_written = true;
  exchange.status = status;
  exchange.body = body;
  exchange.format = format;
  return exchange;
}
Exchange Broken(Exchange::Break broke, bool body_written) {
  Exchange exchange;
  exchange.broke = broke;
  exchange.body_written = body_written;
  return exchange;
}

// What the table may not say, kept apart from it: after a body byte, without a word of the
// operator, nobody may call a request unsent; nor when the operator stumbled, or said nothing
// that can be read.
std::vector<Ending> Offences(std::span<const Row> table) {
  const std::set<Ending> silent = {Ending::kTimeoutAfterBody, Ending::kBrokenAfterBody,
                                   Ending::kOversizeAnswer,   Ending::kServerError,
                                   Ending::kStrange,          Ending::kDuplicate};
  std::vector<Ending> offences;
  for (const Row& row : table) {
    const bool unsent = row.deliver == Meaning::kNotSent || row.deliver == Meaning::kRejected;
    const bool absent = row.probe == Meaning::kNotSent && row.ending != Ending::kNeverHad;
    if ((silent.contains(row.ending) && unsent) || absent) offences.push_back(row.ending);
  }
  return offences;
}

TEST(EndingsTest, EveryEndingHasOneRow) {
  std::set<Ending> seen;
  for (const Row& row : kEndings) EXPECT_TRUE(seen.insert(row.ending).second);
  EXPECT_EQ(seen.size(), static_cast<size_t>(Ending::kStrange) + 1);
}

TEST(EndingsTest, NothingThatMayHaveArrivedIsCalledUnsent) {
  EXPECT_TRUE(Offences(kEndings).empty());
}

TEST(EndingsTest, ATableThatCallsATimeoutUnsentIsNoticed) {
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kTimeoutAfterBody) row.deliver = Meaning::kNotSent;
  }
  EXPECT_EQ(Offences(planted), std::vector<Ending>{Ending::kTimeoutAfterBody});
}

TEST(EndingsTest, ATableThatBelievesAClosedProbeIsNoticed) {
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kNoConnection) row.probe = Meaning::kNotSent;
  }
  EXPECT_EQ(Offences(planted), std::vector<Ending>{Ending::kNoConnection});
}

TEST(EndingsTest, ABreakIsJudgedByWhetherTheBodyWasBegun) {
  using enum Exchange::Break;
  for (const auto broke :
       {kNoConnection, kUntrusted, kOwnTrouble, kTimeout, kOversize, kBrokenOff}) {
    const auto before = OutcomeOfPost(Broken(broke, false), {}, absl::Now());
    ASSERT_TRUE(before);
    EXPECT_TRUE(std::get<outcome::Deferred>(*before).whole_destination);
    EXPECT_FALSE(OutcomeOfPost(Broken(broke, true), {}, absl::Now()));
  }
}

TEST(EndingsTest, EachStatusMeansWhatTheContractSays) {
  const auto ending = [](const Exchange& e) { return EndingOfPost(e, {}); };
  EXPECT_EQ(ending(Whole(200, R"({"decision":"granted"})")), Ending::kDecision);
  EXPECT_EQ(ending(Whole(200, "garbage")), Ending::kStrange);
  EXPECT_EQ(ending(Whole(200, R"({"decision":"perhaps"})")), Ending::kStrange);
  EXPECT_EQ(ending(Whole(202)), Ending::kPending);
  EXPECT_EQ(ending(Whole(302)), Ending::kStrange);
  EXPECT_EQ(ending(Whole(400)), Ending::kInvalid);
  EXPECT_EQ(ending(Whole(401)), Ending::kLogin);
  EXPECT_EQ(ending(Whole(403)), Ending::kLogin);
  EXPECT_EQ(ending(Whole(404)), Ending::kWrongAddress);
  EXPECT_EQ(ending(Whole(408)), Ending::kStrange);
  EXPECT_EQ(ending(Whole(409)), Ending::kDuplicate);
  EXPECT_EQ(ending(Whole(422)), Ending::kInvalid);
  EXPECT_EQ(ending(Whole(429)), Ending::kBusy);
  EXPECT_EQ(ending(Whole(500)), Ending::kServerError);
  EXPECT_EQ(ending(Whole(503)), Ending::kClosed);
}

TEST(EndingsTest, WhatA503MeansIsTheOperatorsPromise) {
  EXPECT_TRUE(OutcomeOfPost(Whole(503), {true, false}, absl::Now()));
  EXPECT_FALSE(OutcomeOfPost(Whole(503), {false, false}, absl::Now()));
}

TEST(EndingsTest, APageForPeopleMeansClosedOnlyWherePromised) {
  const Exchange page = Whole(200, "<html>", "text/html; charset=utf-8");
  EXPECT_FALSE(OutcomeOfPost(page, {true, false}, absl::Now()));
  const auto outcome = OutcomeOfPost(page, {true, true}, absl::Now());
  ASSERT_TRUE(outcome);
  EXPECT_EQ(std::get<outcome::Deferred>(*outcome).hindrance, Hindrance::kClosed);
}

TEST(EndingsTest, TheOperatorsWordsTravelWithADecisionAndARefusal) {
  const std::string body = R"({"decision":"refused","why":"no right"})";
  const auto answered = OutcomeOfPost(Whole(200, body, "application/json"), {}, absl::Now());
  EXPECT_EQ(*answered, Outcome(outcome::Answered{Decision::kRefused, "application/json", body}));
  const auto rejected = OutcomeOfPost(Whole(422, "bad", "text/plain"), {}, absl::Now());
  EXPECT_EQ(*rejected, Outcome(outcome::Rejected{"text/plain", "bad"}));
}

TEST(EndingsTest, OnlyTheOperatorNamingOurKeySaysThatItNeverHadIt) {
  const auto probe = [](const Exchange& e) { return OutcomeOfGet(e, {}, "shop-7", absl::Now()); };
  EXPECT_TRUE(probe(Whole(404, R"({"never_had":"shop-7"})")));
  EXPECT_FALSE(probe(Whole(404, R"({"never_had":"shop-8"})")));
  EXPECT_FALSE(probe(Whole(404, "<html>not found</html>")));
  EXPECT_FALSE(probe(Whole(503)));
  EXPECT_FALSE(probe(Broken(Exchange::Break::kNoConnection, false)));
}

TEST(EndingsTest, RetryAfterIsHonouredInFull) {
  const absl::Time now = absl::FromUnixSeconds(1'706'947'200);  // 3 February 2024, 08:00 UTC
  EXPECT_EQ(ReadRetryAfter("259200", now), absl::Hours(72));
  EXPECT_EQ(ReadRetryAfter("2419200", now), absl::Hours(24 * 28));
  EXPECT_EQ(ReadRetryAfter("Mon, 05 Feb 2024 08:00:00 GMT", now), absl::Hours(48));
  EXPECT_EQ(ReadRetryAfter("Fri, 02 Feb 2024 08:00:00 GMT", now), absl::ZeroDuration());
  EXPECT_EQ(ReadRetryAfter("soon", now), absl::ZeroDuration());
  EXPECT_EQ(ReadRetryAfter("-5", now), absl::ZeroDuration());
  EXPECT_EQ(ReadRetryAfter("", now), absl::ZeroDuration());
}

}  // namespace
}  // namespace ecluse::https
