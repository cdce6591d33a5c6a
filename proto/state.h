// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
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
  // The operator's own number for it (numéro de prise en charge), once it gave one; or the one that
  // the practice obtained by other means.
  std::string number = {};
  // The number of the authorisation that it takes along: its case's, or one given by the practice.
  std::string grant = {};
  // When the practice last said that it still wants it.
  absl::Time confirmed_at = absl::InfinitePast();
  bool leads = false;        // others of its case follow it
  bool payee_seen = false;   // a person looked at its changed payee
  bool cleared = false;      // two people let it go though its practice is in quarantine
  bool maybe_twice = false;  // a try that was given up reached the operator after all: an alarm
  // The store's epoch in which it is known whether it was sent; see StoreEpoch in names.h.
  uint64_t epoch = 0;
  // What its authorisation had said when the practice decided that it goes all the same, and the
  // bit of kOther; 0: nothing was decided. A later word asks again.
  uint32_t decided = 0;

  bool operator==(const Tries&) const = default;
};

// Why a request is out of its queue until somebody acts.
enum class Wait : uint8_t {
  kHeld = 1,         // a hold on this very request
  kStrikes = 2,      // the retry budget is used up: a person looks at it
  kDamaged = 3,      // its content can't be read back: a person looks at it
  kRoute = 4,        // the routing tables say another destination by now: a person decides
  kTechnical = 5,    // technical refusal by the operator: a person looks at it
  kCase = 6,         // an earlier request of its case is not there yet
  kDecide = 7,       // its authorisation was not granted as asked: the practice decides
  kConfirm = 8,      // old: the practice says whether it still wants it
  kPayee = 9,        // the bank account to be paid changed: a person looks at it
  kExport = 10,      // an export took it to hand it over by other means
  kQuarantine = 11,  // its practice is in quarantine: two people decide
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
  JobId job = {};  // kExport: whose
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

// Sent by other means, said by the practice or by an export, with proof in the history. It can't
// be sent from here any more.
struct Elsewhere {
  Tries tries;
  bool operator==(const Elsewhere&) const = default;
};
// Deposited by a compromised account and destroyed by two people; the content is erased.
struct Destroyed {
  Tries tries;
  bool operator==(const Destroyed&) const = default;
};
// Given back to the practice unsent: its authorisation was refused.
struct Returned {
  Tries tries;
  bool operator==(const Returned&) const = default;
};

}  // namespace state

using State =
    std::variant<state::Ready, state::Waiting, state::Leased, state::Sending, state::Deferred,
                 state::InDoubt, state::Awaiting, state::Settled, state::Rejected, state::Withdrawn,
                 state::Elsewhere, state::Destroyed, state::Returned>;

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
  kElsewhere = 11,
  kDestroyed = 12,
  kReturned = 13,
};

StateCode CodeOf(const State& state);
const Tries& TriesOf(const State& state);
Tries& TriesOf(State& state);
// Settled, Rejected, Withdrawn, Elsewhere, Destroyed, Returned: nothing more will happen to it.
bool IsTerminal(StateCode code);

}  // namespace ecluse
