// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>

#include "broker/core/policy.h"
#include "proto/gate.h"
#include "proto/outcome.h"

namespace ecluse {

// Who works on a destination's requests now.
struct InHand {
  uint32_t leased = 0;   // granted, not begun
  uint32_t sending = 0;  // begun, not reported
};

// May this destination get more now, how many, and why not. Pure.
//
// A portal that answers is not a service that is open. So the announced hour is a hint: at the
// hour, after a pause, and after a person's reopening, one request goes first (the canary); the
// others follow when the operator took it.
class Gate {
 public:
  explicit Gate(GateState state) : state_(std::move(state)) {}

  const GateState& state() const { return state_; }

  // Each of these may be repeated: closing a closed gate keeps since when it is closed.
  void Close(const std::string& by, const std::string& reason, std::optional<absl::Time> announced,
             absl::Time now);
  void Reopen(const std::string& by, const std::string& reason, bool at_once, absl::Time now);
  void Allow(uint32_t requests, const std::string& by, const std::string& reason);

  // The announced hour has come: from closed to canary. False: nothing changed.
  bool HourCame(absl::Time now);

  // How many more may be granted.
  uint32_t Room(const InHand& in_hand, uint32_t most, absl::Time now) const;
  // May one of the granted begin? Asked at the moment of sending.
  bool MayBegin(const InHand& in_hand, absl::Time now) const;
  // May the operator be asked about earlier tries?
  bool MayProbe(absl::Time now) const;

  // What happened to those that began.
  void Begun();               // one did
  void Took(absl::Time now);  // the operator took one
  void Hindered(const outcome::Deferred& why, const Policy& policy, absl::Time now);  // all are
  void Silent(const Policy& policy, absl::Time now);                                  // doubt

  // When Room() may grow by itself; InfiniteFuture: never.
  absl::Time NextChange(absl::Time now) const;

 private:
  bool OneAtATime() const { return state_.code == GateCode::kCanary || state_.pauses > 0; }
  void Pause(absl::Duration at_least, const Policy& policy, absl::Time now);

  GateState state_;
};

}  // namespace ecluse
