// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "adapters/protocols/https/handler.h"
#include "tests/support/operator/tls_server.h"

namespace ecluse::https {

// An HTTPS adapter and, on loopback, an operator that behaves as each test says.
class HttpsTest : public ::testing::Test {
 protected:
  HttpsTest();
  ~HttpsTest() override;

  void Serve(TlsServer::Serve serve);
  // Answers every submission whose body was read whole with these bytes.
  void AnswerWith(const std::string& bytes);

  std::optional<Outcome> Deliver(const std::string& content = "a bill");
  std::optional<Outcome> Probe();
  static std::optional<Hindrance> HindranceOf(const std::optional<Outcome>& outcome);

  std::string directory_;
  Site site_;
  Promises promises_;
  // Submissions whose body the operator read whole: what it may have acted upon.
  std::atomic<int> read_ = 0;
  std::unique_ptr<TlsServer> server_;
};

}  // namespace ecluse::https
