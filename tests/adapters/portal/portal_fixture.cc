// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/portal/portal_fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "proto/content/codec.h"
#include "tests/support/operator/certificates.h"

namespace ecluse::portal {

PortalTest::PortalTest() {
  std::string name = (std::filesystem::temp_directory_path() / "ecluse-portal-XXXXXX").string();
  directory_ = ::mkdtemp(name.data());
  EXPECT_TRUE(MakeCertificates(directory_).ok());
  settings_.site.ca = directory_ + "/ca.pem";
  settings_.site.certificate = directory_ + "/client.pem";
  settings_.site.key = directory_ + "/client.key";
  using enum profile::Meaning;
  settings_.terms.words = {{"accordee", kGranted},         {"refusee", kRefused},
                           {"en attente", kPending},       {"creee", kReceived},
                           {"indisponible", kUnavailable}, {"refus technique", kTechnicalRefusal}};
  envelope_.id = {7};
  envelope_.practice = {"shop"};
  envelope_.finess = "123456789";
  envelope_.destination = {{"op"}, {"authorisation"}};
  envelope_.format = "application/octet-stream";
}

PortalTest::~PortalTest() {
  server_.reset();
  std::filesystem::remove_all(directory_);
}

TlsServer::Options PortalTest::TlsOptions() const {
  return {0, directory_ + "/ca.pem", directory_ + "/server.pem", directory_ + "/server.key"};
}

void PortalTest::Serve(TlsServer::Serve serve) {
  auto server = TlsServer::Open(TlsOptions(), std::move(serve));
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  settings_.site.url = "https://127.0.0.1:" + std::to_string(server_->port());
}

void PortalTest::AnswerWith(const std::string& bytes) {
  Serve([this, bytes](TlsPeer& peer) {
    TlsPeer::Request request;
    std::string body;
    if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return;
    ++read_;
    peer.Write(bytes);
  });
}

void PortalTest::AnswerJson(int status, const std::string& body, const std::string& headers) {
  AnswerWith(fmt::format(
      "HTTP/1.1 {} -\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", status,
      headers, body.size(), body));
}

PortalDriver& PortalTest::driver() {
  if (!driver_) driver_ = std::make_unique<PortalDriver>(settings_);
  return *driver_;
}

std::optional<Outcome> PortalTest::Deliver(const std::string& content) {
  return driver().Deliver(envelope_, 1, content, &credential_);
}

std::optional<Outcome> PortalTest::Probe() { return driver().Probe(envelope_, &credential_); }

std::optional<Hindrance> PortalTest::HindranceOf(const std::optional<Outcome>& outcome) {
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  if (deferred == nullptr) return std::nullopt;
  return deferred->hindrance;
}

content::Answer PortalTest::AnswerOf(const std::optional<Outcome>& outcome) {
  const auto body = [&]() -> std::string {
    if (!outcome) return "";
    if (const auto* a = std::get_if<outcome::Answered>(&*outcome)) return a->body;
    if (const auto* a = std::get_if<outcome::Accepted>(&*outcome)) return a->body;
    if (const auto* r = std::get_if<outcome::Rejected>(&*outcome)) return r->body;
    return "";
  }();
  return content::DecodeAnswer(body).value_or(content::Answer{});
}

Decision PortalTest::DecisionOf(const std::optional<Outcome>& outcome) {
  if (outcome) {
    if (const auto* a = std::get_if<outcome::Answered>(&*outcome)) return a->decision;
    if (const auto* a = std::get_if<outcome::Accepted>(&*outcome)) return a->decision;
  }
  return Decision::kOther;
}

}  // namespace ecluse::portal
