// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>

#include "broker/core/cause.h"
#include "broker/core/policy.h"
#include "proto/state.h"

namespace ecluse {

// What the life of a request depends on beside its state and the cause.
struct Circumstances {
  const Policy& policy;
  absl::Time now;
  bool held = false;  // a hold on this very request
  StoreEpoch epoch = 0;
  // From 0 to kSpreads - 1, of the request itself: what is asked again and again is asked a little
  // later or sooner than its neighbours, so that after an outage not all come at once.
  uint32_t spread = 0;
};
inline constexpr uint32_t kSpreads = 1024;

// The life of a request: the one place where a state follows from another. Pure.
//
// nullopt: the cause means nothing in this state (late, repeated, or not this worker's), and
// nothing changes. LIFECYCLE.md is printed from this function by a test.
std::optional<State> Next(const State& from, const Cause& cause, const Circumstances& around);

// It lies here, in nobody's hands, and no try of it can have reached the operator.
bool IsSurelyUnsent(const State& state, const Circumstances& around);

// What the operator said with it; kOther where it said nothing of its own.
Decision DecisionOf(const Outcome& outcome);
// Its bit in Tries::said.
constexpr uint32_t BitOf(Decision decision) { return 1u << static_cast<uint8_t>(decision); }

// The operator has it, or had it and decided: an outcome that must never be followed by another
// sending of the same request.
bool IsTaken(const Outcome& outcome);

}  // namespace ecluse
