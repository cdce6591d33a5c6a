// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "adapters/handler.h"
#include "adapters/protocols/http/exchange.h"
#include "adapters/protocols/https/endings.h"

namespace ecluse::https {

// The name of a request at the operator: the same for every attempt, and nothing about a patient.
std::string SubmissionKey(const Envelope& envelope);

// Speaks the contract of README.md with one operator.
class HttpsHandler : public Handler {
 public:
  HttpsHandler(Site site, Promises promises) : site_(std::move(site)), promises_(promises) {}

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content) override;
  std::optional<Outcome> Probe(const Envelope& envelope) override;

 private:
  const Site site_;
  const Promises promises_;
};

}  // namespace ecluse::https
