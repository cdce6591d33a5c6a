// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/driver.h"

#include <gtest/gtest.h>

#include "proto/content/codec.h"
#include "tests/adapters/exchange/exchange_fixture.h"
#include "tests/adapters/exchange/samples.h"

namespace ecluse::exchange {
namespace {

class ExchangeDriverTest : public ExchangeTest {};

Reply Granted() { return Response{kKey, 0, "", OnlyStatus("Accordée")}; }

TEST_F(ExchangeDriverTest, ARequestGoesAsReqUnderOurKeyWithTheAccountsLogin) {
  AnswerWith(200, Granted());
  EXPECT_EQ(DecisionOf(Deliver(AnAuthorisation())), Decision::kGranted);
  EXPECT_EQ(read_, 1);
  EXPECT_EQ(Header("authorization"), "Basic bG9naW46c2VjcmV0OjE=");
  EXPECT_EQ(Header("x-ecluse-submission"), kKey);
  EXPECT_EQ(DecodeCall(Body()).value(),
            Call(Request{{kKey, "750000001"}, false, AnAuthorisation()}));
}

TEST_F(ExchangeDriverTest, EveryKindHasItsVerb) {
  AnswerWith(200, Granted());
  const content::Document document{"OP1", content::DocumentKind::kInvoice, "image/png", "png"};
  const content::Cancellation cancellation{"OP1", "gone"};
  const Head head{kKey, "750000001"};
  const std::vector<std::pair<content::Content, Call>> kinds = {
      {content::Quotation{AnAuthorisation()}, Request{head, true, AnAuthorisation()}},
      {document, Supplement{head, document}},
      {cancellation, Cancel{head, cancellation}},
      {ABill(), Invoice{head, ABill()}},
  };
  for (const auto& [content, call] : kinds) {
    Deliver(content);
    EXPECT_EQ(DecodeCall(Body()).value(), call);
  }
}

TEST_F(ExchangeDriverTest, ADryRunWritesTheMessageAndSaysNothing) {
  AnswerWith(200, Granted());
  ExchangeDriver driver(settings_);
  const auto rendered = [&](const content::Content& content, Kind kind) {
    return driver.Render(AnEnvelope(kind), content::Encode(content));
  };
  EXPECT_TRUE(rendered(AnAuthorisation(), Kind::kAuthorisation).ok());
  EXPECT_FALSE(rendered(AnAuthorisation(), Kind::kBill).ok()) << "of another kind";
  EXPECT_EQ(read_, 0);
}

TEST_F(ExchangeDriverTest, AWordThatTheProfileDoesNotKnowIsLoggedOnce) {
  AnswerWith(200, Response{kKey, 0, "", OnlyStatus("Ajournée")});
  ExchangeDriver driver(settings_);
  std::vector<std::string> told;
  driver.LogTo([&](const std::string& line) { told.push_back(line); });
  const std::string content = content::Encode(AnAuthorisation());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(driver.Deliver(AnEnvelope(Kind::kAuthorisation), 1, content, with_), std::nullopt);
  }
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("\"Ajournée\""), std::string::npos);
  EXPECT_NE(told[0].find("request 7"), std::string::npos);
}

TEST_F(ExchangeDriverTest, ServicesWithoutALoginSendNone) {
  with_ = nullptr;
  AnswerWith(200, Granted());
  EXPECT_EQ(DecisionOf(Deliver(AnAuthorisation())), Decision::kGranted);
  EXPECT_EQ(Header("authorization"), "");
}

TEST_F(ExchangeDriverTest, ACertifiedMessageIsCarriedByteForByte) {
  AnswerWith(200, Granted());
  Envelope envelope = AnEnvelope(Kind::kAuthorisation);
  envelope.format = "application/xml";
  const std::string message("<?xml version='1.0'?><!DOCTYPE x><x>\0\xFF</x>", 40);
  EXPECT_EQ(DecisionOf(Deliver(envelope, message)), Decision::kGranted);
  EXPECT_EQ(Body(), message);
  EXPECT_EQ(Header("content-type"), "application/xml");
  EXPECT_EQ(Header("x-ecluse-submission"), kKey);
  EXPECT_EQ(Header("x-ecluse-kind"), "authorisation");
}

TEST_F(ExchangeDriverTest, AProbeIsAGetOfOurKeyAndOfWhatItFollows) {
  AnswerWith(500, Fault{CodeOf(FaultClass::kUnknownReference), "", kKey, 0, {}});
  Envelope envelope = AnEnvelope(Kind::kBill);
  envelope.follows = {5};
  EXPECT_EQ(HindranceOf(Probe(envelope)), Hindrance::kAbsent);
  EXPECT_EQ(DecodeCall(Body()).value(),
            Call(Get{{kKey, "750000001"}, Subject::kInvoice, "shop-5"}));
}

TEST_F(ExchangeDriverTest, ALostAnswerCannotBeTold) {
  AnswerWith("");
  EXPECT_FALSE(Deliver(AnAuthorisation()));
  EXPECT_EQ(read_, 1);
}

TEST_F(ExchangeDriverTest, AnEntityBombCannotBeTold) {
  const std::string bomb = "<!DOCTYPE x [<!ENTITY a \"ha\">]><x>&a;</x>";
  AnswerWith("HTTP/1.1 200 -\r\nContent-Length: " + std::to_string(bomb.size()) + "\r\n\r\n" +
             bomb);
  EXPECT_FALSE(Deliver(AnAuthorisation()));
}

TEST_F(ExchangeDriverTest, AnAnswerWithoutAnEndCannotBeTold) {
  settings_.site.answer_bytes = 1000;
  AnswerWith("HTTP/1.1 200 -\r\nConnection: close\r\n\r\n" + std::string(5000, ' '));
  EXPECT_FALSE(Deliver(AnAuthorisation()));
}

TEST_F(ExchangeDriverTest, ASlowAnswerCannotBeTold) {
  settings_.site.total_timeout = absl::Milliseconds(300);
  Serve([this](TlsPeer& peer) {
    if (!Hear(peer)) return;
    peer.Write("HTTP/1.1 200 -\r\nX: ");
    while (peer.Write("H") && peer.Pause(absl::Milliseconds(20))) {
    }
  });
  EXPECT_FALSE(Deliver(AnAuthorisation()));
  EXPECT_EQ(read_, 1);
}

TEST_F(ExchangeDriverTest, WithoutOurCertificateNothingIsTaken) {
  AnswerWith(200, Granted());
  settings_.site.certificate.clear();
  settings_.site.key.clear();
  const auto outcome = Deliver(AnAuthorisation());
  EXPECT_EQ(read_, 0);
  EXPECT_NE(HindranceOf(outcome), Hindrance{});
}

TEST_F(ExchangeDriverTest, AnOperatorThatIsNotTrustedGetsNothing) {
  AnswerWith(200, Granted());
  settings_.site.ca = directory_ + "/other-ca.pem";
  EXPECT_EQ(HindranceOf(Deliver(AnAuthorisation())), Hindrance::kTls);
  EXPECT_EQ(read_, 0);
}

TEST_F(ExchangeDriverTest, ALoginThatHttpCannotSayNeedsAPerson) {
  AnswerWith(200, Granted());
  credential_.login = "log:in";
  EXPECT_EQ(Deliver(AnAuthorisation()),
            Outcome(outcome::Deferred{Hindrance::kCredentials, {}, false, 3}));
  EXPECT_EQ(read_, 0);
}

TEST_F(ExchangeDriverTest, WhatCannotBeSaidGoesBackUnsent) {
  AnswerWith(200, Granted());
  const auto broken = Deliver(AnEnvelope(Kind::kAuthorisation), "not a content");
  EXPECT_TRUE(std::holds_alternative<outcome::Rejected>(*broken));
  const auto other = Deliver(AnEnvelope(Kind::kBill), content::Encode(AnAuthorisation()));
  EXPECT_TRUE(std::holds_alternative<outcome::Rejected>(*other));
  EXPECT_EQ(read_, 0);
}

}  // namespace
}  // namespace ecluse::exchange
