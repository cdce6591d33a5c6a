// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>
#include <vector>

#include "broker/core/books.h"
#include "broker/core/look/sight.h"
#include "proto/wire.h"

namespace ecluse {

// What is told about a request: its state, why it is not moving, and when it would.
wire::RequestStatus StatusFor(const Sight& sight, const store::Request& request, absl::Time now);

// All that stands in its way now, the first to be cleared first: what people must do, before what
// only takes time. Empty: it is on its way, or ended. The first of them is RequestStatus::why.
std::vector<wire::WhyWaiting> ReasonsFor(const Sight& sight, const store::Request& request,
                                         absl::Time now);

// A destination as a practice's screen shows it: without the names of ops people.
wire::DestinationStatus StatusFor(const Sight& sight, const PracticeId& practice,
                                  const Destination& destination, absl::Time now);

// An adapter asks for work of this destination, or did so lately. A broker that has just started
// waits a little before it says no.
bool IsServed(const Sight& sight, const Destination& destination, absl::Time now);

// When the state ends by itself: lease, silence, retry or probe. nullopt: never.
std::optional<absl::Time> EndOf(const State& state);

}  // namespace ecluse
