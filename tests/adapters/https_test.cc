// SPDX-License-Identifier: Apache-2.0
// Ways in which an exchange breaks, over real TLS connections.
#include <absl/time/clock.h>

#include "tests/adapters/https_fixture.h"

namespace ecluse::https {
namespace {

constexpr char kGranted[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n"
    "{\"decision\":\"granted\"}";

TEST_F(HttpsTest, AnAnswerIsAnAnswer) {
  AnswerWith(kGranted);
  const auto outcome = Deliver();
  ASSERT_TRUE(outcome);
  EXPECT_EQ(std::get<outcome::Answered>(*outcome).decision, Decision::kGranted);
}

TEST_F(HttpsTest, ARefusedPortIsSurelyNotSent) {
  AnswerWith(kGranted);
  server_->Listen(false);
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
}

TEST_F(HttpsTest, AnUnknownAuthorityIsNotSpokenTo) {
  AnswerWith(kGranted);
  site_.ca = directory_ + "/other-ca.pem";
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kTls);
  EXPECT_EQ(read_, 0);
}

TEST_F(HttpsTest, ACertificateForAnotherHostIsNotSpokenTo) {
  AnswerWith(kGranted);
  site_.url = "https://127.0.0.2:" + std::to_string(server_->port());
  EXPECT_TRUE(HindranceOf(Deliver()));
  EXPECT_EQ(read_, 0);
}

// With TLS 1.3 the operator's "no" arrives after the head was sent; the body was not.
TEST_F(HttpsTest, WithoutAClientCertificateNothingIsSent) {
  AnswerWith(kGranted);
  site_.certificate.clear();
  site_.key.clear();
  EXPECT_TRUE(HindranceOf(Deliver()));
  EXPECT_EQ(read_, 0);
}

TEST_F(HttpsTest, AMissingCertificateFileIsOurOwnTrouble) {
  AnswerWith(kGranted);
  site_.certificate = directory_ + "/nowhere.pem";
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kAdapter);
}

TEST_F(HttpsTest, APeerThatHangsUpBeforeTheBodyGotNothing) {
  Serve([](TlsPeer& peer) {
    TlsPeer::Request request;
    peer.ReadHead(request);
  });
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
}

TEST_F(HttpsTest, APeerThatIsSilentBeforeTheBodyGotNothing) {
  Serve([](TlsPeer& peer) { peer.WaitForEnd(); });
  site_.expect_wait = absl::Seconds(60);
  site_.total_timeout = absl::Milliseconds(300);
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
}

TEST_F(HttpsTest, HangingUpAfterTheBodyIsDoubt) {
  AnswerWith("");
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(read_, 1);
}

TEST_F(HttpsTest, SilenceAfterTheBodyIsDoubt) {
  Serve([this](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) ++read_;
    peer.WaitForEnd();
  });
  site_.total_timeout = absl::Milliseconds(500);
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(read_, 1);
}

// The same exchange, judged by a planted table: it calls unsent what the operator has read.
TEST_F(HttpsTest, ATableThatCallsSilenceUnsentIsContradictedByTheOperator) {
  Serve([this](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) ++read_;
    peer.WaitForEnd();
  });
  site_.total_timeout = absl::Milliseconds(500);
  const Exchange exchange = Post(site_, "/requests", "text/plain", {}, "a bill");
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kTimeoutAfterBody) row.deliver = Meaning::kNotSent;
  }
  const auto honest = OutcomeOfPost(exchange, promises_, absl::Now());
  const auto wrong = OutcomeOfPost(exchange, promises_, absl::Now(), planted);
  const auto contradicted = [this](const std::optional<Outcome>& outcome) {
    return read_ > 0 && HindranceOf(outcome).has_value();
  };
  EXPECT_FALSE(contradicted(honest));
  EXPECT_TRUE(contradicted(wrong));
}

TEST_F(HttpsTest, HalfAnAnswerIsDoubt) {
  AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"decision\":\"gra");
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(HttpsTest, AnAnswerThatDripsIsDoubtWhenTheTimeIsOver) {
  Serve([](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return;
    peer.Write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (peer.Write(" ") && peer.Pause(absl::Milliseconds(20))) {
    }
  });
  site_.total_timeout = absl::Milliseconds(400);
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(HttpsTest, AnAnswerOverTheLimitIsDoubt) {
  site_.answer_bytes = 1000;
  AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, ' '));
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(HttpsTest, AnEndlessAnswerIsBrokenOffAtTheLimit) {
  site_.answer_bytes = 1000;
  AnswerWith("HTTP/1.1 200 OK\r\n\r\n" + std::string(200'000, ' '));
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(HttpsTest, WhatIsNotHttpIsDoubt) {
  AnswerWith("SSH-2.0-OpenSSH_9.2\r\n");
  EXPECT_EQ(Deliver(), std::nullopt);
}

// libcurl would answer a 417 with the same request again, without the Expect header.
TEST_F(HttpsTest, ABodyIsNeverGivenOutTwice) {
  Serve([this](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return;
    ++read_;
    peer.Answer(417, "", "");
    peer.WaitForEnd();
  });
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(read_, 1);
}

TEST_F(HttpsTest, EveryExchangeHasAConnectionOfItsOwn) {
  AnswerWith(kGranted);
  Deliver();
  Deliver();
  EXPECT_EQ(server_->handshakes(), 2);
}

}  // namespace
}  // namespace ecluse::https
