// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>

namespace ecluse {

enum class GateCode : uint8_t {
  kOpen = 1,
  kClosed = 2,     // by a person
  kCanary = 3,     // the hour has come, a pause is over or a person reopened: one request first
  kSuspected = 4,  // was open and failed, or fell with its failure domain: one at a time
  kRamping = 5,    // the canary was taken: more and more, by feedback
  kReclosed = 6,   // closed again by the broker on the way up: `paused_until` says for how long
};

// How much at once, learned by feedback. In thousandths of a request in flight.
struct Pace {
  uint32_t window = 0;          // now; 0: nothing learned, the floor
  uint32_t learned = 0;         // the highest that held for a whole cohort; kept over closures
  uint32_t failed_cohorts = 0;  // in a row
  bool operator==(const Pace&) const = default;
};

// The usual share of refusals among the operator's answers, and what the newest say.
struct Mix {
  uint32_t usual = 0;  // in thousandths, learned while open
  uint32_t known = 0;  // answers that `usual` stands on
  uint32_t seen = 0;   // answers since the gate began to open
  uint32_t bad = 0;    // refusals and technical refusals among them
  bool operator==(const Mix&) const = default;
};

// May this destination get more now, and why not. The rules are in broker/core/gate/gate.h.
struct GateState {
  GateCode code = GateCode::kOpen;
  absl::Time since;
  std::string by;      // the ops name that closed or opened it; empty: the broker itself
  std::string reason;  // for people
  // The hour told by the operator: a hint, a clock time by nature.
  absl::Time announced = absl::InfiniteFuture();
  std::string announced_by = {};                   // the ops name that wrote it down
  std::string source = {};                         // who told, and how: "letter of …, 9 February"
  uint32_t slips = 0;                              // how often the announced hour was put off
  absl::Time paused_until = absl::InfinitePast();  // Retry-After or back-off, in full
  uint32_t pauses = 0;                             // in a row; back-off grows with it
  uint32_t allowance = 0;                          // requests that may pass though closed
  bool asks = false;  // kReclosed: only a person reopens, after a look at the operator's answers
  Pace pace = {};
  Mix mix = {};

  bool operator==(const GateState&) const = default;
};

}  // namespace ecluse
