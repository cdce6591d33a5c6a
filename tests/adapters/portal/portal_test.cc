// SPDX-License-Identifier: Apache-2.0
// What goes over the line, and what comes back, over real TLS connections.
#include <absl/strings/escaping.h>

#include "tests/adapters/portal/portal_fixture.h"

namespace ecluse::portal {
namespace {

TEST_F(PortalTest, TheRequestArrivesByteForByteUnderItsKey) {
  TlsPeer::Request request;
  std::string body;
  Serve([&](TlsPeer& peer) {
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) peer.Answer(202, "", "");
  });
  envelope_.kind = Kind::kBill;
  envelope_.follows = {4};
  const std::string content("\0\r\n\xff bytes", 10);
  Deliver(content);
  server_.reset();
  EXPECT_EQ(body, content);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/requests");
  EXPECT_EQ(request.headers["idempotency-key"], "shop-7");
  EXPECT_EQ(request.headers["content-type"], "application/octet-stream");
  EXPECT_EQ(request.headers["x-ecluse-attempt"], "1");
  EXPECT_EQ(request.headers["x-ecluse-kind"], "bill");
  EXPECT_EQ(request.headers["x-ecluse-follows"], "shop-4");
  EXPECT_EQ(request.headers["authorization"],
            "Basic " + absl::Base64Escape("shop-login:very secret"));
}

TEST_F(PortalTest, AProbeAsksForTheKeyWithTheLoginAndSendsNothing) {
  TlsPeer::Request request;
  Serve([&](TlsPeer& peer) {
    if (peer.ReadHead(request)) peer.Answer(404, "", R"({"never_had":"shop-7"})");
  });
  EXPECT_EQ(HindranceOf(Probe()), Hindrance::kAbsent);
  server_.reset();
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/requests/shop-7");
  EXPECT_TRUE(request.headers.contains("authorization"));
}

TEST_F(PortalTest, WithoutALoginNoneIsSent) {
  TlsPeer::Request request;
  std::string body;
  Serve([&](TlsPeer& peer) {
    if (peer.ReadHead(request) && peer.ReadBody(request, body)) peer.Answer(202, "", "");
  });
  driver().Deliver(envelope_, 1, "a request", nullptr);
  server_.reset();
  EXPECT_FALSE(request.headers.contains("authorization"));
}

TEST_F(PortalTest, ThreeDaysOfRetryAfterAreThreeDays) {
  AnswerJson(503, "", "Retry-After: 259200\r\n");
  EXPECT_EQ(Deliver(), Outcome(outcome::Deferred{Hindrance::kClosed, absl::Hours(72), true, 0}));
}

TEST_F(PortalTest, ARedirectIsNotFollowed) {
  AnswerJson(307, "", "Location: /elsewhere\r\n");
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(read_, 1);
}

TEST_F(PortalTest, PendingTellsWhenToAsk) {
  AnswerJson(200, R"({"status":"en attente"})", "Retry-After: 30\r\n");
  const auto outcome = Deliver();
  ASSERT_TRUE(outcome);
  EXPECT_EQ(std::get<outcome::Accepted>(*outcome).ask_after, absl::Seconds(30));
  EXPECT_EQ(DecisionOf(outcome), Decision::kPending);
}

TEST_F(PortalTest, LettersArriveAsTheyWereWritten) {
  AnswerJson(200, R"({"status":"accordee","letters":[{"media_type":"application/pdf",)"
                  R"("base64":"JVBERi0xLjQ="}]})");
  const content::Answer answer = AnswerOf(Deliver());
  ASSERT_EQ(answer.letters.size(), 1u);
  EXPECT_EQ(answer.letters[0], (content::Letter{"application/pdf", "%PDF-1.4"}));
}

TEST_F(PortalTest, SettingsOfTheProfileAreTakenAndMistakesNamed) {
  Section section{"driver", 4, true, {}};
  section.settings = {{"service", 5, std::string("authorisation")},
                      {"total_timeout", 6, std::string("20s")},
                      {"answer_bytes", 7, int64_t{5000}},
                      {"expect_continue", 8, false},
                      {"html_page_means_closed", 9, true}};
  ASSERT_TRUE(ReadDriverSection("profile.toml", section, settings_).ok());
  EXPECT_EQ(driver().LongestDelivery(), absl::Seconds(20));
  EXPECT_EQ(settings_.site.answer_bytes, 5000u);
  EXPECT_FALSE(settings_.site.expect_continue);
  EXPECT_TRUE(settings_.terms.promises.html_page);
  section.settings.push_back({"refuses_with_503", 10, std::string("yes")});
  const absl::Status status = ReadDriverSection("profile.toml", section, settings_);
  EXPECT_NE(std::string(status.message()).find("refuses_with_503"), std::string::npos);
}

}  // namespace
}  // namespace ecluse::portal
