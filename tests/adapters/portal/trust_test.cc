// SPDX-License-Identifier: Apache-2.0
// Who is spoken to, and what was surely not sent.
#include "tests/adapters/portal/portal_fixture.h"

namespace ecluse::portal {
namespace {

constexpr char kGranted[] = R"({"status":"accordee"})";

TEST_F(PortalTest, ACertificateForAnotherHostIsNotSpokenTo) {
  AnswerJson(200, kGranted);
  settings_.site.url = "https://127.0.0.2:" + std::to_string(server_->port());
  EXPECT_TRUE(HindranceOf(Deliver()));
  EXPECT_EQ(read_, 0);
}

// With TLS 1.3 the operator's "no" arrives after the head was sent; the body was not.
TEST_F(PortalTest, WithoutAClientCertificateNothingIsSent) {
  AnswerJson(200, kGranted);
  settings_.site.certificate.clear();
  settings_.site.key.clear();
  EXPECT_TRUE(HindranceOf(Deliver()));
  EXPECT_EQ(read_, 0);
}

TEST_F(PortalTest, AMissingCertificateFileIsOurOwnTrouble) {
  AnswerJson(200, kGranted);
  settings_.site.certificate = directory_ + "/nowhere.pem";
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kAdapter);
}

TEST_F(PortalTest, APeerThatIsSilentBeforeTheBodyGotNothing) {
  Serve([](TlsPeer& peer) { peer.WaitForEnd(); });
  settings_.site.expect_wait = absl::Seconds(60);
  settings_.site.total_timeout = absl::Milliseconds(300);
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
}

TEST_F(PortalTest, WhatIsNotHttpIsDoubt) {
  AnswerWith("SSH-2.0-OpenSSH_9.2\r\n");
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(PortalTest, EveryExchangeHasAConnectionOfItsOwn) {
  AnswerJson(200, kGranted);
  Deliver();
  Deliver();
  EXPECT_EQ(server_->handshakes(), 2);
}

}  // namespace
}  // namespace ecluse::portal
