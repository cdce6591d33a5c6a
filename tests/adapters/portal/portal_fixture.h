// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "adapters/protocols/portal/driver.h"
#include "proto/content/content.h"
#include "tests/support/operator/tls_server.h"

namespace ecluse::portal {

// A portal driver and, on loopback, an operator that behaves as each test says.
class PortalTest : public ::testing::Test {
 protected:
  PortalTest();
  ~PortalTest() override;

  void Serve(TlsServer::Serve serve);
  // Answers every submission that was read whole with these bytes, and counts it in `read_`.
  void AnswerWith(const std::string& bytes);
  // … with a whole answer of the contract.
  void AnswerJson(int status, const std::string& body, const std::string& headers = "");
  TlsServer::Options TlsOptions() const;

  // One driver for the whole test, made of `settings_` when it is first used.
  PortalDriver& driver();
  void Forget() { driver_.reset(); }
  std::optional<Outcome> Deliver(const std::string& content = "a request");
  std::optional<Outcome> Probe();

  static std::optional<Hindrance> HindranceOf(const std::optional<Outcome>& outcome);
  // Of Answered, Accepted or Rejected.
  static content::Answer AnswerOf(const std::optional<Outcome>& outcome);
  static Decision DecisionOf(const std::optional<Outcome>& outcome);

  std::string directory_;
  Settings settings_;
  Envelope envelope_;
  Credential credential_{{"shop"}, "shop-login", "very secret", 3};
  // Submissions whose body the operator read whole: what it may have acted upon.
  std::atomic<int> read_ = 0;
  std::unique_ptr<TlsServer> server_;

 private:
  std::unique_ptr<PortalDriver> driver_;
};

}  // namespace ecluse::portal
