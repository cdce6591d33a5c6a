// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/exchange/exchange_fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "proto/content/codec.h"
#include "tests/support/operator/certificates.h"

namespace ecluse::exchange {

ExchangeTest::ExchangeTest() {
  std::string name = (std::filesystem::temp_directory_path() / "ecluse-exchange-XXXXXX").string();
  directory_ = ::mkdtemp(name.data());
  EXPECT_TRUE(MakeCertificates(directory_).ok());
  settings_.site.ca = directory_ + "/ca.pem";
  settings_.site.certificate = directory_ + "/client.pem";
  settings_.site.key = directory_ + "/client.key";
  settings_.terms.words = {{"accordee", profile::Meaning::kGranted},
                           {"annulee", profile::Meaning::kCancelled},
                           {"facturee", profile::Meaning::kBilled},
                           {"recue", profile::Meaning::kReceived},
                           {"refusee", profile::Meaning::kRefused}};
}

ExchangeTest::~ExchangeTest() {
  server_.reset();
  std::filesystem::remove_all(directory_);
}

void ExchangeTest::Serve(TlsServer::Serve serve) {
  auto server = TlsServer::Open(
      {0, directory_ + "/ca.pem", directory_ + "/server.pem", directory_ + "/server.key"},
      std::move(serve));
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  settings_.site.url = fmt::format("https://127.0.0.1:{}/pec/exchange", server_->port());
}

bool ExchangeTest::Hear(TlsPeer& peer) {
  TlsPeer::Request request;
  std::string body;
  if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return false;
  const std::lock_guard lock(mutex_);
  ++read_;
  heard_ = request;
  body_ = body;
  return true;
}

std::string ExchangeTest::Body() {
  const std::lock_guard lock(mutex_);
  return body_;
}

std::string ExchangeTest::Header(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = heard_.headers.find(name);
  return found == heard_.headers.end() ? "" : found->second;
}

void ExchangeTest::AnswerWith(const std::string& bytes) {
  Serve([this, bytes](TlsPeer& peer) {
    if (Hear(peer)) peer.Write(bytes);
  });
}

void ExchangeTest::AnswerWith(int status, const Reply& reply) {
  const std::string xml = EncodeReply(reply).value();
  AnswerWith(fmt::format("HTTP/1.1 {} -\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                         status, kMediaType, xml.size(), xml));
}

Envelope ExchangeTest::AnEnvelope(Kind kind) {
  Envelope envelope;
  envelope.id = {7};
  envelope.practice = {"shop"};
  envelope.finess = "750000001";
  envelope.destination = {{"op"}, {"pec"}};
  envelope.kind = kind;
  envelope.format = content::kTyped;
  return envelope;
}

std::optional<Outcome> ExchangeTest::Deliver(const content::Content& content) {
  return Deliver(AnEnvelope(content::KindOf(content)), content::Encode(content));
}

std::optional<Outcome> ExchangeTest::Deliver(const Envelope& envelope, const std::string& bytes) {
  return ExchangeDriver(settings_).Deliver(envelope, 1, bytes, with_);
}

std::optional<Outcome> ExchangeTest::Probe(const Envelope& envelope) {
  return ExchangeDriver(settings_).Probe(envelope, with_);
}

Hindrance ExchangeTest::HindranceOf(const std::optional<Outcome>& outcome) {
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  return deferred == nullptr ? Hindrance{} : deferred->hindrance;
}

Decision ExchangeTest::DecisionOf(const std::optional<Outcome>& outcome) {
  const auto* answered = outcome ? std::get_if<outcome::Answered>(&*outcome) : nullptr;
  return answered == nullptr ? Decision::kOther : answered->decision;
}

}  // namespace ecluse::exchange
