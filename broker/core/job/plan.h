// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>
#include <vector>

#include "broker/core/books.h"
#include "proto/wire.h"

namespace ecluse {

// Does the request fit all the parts of the filter? Ages and dates are told by `now`.
bool Matches(const Filter& filter, const store::Request& request, absl::Time now);
// … the parts that speak of what never changes, and those that speak of its state.
bool MatchesEnvelope(const Filter& filter, const Envelope& envelope, absl::Time now);
bool MatchesState(const Filter& filter, const State& state);
// Parts that go together; else nothing could ever fit it.
bool IsFilter(const Filter& filter);

// What a bulk act would touch. The token stands for the act and for exactly these requests: when
// something changed since the plan was shown, the token is another.
struct Plan {
  std::vector<RequestId> requests;
  std::string token;
  bool more = false;  // cut at limits::kResolvePerCall
};

Plan PlanResolve(Books& books, const wire::ResolveAll& call, absl::Time now);

}  // namespace ecluse
