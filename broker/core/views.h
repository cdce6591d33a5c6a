// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include "broker/core/books.h"
#include "proto/wire.h"

namespace ecluse {

// What is told about a request: its state, and why it is not moving.
wire::RequestStatus StatusFor(const Books& books, const store::Request& request, bool disk_low,
                              absl::Time now);

// When the state ends by itself: lease, silence, retry or probe. nullopt: never.
std::optional<absl::Time> EndOf(const State& state);

}  // namespace ecluse
