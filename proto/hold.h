// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>

#include "proto/envelope.h"
#include "proto/names.h"

namespace ecluse {

// What a hold stops: every request that matches all the parts given. No part: the master stop.
// Operator alone, operator and service (a destination), practice and operator (an account),
// practice, or one request.
struct Scope {
  std::optional<OperatorId> run_by;
  std::optional<ServiceId> service;  // only with run_by
  std::optional<PracticeId> practice;
  std::optional<RequestId> request;  // alone

  bool operator==(const Scope&) const = default;
};

// Which rule of the broker placed a hold, and lifts it; kPerson: none, only people lift it.
enum class HoldRule : uint8_t {
  kPerson = 0,
  kCredentials = 1,  // the operator refused the account's login: the account needs a person
};

// A reason not to send. Holds form a set: lifting one never lifts another's.
struct Hold {
  HoldId id;
  Scope scope;
  std::string owner;   // the ops name that placed it; of a rule "rule/credentials"
  std::string reason;  // for people; at most limits::kReasonBytes
  absl::Time since;
  HoldRule rule = HoldRule::kPerson;
  uint64_t epoch = 0;  // kCredentials: lifted by any newer credential of the account

  bool operator==(const Hold&) const = default;
};

}  // namespace ecluse
