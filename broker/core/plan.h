// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>
#include <vector>

#include "broker/core/books.h"
#include "proto/wire.h"

namespace ecluse {

bool Matches(const wire::Filter& filter, const store::Request& request, absl::Time now);

// What a bulk act would touch. The token stands for the act and for exactly these requests: when
// something changed since the plan was shown, the token is another.
struct Plan {
  std::vector<RequestId> requests;
  std::string token;
  bool more = false;  // cut at limits::kResolvePerCall
};

Plan PlanResolve(Books& books, const wire::ResolveAll& call, absl::Time now);

}  // namespace ecluse
