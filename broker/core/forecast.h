// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>

#include "broker/core/books.h"
#include "proto/wire.h"

// When will it go? Pure guesses from today's rate, told as durations; nobody acts on them but
// people.
namespace ecluse {

// Begun a second in thousandths at this destination: as measured by its gate lately, else what the
// profile's floor of the ramp would give; 0: unknown.
struct Rate {
  uint64_t milli = 0;
  bool measured = false;
};
Rate RateOf(const Books& books, const Destination& destination, absl::Time now);

// How long until the request that has `before` others before it goes; nullopt: nobody can tell,
// because the gate is closed without an hour, or nothing is known of the rate.
std::optional<absl::Duration> GoesIn(const Books& books, const Destination& destination,
                                     uint64_t before, absl::Time now);

wire::ReplyBody View(Books& books, const wire::Forecast& call, absl::Time now);

}  // namespace ecluse
