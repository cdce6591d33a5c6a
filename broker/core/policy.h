// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <vector>

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
  // Begun and not yet reported, over all workers: the ramp's ceiling, and its floor.
  uint32_t in_flight = 16;
  uint32_t in_flight_least = 1;
  // Begun a second, in thousandths; 0: no bound. The ramp goes from the floor to the ceiling.
  uint32_t rate_most = 0;
  uint32_t rate_least = 0;
  // So many cohorts that failed in a row close a ramping gate again.
  uint32_t dead_cohorts = 3;
  // Of a hundred requests, how many go to what was deposited while the gate was open, when both
  // shares have some.
  uint32_t fresh_share = 25;
  // Closes and asks a person when refusals and technical refusals exceed their usual share by so
  // many points of a hundred, over the last `mix_answers` or more since the reopening; 0: never.
  uint32_t mix_points = 40;
  uint32_t mix_answers = 20;
  // Destinations with the same one fall together; empty: alone.
  std::string failure_domain = {};
  // Questions about doubts under way at once.
  uint32_t probes_at_once = 4;
  // After an incident or a change, one account after the other tries its new login.
  absl::Duration login_every = absl::Seconds(1);
  // Requests use the practice's login at the operator; mail, for one, needs none: it waits
  // for no new password.
  bool needs_login = true;
  // Older requests are confirmed by the practice before they go; zero: never.
  absl::Duration confirm_after = absl::ZeroDuration();
  // A bill is refused so soon after its grant.
  absl::Duration bill_after_grant = absl::ZeroDuration();
  // By when requests should be at the operator: working days in France (no Saturday, Sunday or
  // public holiday), else days, after the bill's day, or the deposit; 0: no date.
  uint32_t due_working_days = 0;
  uint32_t due_days = 0;
};

// What is the same for all destinations: which broker this is, and where.
struct House {
  // After an announced hour this broker waits so long before its canary goes, so that many brokers
  // do not come together. Drawn at random by the shell when it starts.
  absl::Duration offset = absl::ZeroDuration();
  absl::TimeZone zone = absl::UTCTimeZone();  // in which days are counted: Europe/Paris
  // Every practice that has a key. Empty: not known.
  std::vector<PracticeId> practices = {};
};

// Every destination that exists. Deposits for others are refused.
using Policies = absl::btree_map<Destination, Policy>;

}  // namespace ecluse
