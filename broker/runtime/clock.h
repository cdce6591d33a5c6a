// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>

namespace ecluse {

// Wall time that runs like a steady clock: a small step or a jump of the machine's wall clock
// neither shortens nor stretches a lease. Pure: both clocks are read by the caller.
class Anchor {
 public:
  // The two may drift apart by this much before the wall clock is believed again.
  static constexpr absl::Duration kTolerance = absl::Minutes(1);

  Anchor(absl::Time wall, absl::Duration steady) : wall_(wall), steady_(steady) {}

  struct Reading {
    absl::Time now;
    // How far the wall clock was ahead (behind: negative) when it was believed again.
    std::optional<absl::Duration> jump;
  };
  Reading Read(absl::Time wall, absl::Duration steady);

 private:
  absl::Time wall_;
  absl::Duration steady_;
};

// The machine's clocks through an Anchor; a jump is logged, once.
class Clock {
 public:
  Clock();
  absl::Time Now();

 private:
  Anchor anchor_;
};

}  // namespace ecluse
