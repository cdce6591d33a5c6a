// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>

#include "broker/core/books.h"
#include "proto/wire.h"

// When will it go? Pure guesses from today's rate, told as durations; nobody acts on them but
// people.
namespace ecluse {

// Begun a second in thousandths at this destination: as measured by its gate lately, else an
// assumption, the profile's rate at the floor of the ramp, else at its ceiling; 0: unknown.
struct Rate {
  uint64_t milli = 0;
  bool measured = false;
};
Rate RateOf(const Books& books, const Destination& destination, absl::Time now);

// How long until requests go there again; zero: they do. nullopt: nobody can tell, because a hold
// or a person's closure without an hour has no end. A ramp is not counted.
std::optional<absl::Duration> OpensIn(const Books& books, const Destination& destination,
                                      absl::Time now);
// The announced hour of a closed gate with this broker's own offset; nullopt: there is none.
std::optional<absl::Duration> AnnouncedIn(const Books& books, const Destination& destination,
                                          absl::Time now);

// How long until the request that has `before` others before it goes; nullopt: nobody can tell,
// because the gate is closed without an hour, or nothing is known of the rate.
std::optional<absl::Duration> GoesIn(const Books& books, const Destination& destination,
                                     uint64_t before, absl::Time now);
// When the last Ready request of the practice goes, lanes taking turns; nullopt also when it has
// none, or a hold stops it. Every practice asks for this, of every destination: it costs no look at
// all lanes, so that it knows nothing of shares and counts lanes that a hold stops.
std::optional<absl::Duration> EmptyIn(const Books& books, const Destination& destination,
                                      const PracticeId& practice, absl::Time now);

// Of the Ready requests alone: those that wait for people or a retry are nobody's to foretell.
wire::ReplyBody View(Books& books, const wire::Forecast& call, absl::Time now);

}  // namespace ecluse
