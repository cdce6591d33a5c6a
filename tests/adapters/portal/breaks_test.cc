// SPDX-License-Identifier: Apache-2.0
// Ways in which an exchange breaks, over real TLS connections.
#include <absl/time/clock.h>

#include "tests/adapters/portal/portal_fixture.h"

namespace ecluse::portal {
namespace {

constexpr char kGranted[] = R"({"status":"accordee"})";

TEST_F(PortalTest, ARefusedPortIsSurelyNotSent) {
  AnswerJson(200, kGranted);
  server_->Listen(false);
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
}

TEST_F(PortalTest, AnUnknownAuthorityIsNotSpokenTo) {
  AnswerJson(200, kGranted);
  settings_.site.ca = directory_ + "/other-ca.pem";
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kTls);
  EXPECT_EQ(read_, 0);
}

TEST_F(PortalTest, AnotherAuthoritysClientIsNotLetIn) {
  AnswerJson(200, kGranted);
  settings_.site.certificate = directory_ + "/other-client.pem";
  settings_.site.key = directory_ + "/other-client.key";
  EXPECT_TRUE(HindranceOf(Deliver()));
  EXPECT_EQ(read_, 0);
}

TEST_F(PortalTest, APeerThatHangsUpBeforeTheBodyGotNothing) {
  Serve([](TlsPeer& peer) {
    TlsPeer::Request request;
    peer.ReadHead(request);
  });
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
}

TEST_F(PortalTest, HangingUpAfterTheBodyIsDoubt) {
  AnswerWith("");
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(read_, 1);
}

// The same exchange, judged by a planted table: it calls unsent what the operator has read.
TEST_F(PortalTest, ATableThatCallsSilenceUnsentIsContradictedByTheOperator) {
  Serve([this](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) ++read_;
    peer.WaitForEnd();
  });
  settings_.site.total_timeout = absl::Milliseconds(500);
  const http::Exchange exchange =
      http::Post(settings_.site, "/requests", "text/plain", {}, "a request");
  std::vector<Row> planted(kEndings.begin(), kEndings.end());
  for (Row& row : planted) {
    if (row.ending == Ending::kTimeoutAfterBody) row.deliver = Then::kNotSent;
  }
  const Asked asked{Kind::kAuthorisation, false, "shop-7"};
  const auto honest = OutcomeOf(exchange, asked, settings_.terms, absl::Now());
  const auto wrong = OutcomeOf(exchange, asked, settings_.terms, absl::Now(), planted);
  const auto contradicted = [this](const std::optional<Outcome>& outcome) {
    return read_ > 0 && HindranceOf(outcome).has_value();
  };
  EXPECT_FALSE(contradicted(honest));
  EXPECT_TRUE(contradicted(wrong));
}

TEST_F(PortalTest, HalfAnAnswerIsDoubt) {
  AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":\"accor");
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(PortalTest, AnAnswerThatDripsIsDoubtWhenTheTimeIsOver) {
  Serve([](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return;
    peer.Write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (peer.Write(" ") && peer.Pause(absl::Milliseconds(20))) {
    }
  });
  settings_.site.total_timeout = absl::Milliseconds(400);
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(PortalTest, AnEndlessAnswerIsBrokenOffAtTheLimit) {
  settings_.site.answer_bytes = 1000;
  AnswerWith("HTTP/1.1 200 OK\r\n\r\n" + std::string(200'000, ' '));
  EXPECT_EQ(Deliver(), std::nullopt);
}

// libcurl would answer a 417 with the same request again, without the Expect header.
TEST_F(PortalTest, ABodyIsNeverGivenOutTwice) {
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

TEST_F(PortalTest, ARefusalBeforeTheBodyNeedsNoPromise) {
  Serve([](TlsPeer& peer) {
    TlsPeer::Request request;
    peer.ReadHead(request);
    peer.Answer(503, "Retry-After: 60\r\nConnection: close\r\n", "");
  });
  settings_.terms.promises.closed_503 = false;
  EXPECT_EQ(Deliver(), Outcome(outcome::Deferred{Hindrance::kClosed, absl::Seconds(60), true, 0}));
}

TEST_F(PortalTest, AProbeAtAClosedDoorCannotTell) {
  AnswerJson(200, kGranted);
  server_->Listen(false);
  EXPECT_EQ(Probe(), std::nullopt);
}

}  // namespace
}  // namespace ecluse::portal
