// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <variant>

namespace ecluse {

// What an operator decided, as far as the broker needs to know it.
enum class Decision : uint8_t {
  kOther = 0,         // the content says
  kGranted = 1,       // accordée
  kRefused = 2,       // refusée: the operator's decision on the request
  kAcknowledged = 3,  // taken in charge, nothing more will follow
};

// Why a request surely did not reach the operator.
enum class Hindrance : uint8_t {
  kUnreachable = 1,  // no connection: refused, no route, no name
  kTls = 2,          // the connection could not be trusted
  kClosed = 3,       // the operator says that it is closed (503, maintenance)
  kBusy = 4,         // the operator says: not now (429)
  kAbsent = 5,       // a probe learned that the operator never had it
  kAdapter = 6,      // the adapter could not begin: its own configuration or shutdown
  kCredentials = 7,  // the operator refused the login
};

namespace outcome {

// The operator answered for good: the request is settled, the answer goes to the inbox.
struct Answered {
  Decision decision = Decision::kOther;
  std::string format;  // media type of the body
  std::string body;    // at most limits::kAnswerBytes

  bool operator==(const Answered&) const = default;
};

// The operator has it and will answer later.
struct Accepted {
  absl::Duration ask_after;  // when to ask for the answer; zero: the profile's schedule

  bool operator==(const Accepted&) const = default;
};

// Surely not sent: trying again can't double anything.
struct Deferred {
  Hindrance hindrance = Hindrance::kUnreachable;
  absl::Duration retry_after;      // zero: the profile's back-off. Never shortened.
  bool whole_destination = false;  // the hindrance stops every request, not this one

  bool operator==(const Deferred&) const = default;
};

// The operator will never take the request as it is, and has not kept it.
struct Rejected {
  std::string format;
  std::string body;  // the operator's own words, for the practice

  bool operator==(const Rejected&) const = default;
};

}  // namespace outcome

using Outcome =
    std::variant<outcome::Answered, outcome::Accepted, outcome::Deferred, outcome::Rejected>;

}  // namespace ecluse
