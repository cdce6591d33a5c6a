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
  // Finer: only requests of this kind, or deposited in this time. With any but `request`.
  std::optional<Kind> kind = {};
  absl::Time deposited_from = absl::InfinitePast();
  absl::Time deposited_until = absl::InfiniteFuture();

  // Speaks of requests one by one, not of a whole lane.
  bool IsFine() const {
    return kind || deposited_from != absl::InfinitePast() ||
           deposited_until != absl::InfiniteFuture();
  }

  bool operator==(const Scope&) const = default;
};

// Which rule of the broker placed a hold, and lifts it; kPerson: none, only people lift it.
enum class HoldRule : uint8_t {
  kPerson = 0,
  kCredentials = 1,  // the operator refused the account's login: the account needs a person
  // Declared by a person for an operator: each account waits until its credential was set after
  // `since`. Only people lift it as a whole; accounts pass it one by one.
  kIncident = 2,
  // The store was restored or copied: nothing moves but probes, until a person lifts it.
  kRestored = 3,
  // Declared by a person for a practice: what it deposited waits for two people, request by
  // request.
  kQuarantine = 4,
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
  absl::Time until = absl::InfiniteFuture();  // lifted by the clock then

  bool operator==(const Hold&) const = default;
};

}  // namespace ecluse
