// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/time/time.h>

#include <cstdint>

#include "proto/names.h"

namespace ecluse {

// How requests of one destination are carried: the operator's profile, from the configuration.
struct Policy {
  // After a grant the worker has this long to ask Begin.
  absl::Duration lease = absl::Seconds(30);
  // After Proceed the worker has this long to report; then it is doubt. It must be longer than
  // the adapter's own total timeout.
  absl::Duration silence = absl::Seconds(120);
  // The operator's operation may be repeated without harm: silence then leads to a new try.
  bool idempotent = false;
  // The adapter can ask what became of a try. Without it only a person settles a doubt.
  bool can_probe = true;
  // A request just sent may still be on its way when a probe says "absent": wait this long first.
  absl::Duration settle = absl::Seconds(60);
  absl::Duration probe_every = absl::Minutes(5);
  // After this many probes that can't tell, a person decides.
  uint32_t probes = 12;
  // When the answer of an accepted request is first asked for; zero: it comes by itself. While the
  // operator has nothing new to say the pause doubles, up to `ask_most`.
  absl::Duration ask_every = absl::Minutes(5);
  absl::Duration ask_most = absl::Hours(1);
  // Hindrances of the request itself before a person looks at it.
  uint32_t strikes = 8;
  absl::Duration retry_first = absl::Seconds(10);
  absl::Duration retry_most = absl::Minutes(30);
  // Begun and not yet reported, over all workers.
  uint32_t in_flight = 16;
};

// Every destination that exists. Deposits for others are refused.
using Policies = absl::btree_map<Destination, Policy>;

}  // namespace ecluse
