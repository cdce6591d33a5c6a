// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>

namespace ecluse {

enum class GateCode : uint8_t {
  kOpen = 1,
  kClosed = 2,
  kCanary = 3,  // the hour has come or a person reopened: one request first
};

// May this destination get more now, and why not. The rules are in broker/core/gate.h.
struct GateState {
  GateCode code = GateCode::kOpen;
  absl::Time since;
  std::string by;      // the ops name that closed or opened it; empty: the broker itself
  std::string reason;  // for people
  absl::Time announced = absl::InfiniteFuture();   // the hour told by the operator; a hint
  absl::Time paused_until = absl::InfinitePast();  // Retry-After or back-off, in full
  uint32_t pauses = 0;                             // in a row; back-off grows with it
  uint32_t allowance = 0;                          // requests that may pass though closed

  bool operator==(const GateState&) const = default;
};

}  // namespace ecluse
