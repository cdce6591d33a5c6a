// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/endings.h"

#include <absl/time/clock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "proto/content/codec.h"
#include "tests/adapters/exchange/samples.h"

namespace ecluse::exchange {
namespace {

using http::Exchange;
using profile::Meaning;

const Terms kTerms{{},
                   {{"accordee", Meaning::kGranted},
                    {"recue", Meaning::kReceived},
                    {"refusee", Meaning::kRefused},
                    {"annulee", Meaning::kCancelled},
                    {"facturee", Meaning::kBilled},
                    {"refus technique", Meaning::kTechnicalRefusal},
                    {"indisponible", Meaning::kUnavailable}}};

Exchange Whole(int status, const std::string& body = "", const std::string& format = "text/xml") {
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
Exchange Faulty(FaultClass fault, const std::string& key = kKey, uint64_t retry_after_s = 0) {
  return Whole(500, Encoded(Reply(Fault{CodeOf(fault), "why", key, retry_after_s, {}})));
}
Exchange Rsp(const std::string& status, const std::string& key = kKey,
             const std::string& billed_by = "") {
  return Whole(200, Encoded(Reply(Response{key, 0, billed_by, OnlyStatus(status)})));
}
Exchange Adv(const std::string& status, const std::string& key = kKey) {
  return Whole(200, Encoded(Reply(CancelAcknowledgement{key, status, "", {}})));
}

const Asked kSubmitted{Subject::kRequest, false, kKey, "", true, 3};
const Asked kProbed{Subject::kRequest, true, kKey, "", true, 3};
Asked Followed(Subject subject) { return {subject, true, kKey, "shop-6", true, 3}; }

std::optional<Outcome> Told(const Exchange& e, const Asked& asked = kSubmitted,
                            const Terms& terms = kTerms) {
  return OutcomeOf(e, asked, terms, absl::Now());
}
// kNoHindrance: not Deferred.
constexpr Hindrance kNoHindrance{};
Hindrance HindranceOf(const std::optional<Outcome>& outcome) {
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  return deferred == nullptr ? kNoHindrance : deferred->hindrance;
}
bool IsAccepted(const std::optional<Outcome>& outcome) {
  return outcome && std::holds_alternative<outcome::Accepted>(*outcome);
}
Decision DecisionOf(const std::optional<Outcome>& outcome) {
  const auto* answered = outcome ? std::get_if<outcome::Answered>(&*outcome) : nullptr;
  return answered == nullptr ? Decision::kOther : answered->decision;
}

// What the table may not say, kept apart from it: once a body byte may have arrived and no word
// of the operator was understood, nobody may call a request unsent; and a probe may say "absent"
// only where the operator did.
std::vector<Ending> Offences(std::span<const Row> table) {
  const std::set<Ending> silent = {Ending::kTimeoutAfterBody, Ending::kBrokenAfterBody,
                                   Ending::kOversizeAnswer,   Ending::kServerError,
                                   Ending::kStrange,          Ending::kDuplicate,
                                   Ending::kNeverHad,         Ending::kStillGranted};
  const std::set<Ending> absent = {Ending::kNeverHad, Ending::kStillGranted};
  std::vector<Ending> offences;
  for (const Row& row : table) {
    const bool unsent =
        row.deliver == exchange::Meaning::kNotSent || row.deliver == exchange::Meaning::kRejected;
    const bool gone = row.probe == exchange::Meaning::kNotSent &&
                      row.probe_hindrance != Hindrance::kCredentials &&
                      row.probe_hindrance != Hindrance::kAccount && !absent.contains(row.ending);
    const bool thrown_back = row.probe == exchange::Meaning::kRejected;
    if ((silent.contains(row.ending) && unsent) || gone || thrown_back) {
      offences.push_back(row.ending);
    }
  }
  return offences;
}

TEST(ExchangeEndingsTest, EveryEndingHasOneRow) {
  std::set<Ending> seen;
  for (const Row& row : kEndings) EXPECT_TRUE(seen.insert(row.ending).second);
  EXPECT_EQ(seen.size(), static_cast<size_t>(Ending::kStrange) + 1);
}

TEST(ExchangeEndingsTest, NothingThatMayHaveArrivedIsCalledUnsent) {
  EXPECT_TRUE(Offences(kEndings).empty());
}

TEST(ExchangeEndingsTest, ATableThatCallsATimeoutUnsentIsNoticed) {
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kTimeoutAfterBody) row.deliver = exchange::Meaning::kNotSent;
  }
  EXPECT_EQ(Offences(planted), std::vector<Ending>{Ending::kTimeoutAfterBody});
  // … and it would indeed have called it so.
  EXPECT_TRUE(
      OutcomeOf(Broken(Exchange::Break::kTimeout, true), kSubmitted, kTerms, absl::Now(), planted));
}

TEST(ExchangeEndingsTest, ATableThatBelievesAClosedProbeIsNoticed) {
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending != Ending::kClosed) continue;
    row.probe = exchange::Meaning::kNotSent;
    row.probe_hindrance = Hindrance::kAbsent;
  }
  EXPECT_EQ(Offences(planted), std::vector<Ending>{Ending::kClosed});
}

TEST(ExchangeEndingsTest, ABreakIsJudgedByWhetherTheBodyWasBegun) {
  using enum Exchange::Break;
  for (const auto broke :
       {kNoConnection, kUntrusted, kOwnTrouble, kTimeout, kOversize, kBrokenOff}) {
    const auto before = Told(Broken(broke, false));
    ASSERT_TRUE(before);
    EXPECT_TRUE(std::get<outcome::Deferred>(*before).whole_destination);
    EXPECT_FALSE(Told(Broken(broke, true)));
    EXPECT_FALSE(Told(Broken(broke, false), kProbed));
  }
}

TEST(ExchangeEndingsTest, AStatusAloneSaysLittleOnceTheBodyWasWritten) {
  for (const int status :
       {200, 202, 302, 400, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429, 500, 502, 503, 504}) {
    EXPECT_FALSE(Told(Whole(status, "no word of ours"))) << status;
    EXPECT_FALSE(Told(Whole(status, "no word of ours"), kProbed)) << status;
  }
}

TEST(ExchangeEndingsTest, BeforeTheBodyAStatusIsEnough) {
  const auto before = [](int status) {
    Exchange e = Whole(status);
    e.body_written = false;
    return Told(e);
  };
  for (const int status : {403, 404, 405, 410}) {
    EXPECT_EQ(HindranceOf(before(status)), Hindrance::kAdapter);
  }
  for (const int status : {400, 417, 500, 503}) {
    EXPECT_EQ(HindranceOf(before(status)), Hindrance::kClosed);
  }
  for (const int status : {413, 415}) {
    EXPECT_TRUE(std::holds_alternative<outcome::Rejected>(*before(status)));
  }
}

TEST(ExchangeEndingsTest, ARefusedLoginHoldsTheAccountAndNotTheRequest) {
  const Outcome held = outcome::Deferred{Hindrance::kCredentials, {}, false, 3};
  EXPECT_EQ(Told(Whole(401)), held);
  for (const auto fault :
       {FaultClass::kLogin, FaultClass::kPasswordChange, FaultClass::kAccountLocked}) {
    EXPECT_EQ(Told(Faulty(fault)), held);
    // A probe that was not let in is no news about the request, but some about the account.
    EXPECT_EQ(Told(Faulty(fault), kProbed), held);
  }
}

TEST(ExchangeEndingsTest, ALoginThatTheProfileDoesNotKnowOfStopsTheDestination) {
  Asked without = kSubmitted;
  without.login = false;
  EXPECT_EQ(Told(Whole(401), without),
            Outcome(outcome::Deferred{Hindrance::kAdapter, {}, true, 0}));
  without.probe = true;
  EXPECT_FALSE(Told(Whole(401), without));
}

TEST(ExchangeEndingsTest, FaultsMeanWhatTheirClassSays) {
  EXPECT_EQ(Told(Faulty(FaultClass::kAccountNotOpen, kKey, 60)),
            Outcome(outcome::Deferred{Hindrance::kAccount, absl::Minutes(1), false, 0}));
  for (const auto closed :
       {FaultClass::kClosed, FaultClass::kMaintenance, FaultClass::kNotOpenForThis}) {
    EXPECT_EQ(Told(Faulty(closed, kKey, 1'123'200)),  // thirteen days
              Outcome(outcome::Deferred{Hindrance::kClosed, absl::Hours(312), true, 0}));
    EXPECT_FALSE(Told(Faulty(closed), kProbed));
  }
  EXPECT_EQ(Told(Faulty(FaultClass::kBusy, kKey, 5)),
            Outcome(outcome::Deferred{Hindrance::kBusy, absl::Seconds(5), true, 0}));
  EXPECT_EQ(Told(Faulty(FaultClass::kTechnical)),
            Outcome(outcome::Deferred{Hindrance::kTechnical, {}, false, 0}));
  EXPECT_TRUE(IsAccepted(Told(Faulty(FaultClass::kDuplicate))));
  EXPECT_FALSE(Told(Faulty(FaultClass::kUnknownReference)));
  EXPECT_FALSE(Told(Whole(500, Encoded(Reply(Fault{"A CODE OF TOMORROW", "", kKey, 0, {}})))));
}

TEST(ExchangeEndingsTest, WhatIsRefusedAsItIsGoesBackWithTheOperatorsWords) {
  for (const auto refused :
       {FaultClass::kMalformed, FaultClass::kInvalid, FaultClass::kSameContent}) {
    const auto outcome = Told(Faulty(refused, ""));
    ASSERT_TRUE(outcome);
    const auto answer = content::DecodeAnswer(std::get<outcome::Rejected>(*outcome).body);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->reasons, (std::vector<content::Reason>{{CodeOf(refused), "why"}}));
    // It was the question that they could not read.
    EXPECT_FALSE(Told(Faulty(refused, ""), kProbed));
  }
}

TEST(ExchangeEndingsTest, AFaultAboutAnotherSubmissionSaysNothing) {
  for (const auto fault : {FaultClass::kInvalid, FaultClass::kLogin, FaultClass::kClosed,
                           FaultClass::kDuplicate, FaultClass::kTechnical}) {
    EXPECT_FALSE(Told(Faulty(fault, "shop-8")));
  }
  EXPECT_FALSE(Told(Faulty(FaultClass::kDuplicate, "")));
}

TEST(ExchangeEndingsTest, OnlyTheOperatorNamingOurKeySaysThatItNeverHadIt) {
  EXPECT_EQ(HindranceOf(Told(Faulty(FaultClass::kUnknownReference), kProbed)), Hindrance::kAbsent);
  EXPECT_FALSE(Told(Faulty(FaultClass::kUnknownReference, "shop-8"), kProbed));
  EXPECT_FALSE(Told(Faulty(FaultClass::kUnknownReference, ""), kProbed));
}

TEST(ExchangeEndingsTest, AnAnswerCarriesWhatTheOperatorSaid) {
  const Exchange e = Whole(200, Encoded(Reply(Response{kKey, 0, "", AnAnswer(" Accordée ")})));
  const auto outcome = Told(e);
  ASSERT_EQ(DecisionOf(outcome), Decision::kGranted);
  content::Answer expected = AnAnswer(" Accordée ");
  expected.decision = Decision::kGranted;
  expected.reasons[0].text = "à revoir <ligne> suite";  // a line end is none for the practice
  expected.native_format = "text/xml";
  expected.native = e.body;
  EXPECT_EQ(content::DecodeAnswer(std::get<outcome::Answered>(*outcome).body).value(), expected);
}

TEST(ExchangeEndingsTest, AWordThatTheProfileDoesNotKnowTellsNothing) {
  EXPECT_FALSE(Told(Rsp("peut-être")));
  EXPECT_FALSE(Told(Rsp("accordée", "shop-8")));
  EXPECT_FALSE(Told(Adv("annulée")));  // nobody asked for a cancellation
  EXPECT_EQ(HindranceOf(Told(Rsp("refus technique"))), Hindrance::kTechnical);
  EXPECT_EQ(HindranceOf(Told(Rsp("indisponible"))), Hindrance::kClosed);
}

TEST(ExchangeEndingsTest, APendingRequestIsAskedForWhenTheOperatorSays) {
  Exchange e = Whole(200, Encoded(Reply(Response{kKey, 60, "", OnlyStatus("reçue")})));
  EXPECT_EQ(std::get<outcome::Accepted>(*Told(e)).ask_after, absl::Minutes(1));
  e.retry_after = "120";
  EXPECT_EQ(std::get<outcome::Accepted>(*Told(e)).ask_after, absl::Minutes(2));
}

TEST(ExchangeEndingsTest, AGrantOfAnotherAmountIsCalledSo) {
  Response said{kKey, 0, "", AnAnswer("accordée"), content::Money{9999}};
  EXPECT_EQ(DecisionOf(Told(Whole(200, Encoded(Reply(said))), kProbed)), Decision::kGranted);
  said.asked = content::Money{12047};
  EXPECT_EQ(DecisionOf(Told(Whole(200, Encoded(Reply(said))), kProbed)),
            Decision::kGrantedOtherAmount);
}

TEST(ExchangeEndingsTest, ADocumentIsDoneWithWhenItWasReceived) {
  const Asked document{Subject::kSupplement, false, kKey, "", true, 0};
  EXPECT_EQ(DecisionOf(Told(Rsp("reçue"), document)), Decision::kAcknowledged);
}

TEST(ExchangeEndingsTest, ThatAnAuthorisationStandsSaysNothingOfItsCancellation) {
  const Asked cancelling{Subject::kCancellation, false, kKey, "shop-6", true, 0};
  EXPECT_EQ(DecisionOf(Told(Adv("annulée"), cancelling)), Decision::kCancelled);
  EXPECT_EQ(DecisionOf(Told(Adv("refusée"), cancelling)), Decision::kRefused);
  EXPECT_FALSE(Told(Adv("accordée"), cancelling));
  EXPECT_FALSE(Told(Adv("facturée"), cancelling));
  EXPECT_FALSE(Told(Rsp("annulée", "shop-6"), cancelling));

  const Asked probing = Followed(Subject::kCancellation);
  EXPECT_EQ(DecisionOf(Told(Adv("annulée"), probing)), Decision::kCancelled);
  EXPECT_EQ(DecisionOf(Told(Rsp("annulée", "shop-6"), probing)), Decision::kCancelled);
  EXPECT_FALSE(Told(Rsp("accordée", "shop-6"), probing));
  Terms at_once = kTerms;
  at_once.promises.cancels_at_once = true;
  EXPECT_EQ(HindranceOf(Told(Rsp("accordée", "shop-6"), probing, at_once)), Hindrance::kAbsent);
}

TEST(ExchangeEndingsTest, ABilledAuthorisationTellsOfTheInvoiceThatBilledIt) {
  const Asked billing{Subject::kInvoice, false, kKey, "shop-6", true, 0};
  EXPECT_EQ(DecisionOf(Told(Rsp("facturée"), billing)), Decision::kBilled);
  EXPECT_FALSE(Told(Rsp("accordée"), billing));

  const Asked probing = Followed(Subject::kInvoice);
  EXPECT_EQ(DecisionOf(Told(Rsp("facturée", "shop-6"), probing)), Decision::kBilled);
  EXPECT_EQ(DecisionOf(Told(Rsp("facturée", "shop-6", kKey), probing)), Decision::kBilled);
  EXPECT_FALSE(Told(Rsp("facturée", "shop-6", "shop-5"), probing));
  EXPECT_FALSE(Told(Rsp("accordée", "shop-6"), probing));
  Terms at_once = kTerms;
  at_once.promises.bills_at_once = true;
  EXPECT_EQ(HindranceOf(Told(Rsp("accordée", "shop-6"), probing, at_once)), Hindrance::kAbsent);
}

TEST(ExchangeEndingsTest, WhatABareStatusMeansIsTheOperatorsPromise) {
  Terms promised = kTerms;
  promised.promises = {true, true, true, false, false};
  EXPECT_EQ(HindranceOf(Told(Whole(503), kSubmitted, promised)), Hindrance::kClosed);
  EXPECT_EQ(HindranceOf(Told(Whole(429), kSubmitted, promised)), Hindrance::kBusy);
  const Exchange page = Whole(200, "<html>", "text/html; charset=utf-8");
  EXPECT_EQ(HindranceOf(Told(page, kSubmitted, promised)), Hindrance::kClosed);
  EXPECT_FALSE(Told(page, kProbed, promised));
}

}  // namespace
}  // namespace ecluse::exchange
