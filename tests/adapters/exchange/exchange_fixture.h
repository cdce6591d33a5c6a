// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/protocols/exchange/driver.h"
#include "tests/support/operator/tls_server.h"

namespace ecluse::exchange {

// A driver and, on loopback, an operator that asks for a certificate and behaves as each test says.
class ExchangeTest : public ::testing::Test {
 protected:
  ExchangeTest();
  ~ExchangeTest() override;

  void Serve(TlsServer::Serve serve);
  // Reads the whole message and keeps it.
  bool Hear(TlsPeer& peer);
  // Every message gets these bytes once its body was read whole.
  void AnswerWith(const std::string& bytes);
  // The same, as a whole HTTP answer.
  void AnswerWith(int status, const Reply& reply);

  // Request 7 of the practice "shop", of that kind.
  static Envelope AnEnvelope(Kind kind);
  std::optional<Outcome> Deliver(const content::Content& content);
  std::optional<Outcome> Deliver(const Envelope& envelope, const std::string& bytes);
  std::optional<Outcome> Probe(const Envelope& envelope);
  // The last message that was read whole.
  std::string Body();
  std::string Header(const std::string& name);  // "": none
  static Hindrance HindranceOf(const std::optional<Outcome>& outcome);
  static Decision DecisionOf(const std::optional<Outcome>& outcome);

  std::string directory_;
  Settings settings_;
  Credential credential_{{"shop"}, "login", "secret:1", 3};
  const Credential* with_ = &credential_;
  std::atomic<int> read_ = 0;  // what the operator may have acted upon
  std::unique_ptr<TlsServer> server_;

 private:
  std::mutex mutex_;  // guards what follows
  TlsPeer::Request heard_;
  std::string body_;
};

}  // namespace ecluse::exchange
