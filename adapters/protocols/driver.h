// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/handler.h"

namespace ecluse {

// One practice's login at the operator. Never logged.
struct Credential {
  PracticeId practice;
  std::string login;
  std::string secret;
  uint64_t epoch = 0;  // grows with every new secret
};

// How one protocol is spoken, for one service of one operator, whose profile says the rest. A
// driver knows no operator. The same duties as a Handler's; see adapters/handler.h.
class Driver {
 public:
  virtual ~Driver() = default;

  // `credential` is null where the service's profile says that it needs none.
  virtual std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                         std::string_view content,
                                         const Credential* credential) = 0;
  virtual std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) = 0;
  // As Handler's.
  virtual std::vector<Handler::News> Collect() { return {}; }
  virtual void Noted(const Handler::News& news, ErrorCode result) {
    (void)news;
    (void)result;
  }
  // The longest that one Deliver takes.
  virtual absl::Duration LongestDelivery() const = 0;
};

// The key under which an operator knows a request of ours: the same for every attempt, never about
// a patient. "<practice>-<request number>".
std::string SubmissionKey(const Envelope& envelope);

}  // namespace ecluse
