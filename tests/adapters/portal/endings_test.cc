// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/portal/endings.h"

#include <absl/time/clock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace ecluse::portal {
namespace {

using http::Exchange;

constexpr Exchange::Break kBreaks[] = {Exchange::Break::kNoConnection, Exchange::Break::kUntrusted,
                                       Exchange::Break::kOwnTrouble,   Exchange::Break::kTimeout,
                                       Exchange::Break::kOversize,     Exchange::Break::kBrokenOff};

Terms TheTerms() {
  using enum profile::Meaning;
  return {{},
          {{"accordee", kGranted},
           {"indisponible", kUnavailable},
           {"refus technique", kTechnicalRefusal}}};
}
Asked Post() { return {Kind::kAuthorisation, false, "shop-7"}; }
Asked Get() { return {Kind::kAuthorisation, true, "shop-7"}; }

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
// operator, nobody may call a request unsent or refused; nor when the operator stumbled, has it
// already, or said nothing that can be read. A probe believes one absence alone.
std::vector<Ending> Offences(std::span<const Row> table) {
  const std::set<Ending> silent = {Ending::kTimeoutAfterBody,
                                   Ending::kBrokenAfterBody,
                                   Ending::kOversizeAnswer,
                                   Ending::kServerError,
                                   Ending::kStrange,
                                   Ending::kDuplicate,
                                   Ending::kTaken};
  std::vector<Ending> offences;
  for (const Row& row : table) {
    const bool unsent = row.deliver == Then::kNotSent || row.deliver == Then::kRejected;
    const bool absent = row.probe == Then::kNotSent && row.probe_hindrance == Hindrance::kAbsent;
    if ((silent.contains(row.ending) && unsent) || (absent && row.ending != Ending::kNeverHad)) {
      offences.push_back(row.ending);
    }
  }
  return offences;
}

TEST(PortalEndingsTest, EveryEndingHasOneRow) {
  std::set<Ending> seen;
  for (const Row& row : kEndings) EXPECT_TRUE(seen.insert(row.ending).second);
  EXPECT_EQ(seen.size(), static_cast<size_t>(Ending::kStrange) + 1);
}

TEST(PortalEndingsTest, NothingThatMayHaveArrivedIsCalledUnsent) {
  EXPECT_TRUE(Offences(kEndings).empty());
}

TEST(PortalEndingsTest, ATableThatCallsATimeoutUnsentIsNoticed) {
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kTimeoutAfterBody) row.deliver = Then::kNotSent;
  }
  EXPECT_EQ(Offences(planted), std::vector<Ending>{Ending::kTimeoutAfterBody});
}

TEST(PortalEndingsTest, ATableThatBelievesAProbeAtAClosedDoorIsNoticed) {
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kUnavailable) row.probe_hindrance = Hindrance::kAbsent;
  }
  EXPECT_EQ(Offences(planted), std::vector<Ending>{Ending::kUnavailable});
}

TEST(PortalEndingsTest, WhatStopsOneAccountStopsNobodyElse) {
  for (const Row& row : kEndings) {
    const bool of_account =
        row.hindrance == Hindrance::kCredentials || row.hindrance == Hindrance::kAccount;
    EXPECT_FALSE(of_account && row.whole_destination);
  }
}

TEST(PortalEndingsTest, ABreakIsJudgedByWhetherTheBodyWasBegun) {
  for (const auto broke : kBreaks) {
    const auto before = OutcomeOf(Broken(broke, false), Post(), TheTerms(), absl::Now());
    ASSERT_TRUE(before);
    EXPECT_TRUE(std::get<outcome::Deferred>(*before).whole_destination);
    EXPECT_FALSE(OutcomeOf(Broken(broke, true), Post(), TheTerms(), absl::Now()));
  }
}

TEST(PortalEndingsTest, ABrokenProbeSaysNothing) {
  for (const auto broke : kBreaks) {
    EXPECT_FALSE(OutcomeOf(Broken(broke, false), Get(), TheTerms(), absl::Now()));
  }
}

TEST(PortalEndingsTest, EachStatusMeansWhatTheContractSays) {
  const auto ending = [](const Exchange& e) { return EndingOf(e, Post(), TheTerms()); };
  EXPECT_EQ(ending(Whole(200, R"({"status":"Accordée"})")), Ending::kWord);
  EXPECT_EQ(ending(Whole(200, R"({"status":"indisponible"})")), Ending::kUnavailable);
  EXPECT_EQ(ending(Whole(200, R"({"status":"refus technique"})")), Ending::kTechnical);
  EXPECT_EQ(ending(Whole(200, R"({"status":"peut-être"})")), Ending::kStrange);
  EXPECT_EQ(ending(Whole(200, "garbage")), Ending::kStrange);
  EXPECT_EQ(ending(Whole(202)), Ending::kTaken);
  EXPECT_EQ(ending(Whole(302)), Ending::kStrange);
  EXPECT_EQ(ending(Whole(400)), Ending::kInvalid);
  EXPECT_EQ(ending(Whole(401)), Ending::kLogin);
  EXPECT_EQ(ending(Whole(403, R"({"account":"not_open"})")), Ending::kAccountNotOpen);
  EXPECT_EQ(ending(Whole(403, R"({"service":"not_open"})")), Ending::kServiceNotOpen);
  EXPECT_EQ(ending(Whole(403)), Ending::kStrange);
  EXPECT_EQ(ending(Whole(408)), Ending::kStrange);
  EXPECT_EQ(ending(Whole(422)), Ending::kInvalid);
  EXPECT_EQ(ending(Whole(422, R"({"technical":true})")), Ending::kTechnical);
  EXPECT_EQ(ending(Whole(429)), Ending::kBusy);
  EXPECT_EQ(ending(Whole(500)), Ending::kServerError);
  EXPECT_EQ(ending(Whole(503)), Ending::kClosed);
}

TEST(PortalEndingsTest, AWrongAddressIsUnsentOnlyBeforeTheBody) {
  for (const int status : {404, 405, 410}) {
    Exchange e = Whole(status);
    EXPECT_FALSE(OutcomeOf(e, Post(), TheTerms(), absl::Now()));
    e.body_written = false;
    EXPECT_EQ(EndingOf(e, Post(), TheTerms()), Ending::kNobodyThere);
  }
}

TEST(PortalEndingsTest, AnAnswerAboutAnotherRequestSaysNothingOfOurs) {
  const std::string body = R"({"request":"shop-8","status":"accordee"})";
  EXPECT_FALSE(OutcomeOf(Whole(200, body), Post(), TheTerms(), absl::Now()));
  EXPECT_FALSE(OutcomeOf(Whole(200, body), Get(), TheTerms(), absl::Now()));
}

TEST(PortalEndingsTest, AConflictIsJudgedByTheKeyItNames) {
  const auto ending = [](const std::string& body) {
    return EndingOf(Whole(409, body), Post(), TheTerms());
  };
  EXPECT_EQ(ending(R"({"known_as":"shop-7"})"), Ending::kDuplicate);
  EXPECT_EQ(ending(R"({"known_as":"shop-3"})"), Ending::kSameContent);
  EXPECT_EQ(ending(""), Ending::kStrange);
}

TEST(PortalEndingsTest, OnlyTheOperatorNamingOurKeySaysThatItNeverHadIt) {
  const auto probe = [](const Exchange& e) { return OutcomeOf(e, Get(), TheTerms(), absl::Now()); };
  EXPECT_EQ(*probe(Whole(404, R"({"never_had":"shop-7"})")),
            Outcome(outcome::Deferred{Hindrance::kAbsent, {}, false, 0}));
  EXPECT_FALSE(probe(Whole(404, R"({"never_had":"shop-8"})")));
  EXPECT_FALSE(probe(Whole(404, "<html>not found</html>")));
  EXPECT_FALSE(probe(Whole(503)));
  EXPECT_EQ(*probe(Whole(200, R"({"status":"indisponible"})")),
            Outcome(outcome::Deferred{Hindrance::kClosed, {}, false, 0}));
  EXPECT_FALSE(probe(Whole(400)));
}

TEST(PortalEndingsTest, WhatA503OrAPageMeansIsTheOperatorsPromise) {
  Terms terms = TheTerms();
  const Exchange page = Whole(200, "<html>", "text/html; charset=utf-8");
  EXPECT_TRUE(OutcomeOf(Whole(503), Post(), terms, absl::Now()));
  EXPECT_FALSE(OutcomeOf(page, Post(), terms, absl::Now()));
  terms.promises = {false, true};
  EXPECT_FALSE(OutcomeOf(Whole(503), Post(), terms, absl::Now()));
  const auto outcome = OutcomeOf(page, Post(), terms, absl::Now());
  ASSERT_TRUE(outcome);
  EXPECT_EQ(std::get<outcome::Deferred>(*outcome).hindrance, Hindrance::kClosed);
}

TEST(PortalEndingsTest, ALoginThatWasNotGivenIsOurOwnTrouble) {
  Asked asked = Post();
  asked.login = false;
  const auto outcome = OutcomeOf(Whole(401), asked, TheTerms(), absl::Now());
  ASSERT_TRUE(outcome);
  EXPECT_EQ(*outcome, Outcome(outcome::Deferred{Hindrance::kAdapter, {}, true, 0}));
}

}  // namespace
}  // namespace ecluse::portal
