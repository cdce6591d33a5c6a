// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

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

// A reason not to send. Holds form a set: lifting one never lifts another's.
struct Hold {
  HoldId id;
  Scope scope;
  std::string owner;   // the ops name that placed it
  std::string reason;  // for people; at most limits::kReasonBytes
  absl::Time since;

  bool operator==(const Hold&) const = default;
};

}  // namespace ecluse
