// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <variant>

#include "proto/names.h"

namespace ecluse {

// What a request carries along from state to state. `attempt` is the number of its last Begin,
// counted for ever; it makes a report speak of one try only. `strikes` counts what the retry budget
// counts: hindrances of this request alone. A closed operator or a hold adds none.
struct Tries {
  uint32_t attempt = 0;
  uint32_t strikes = 0;
  // What the operator has said of it so far: bit n is Decision n. Sent, acknowledged, answered and
  // paid are four different facts; each goes to the inbox once.
  uint32_t said = 0;
  // A person confirmed the destination though the routing tables say another by now.
  bool keeps_route = false;

  bool operator==(const Tries&) const = default;
};

// Why a request is out of its queue until somebody acts.
enum class Wait : uint8_t {
  kHeld = 1,       // a hold on this very request
  kStrikes = 2,    // the retry budget is used up: a person looks at it
  kDamaged = 3,    // its content can't be read back: a person looks at it
  kRoute = 4,      // the routing tables say another destination by now: a person decides
  kTechnical = 5,  // technical refusal by the operator: a person looks at it
};

namespace state {

// In its queue; goes when gate and holds allow.
struct Ready {
  Tries tries;
  bool operator==(const Ready&) const = default;
};
// Out of the queue for a reason of its own.
struct Waiting {
  Tries tries;
  Wait reason = Wait::kHeld;
  bool operator==(const Waiting&) const = default;
};
// A worker may ask to begin attempt `tries.attempt + 1` until `lapses_at`. Nothing has been sent.
struct Leased {
  Tries tries;
  WorkerId worker;
  absl::Time lapses_at;
  bool operator==(const Leased&) const = default;
};
// The worker was told to proceed: from here on the operator may have it.
struct Sending {
  Tries tries;
  WorkerId worker;
  absl::Time silent_at;  // no report by then is doubt
  bool operator==(const Sending&) const = default;
};
// Surely not sent; tried again at `retry_at`.
struct Deferred {
  Tries tries;
  absl::Time retry_at;
  bool operator==(const Deferred&) const = default;
};
// Begun, then silence. Never sent again before a probe says "absent" or a person decides.
struct InDoubt {
  Tries tries;
  uint32_t probes = 0;       // asked so far
  absl::Time next_probe_at;  // InfiniteFuture: only a person can tell
  bool operator==(const InDoubt&) const = default;
};
// The operator has it; its answer is still to come.
struct Awaiting {
  Tries tries;
  uint32_t probes = 0;
  absl::Time next_probe_at;  // InfiniteFuture: nobody asks, the answer comes by itself
  bool operator==(const Awaiting&) const = default;
};
// Answered by the operator.
struct Settled {
  Tries tries;
  bool operator==(const Settled&) const = default;
};
// Never taken by the operator, as it was.
struct Rejected {
  Tries tries;
  bool operator==(const Rejected&) const = default;
};
// Taken back by the practice while unsent.
struct Withdrawn {
  Tries tries;
  bool operator==(const Withdrawn&) const = default;
};

}  // namespace state

using State = std::variant<state::Ready, state::Waiting, state::Leased, state::Sending,
                           state::Deferred, state::InDoubt, state::Awaiting, state::Settled,
                           state::Rejected, state::Withdrawn>;

// The stable code of each state: on the wire, in records, in texts. Never renumbered.
enum class StateCode : uint8_t {
  kReady = 1,
  kWaiting = 2,
  kLeased = 3,
  kSending = 4,
  kDeferred = 5,
  kInDoubt = 6,
  kAwaiting = 7,
  kSettled = 8,
  kRejected = 9,
  kWithdrawn = 10,
};

StateCode CodeOf(const State& state);
const Tries& TriesOf(const State& state);
// Settled, Rejected, Withdrawn: nothing more will happen to it.
bool IsTerminal(StateCode code);

}  // namespace ecluse
