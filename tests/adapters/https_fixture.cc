// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/https_fixture.h"

#include <unistd.h>

#include <filesystem>

#include "tests/support/operator/certificates.h"

namespace ecluse::https {
namespace {

Envelope AnEnvelope() {
  Envelope envelope;
  envelope.id = {7};
  envelope.practice = {"shop"};
  envelope.finess = "123456789";
  envelope.destination = {{"op"}, {"billing"}};
  envelope.format = "application/octet-stream";
  return envelope;
}

}  // namespace

HttpsTest::HttpsTest() {
  std::string name = (std::filesystem::temp_directory_path() / "ecluse-https-XXXXXX").string();
  directory_ = ::mkdtemp(name.data());
  EXPECT_TRUE(MakeCertificates(directory_).ok());
  site_.ca = directory_ + "/ca.pem";
  site_.certificate = directory_ + "/client.pem";
  site_.key = directory_ + "/client.key";
}

HttpsTest::~HttpsTest() {
  server_.reset();
  std::filesystem::remove_all(directory_);
}

void HttpsTest::Serve(TlsServer::Serve serve) {
  auto server = TlsServer::Open(
      {0, directory_ + "/ca.pem", directory_ + "/server.pem", directory_ + "/server.key"},
      std::move(serve));
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  site_.url = "https://127.0.0.1:" + std::to_string(server_->port());
}

void HttpsTest::AnswerWith(const std::string& bytes) {
  Serve([this, bytes](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return;
    ++read_;
    peer.Write(bytes);
  });
}

std::optional<Outcome> HttpsTest::Deliver(const std::string& content) {
  return HttpsHandler(site_, promises_).Deliver(AnEnvelope(), 1, content);
}

std::optional<Outcome> HttpsTest::Probe() {
  return HttpsHandler(site_, promises_).Probe(AnEnvelope());
}

std::optional<Hindrance> HttpsTest::HindranceOf(const std::optional<Outcome>& outcome) {
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  if (deferred == nullptr) return std::nullopt;
  return deferred->hindrance;
}

}  // namespace ecluse::https
