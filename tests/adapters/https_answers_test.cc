// SPDX-License-Identifier: Apache-2.0
// What an operator says in so many words, over real TLS connections.
#include "tests/adapters/https_fixture.h"

namespace ecluse::https {
namespace {

TEST_F(HttpsTest, ThreeDaysOfRetryAfterAreThreeDays) {
  AnswerWith("HTTP/1.1 503 -\r\nRetry-After: 259200\r\nContent-Length: 0\r\n\r\n");
  const auto outcome = Deliver();
  ASSERT_TRUE(outcome);
  EXPECT_EQ(*outcome, Outcome(outcome::Deferred{Hindrance::kClosed, absl::Hours(72), true}));
}

TEST_F(HttpsTest, ARefusalBeforeTheBodyIsKnownAsSuch) {
  Serve([](TlsPeer& peer) {
    TlsPeer::Request request;
    peer.ReadHead(request);
    peer.Answer(503, "Retry-After: 60\r\nConnection: close\r\n", "");
  });
  promises_.closed_503 = false;  // no promise is needed: nothing was sent
  const auto outcome = Deliver();
  ASSERT_TRUE(outcome);
  EXPECT_EQ(*outcome, Outcome(outcome::Deferred{Hindrance::kClosed, absl::Seconds(60), true}));
}

TEST_F(HttpsTest, ARedirectIsNotFollowed) {
  AnswerWith("HTTP/1.1 307 -\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(read_, 1);
}

TEST_F(HttpsTest, ARefusedLoginStopsTheDestination) {
  AnswerWith("HTTP/1.1 403 -\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kCredentials);
}

TEST_F(HttpsTest, PendingTellsWhenToAsk) {
  AnswerWith("HTTP/1.1 202 -\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(Deliver(), Outcome(outcome::Accepted{absl::Seconds(30)}));
}

TEST_F(HttpsTest, TheRequestArrivesByteForByteUnderItsKey) {
  TlsPeer::Request request;
  std::string body;
  Serve([&](TlsPeer& peer) {
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) peer.Answer(202, "", "");
  });
  const std::string content("\0\r\n\xff bytes", 10);
  Deliver(content);
  server_.reset();
  EXPECT_EQ(body, content);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/requests");
  EXPECT_EQ(request.headers["idempotency-key"], "shop-7");
  EXPECT_EQ(request.headers["content-type"], "application/octet-stream");
  EXPECT_EQ(request.headers["x-ecluse-attempt"], "1");
}

TEST_F(HttpsTest, ALargeContentArrivesWhole) {
  size_t bytes = 0;
  Serve([&](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) peer.Answer(202, "", "");
    bytes = body.size();
  });
  EXPECT_TRUE(Deliver(std::string(8 << 20, 'x')));
  server_.reset();
  EXPECT_EQ(bytes, size_t{8} << 20);
}

TEST_F(HttpsTest, AProbeAsksForTheKeyAndSendsNothing) {
  TlsPeer::Request request;
  Serve([&](TlsPeer& peer) {
    if (peer.ReadHead(request)) peer.Answer(404, "", R"({"never_had":"shop-7"})");
  });
  EXPECT_EQ(HindranceOf(Probe()), Hindrance::kAbsent);
  server_.reset();
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/requests/shop-7");
}

TEST_F(HttpsTest, AProbeAtAClosedDoorCannotTell) {
  AnswerWith("");
  server_->Listen(false);
  EXPECT_EQ(Probe(), std::nullopt);
}

}  // namespace
}  // namespace ecluse::https
