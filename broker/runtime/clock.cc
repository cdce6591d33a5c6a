// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/clock.h"

#include <absl/time/clock.h>
#include <spdlog/spdlog.h>

#include <ctime>

namespace ecluse {
namespace {

// Goes on while the machine sleeps, so that a lease ends on time after it wakes.
absl::Duration Steady() {
  timespec time = {};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return absl::DurationFromTimespec(time);
}

}  // namespace

Anchor::Reading Anchor::Read(absl::Time wall, absl::Duration steady) {
  const absl::Time now = wall_ + (steady - steady_);
  const absl::Duration ahead = wall - now;
  if (absl::AbsDuration(ahead) <= kTolerance) return {now, std::nullopt};
  wall_ = wall;
  steady_ = steady;
  return {wall, ahead};
}

Clock::Clock() : anchor_(absl::Now(), Steady()) {}

absl::Time Clock::Now() {
  const Anchor::Reading reading = anchor_.Read(absl::Now(), Steady());
  if (reading.jump.has_value()) {
    spdlog::warn("the wall clock jumped by {}: leases and hours now follow it",
                 std::string(absl::FormatDuration(*reading.jump)));
  }
  return reading.now;
}

}  // namespace ecluse
