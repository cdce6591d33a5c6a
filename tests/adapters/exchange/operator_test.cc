// SPDX-License-Identifier: Apache-2.0
// The driver and the simulated operator, over TLS, through one file of dialect.
#include "tests/support/operator/operator.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "proto/content/codec.h"
#include "tests/adapters/exchange/exchange_fixture.h"
#include "tests/adapters/exchange/samples.h"

namespace ecluse::exchange {
namespace {

class ExchangeOperatorTest : public ExchangeTest {
 protected:
  void Open(const std::string& faults = "") {
    OperatorOptions options;
    options.tls = {0, directory_ + "/ca.pem", directory_ + "/server.pem",
                   directory_ + "/server.key"};
    options.ledger = directory_ + "/ledger";
    options.deduplicate = true;
    options.faults = ParseFaults(faults).value();
    simulated::ServiceOptions service;
    service.name = "pec";
    service.words = settings_.terms.words;
    service.needs_login = true;
    options.desk.services = {service};
    options.desk.accounts = {{"shop", "login", "secret:1"}};
    options.desk.shares = shares_;
    auto opened = SimulatedOperator::Open(options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    operator_ = *std::move(opened);
    settings_.site.url = "https://127.0.0.1:" + std::to_string(operator_->port()) + "/pec/exchange";
    settings_.site.total_timeout = absl::Seconds(20);
  }
  void Say(const std::string& line) { ASSERT_TRUE(operator_->Command(line).starts_with("ok")); }
  std::optional<Outcome> Follow(uint64_t id, uint64_t follows, const content::Content& content,
                                bool probe = false) {
    Envelope envelope = AnEnvelope(content::KindOf(content));
    envelope.id = {id};
    envelope.follows = {follows};
    return probe ? Probe(envelope) : Deliver(envelope, content::Encode(content));
  }

  simulated::Shares shares_{.refused = 0};
  std::unique_ptr<SimulatedOperator> operator_;
};

TEST_F(ExchangeOperatorTest, ARequestIsGrantedWithNumberAmountAndLetter) {
  Open();
  const auto outcome = Deliver(AnAuthorisation());
  ASSERT_EQ(DecisionOf(outcome), Decision::kGranted);
  const auto answer = content::DecodeAnswer(std::get<outcome::Answered>(*outcome).body).value();
  EXPECT_FALSE(answer.authorisation_number.empty());
  EXPECT_EQ(answer.granted, AnAuthorisation().totals.asked);
  ASSERT_EQ(answer.letters.size(), 1U);
  EXPECT_TRUE(answer.letters[0].bytes.starts_with("%PDF"));
  EXPECT_EQ(operator_->Accepted(), 1U);
}

TEST_F(ExchangeOperatorTest, ALostAnswerIsFoundByItsProbeAndNotSentTwice) {
  Open("drop-after=100");
  EXPECT_FALSE(Deliver(AnAuthorisation()));
  EXPECT_EQ(DecisionOf(Probe(AnEnvelope(Kind::kAuthorisation))), Decision::kGranted);
  EXPECT_EQ(operator_->Accepted(), 1U);
}

TEST_F(ExchangeOperatorTest, WhatNeverArrivedIsAbsent) {
  Open("drop-before=100");
  EXPECT_FALSE(Deliver(AnAuthorisation()));
  EXPECT_EQ(HindranceOf(Probe(AnEnvelope(Kind::kAuthorisation))), Hindrance::kAbsent);
  EXPECT_EQ(operator_->Accepted(), 0U);
}

TEST_F(ExchangeOperatorTest, ADuplicateIsAcceptedAndAskedFor) {
  Open();
  Deliver(AnAuthorisation());
  EXPECT_TRUE(std::holds_alternative<outcome::Accepted>(*Deliver(AnAuthorisation())));
  EXPECT_EQ(operator_->Accepted(), 1U);
}

TEST_F(ExchangeOperatorTest, AGrantForLessIsCalledSoAlsoByItsProbe) {
  shares_.other_amount = 100;
  Open();
  EXPECT_EQ(DecisionOf(Deliver(AnAuthorisation())), Decision::kGrantedOtherAmount);
  EXPECT_EQ(DecisionOf(Probe(AnEnvelope(Kind::kAuthorisation))), Decision::kGrantedOtherAmount);
}

TEST_F(ExchangeOperatorTest, HostileAnswersCannotBeToldAndTheirProbeCan) {
  for (const char* fault : {"garbage=100", "bomb=100", "huge=100"}) {
    Open(fault);
    EXPECT_FALSE(Deliver(AnAuthorisation())) << fault;
    EXPECT_EQ(DecisionOf(Probe(AnEnvelope(Kind::kAuthorisation))), Decision::kGranted);
    operator_.reset();
    std::filesystem::remove(directory_ + "/ledger");
  }
}

TEST_F(ExchangeOperatorTest, CancellationsAndBillsFollowTheirAuthorisation) {
  Open();
  Follow(1, 0, AnAuthorisation());
  Follow(2, 0, AnAuthorisation());
  const content::Cancellation cancellation{"", "gone"};
  EXPECT_EQ(DecisionOf(Follow(3, 1, cancellation)), Decision::kCancelled);
  EXPECT_EQ(DecisionOf(Follow(3, 1, cancellation, true)), Decision::kCancelled);
  content::Invoice bill = ABill();
  bill.authorisation_number.clear();
  EXPECT_EQ(DecisionOf(Follow(4, 2, bill)), Decision::kBilled);
  EXPECT_EQ(DecisionOf(Follow(4, 2, bill, true)), Decision::kBilled);
  EXPECT_EQ(HindranceOf(Follow(5, 2, bill, true)), Hindrance::kAbsent);
}

TEST_F(ExchangeOperatorTest, ADocumentIsAcknowledged) {
  Open();
  Follow(1, 0, AnAuthorisation());
  const content::Document document{"", content::DocumentKind::kPrescription, "image/png", "png"};
  EXPECT_EQ(DecisionOf(Follow(2, 1, document)), Decision::kAcknowledged);
}

TEST_F(ExchangeOperatorTest, ACertifiedMessageIsTakenByteForByte) {
  Open();
  Envelope envelope = AnEnvelope(Kind::kAuthorisation);
  envelope.format = "application/xml";
  EXPECT_EQ(DecisionOf(Deliver(envelope, "<certified/>")), Decision::kGranted);
  EXPECT_EQ(DecisionOf(Probe(envelope)), Decision::kGranted);
}

TEST_F(ExchangeOperatorTest, AWrongLoginHoldsTheAccount) {
  Open();
  credential_.secret = "wrong";
  const Outcome held = outcome::Deferred{Hindrance::kCredentials, {}, false, 3};
  EXPECT_EQ(Deliver(AnAuthorisation()), held);
  EXPECT_EQ(Probe(AnEnvelope(Kind::kAuthorisation)), held);
  EXPECT_EQ(operator_->Accepted(), 0U);
}

TEST_F(ExchangeOperatorTest, ReopeningGoesByAccountAndByFunction) {
  Open();
  Say("account shop closed");
  EXPECT_EQ(HindranceOf(Deliver(AnAuthorisation())), Hindrance::kAccount);
  Say("account shop change");
  EXPECT_EQ(HindranceOf(Deliver(AnAuthorisation())), Hindrance::kCredentials);
  Say("account shop open");
  Say("stage pec read");
  const auto closed = Deliver(AnAuthorisation());
  EXPECT_EQ(HindranceOf(closed), Hindrance::kClosed);
  EXPECT_TRUE(std::get<outcome::Deferred>(*closed).whole_destination);
  // To read is open already.
  EXPECT_EQ(HindranceOf(Probe(AnEnvelope(Kind::kAuthorisation))), Hindrance::kAbsent);
  Say("stage pec authorisation");
  EXPECT_EQ(DecisionOf(Deliver(AnAuthorisation())), Decision::kGranted);
}

TEST_F(ExchangeOperatorTest, AClosedDoorIsHeardBeforeTheBodyIsSent) {
  Open();
  Say("close pec busy 7200");
  const auto closed = Deliver(AnAuthorisation());
  EXPECT_EQ(closed, Outcome(outcome::Deferred{Hindrance::kClosed, absl::Hours(2), true, 0}));
}

}  // namespace
}  // namespace ecluse::exchange
