// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>

#include "proto/state.h"

namespace ecluse {

// What can happen to a request. The stable codes of the journal; LIFECYCLE.md shows what each does.
enum class CauseCode : uint8_t {
  kDeposited = 1,
  kGranted = 2,     // leased to a worker
  kBegun = 3,       // the worker was told to proceed
  kRefused = 4,     // the worker asked to begin, but the gate or a hold says no
  kLapsed = 5,      // a lease or a try ended in silence
  kReported = 6,    // the worker told the outcome of its try
  kProbed = 7,      // a worker was asked to probe
  kFound = 8,       // a probe told the outcome of an earlier try
  kCannotTell = 9,  // a probe, or the worker itself, can't say
  kAnswered = 10,   // an answer arrived by itself
  kRetryDue = 11,
  kHeld = 12,  // a hold on this very request
  kReleased = 13,
  kResolved = 14,  // a person settled a doubt
  kWithdrawn = 15,
  kDamaged = 16,    // its content could not be read back
  kRemark = 17,     // nothing changed; the note says what was noticed
  kRerouted = 18,   // the routing tables say another destination than its own
  kFollowed = 19,   // what it waited for in its case is there
  kUndecided = 20,  // what it waited for ended in a way that the practice must decide on
  kReturned = 21,
  kParked = 22,  // set aside for the reason of its state: see Wait
  kConfirmed = 23,
  kDecided = 24,  // the practice decided that it goes
  kElsewhere = 25,
  kDestroyed = 26,
  kFenced = 27,  // the store was restored: whether it was sent meanwhile is not known
  kMoved = 28,   // a person sent it another way
  kShown = 29,   // a person of ops read its content
};

// How an attempt ended, for the journal: the alternative of Outcome, and none for silence.
enum class OutcomeCode : uint8_t {
  kNone = 0,
  kAnswered = 1,
  kAccepted = 2,
  kDeferred = 3,
  kRejected = 4,
};

// One line in the history of a request; written in the same batch as the change it tells.
struct JournalEntry {
  absl::Time at;
  CauseCode cause = CauseCode::kDeposited;
  std::optional<StateCode> from;  // nullopt: the deposit itself
  StateCode to = StateCode::kReady;
  uint32_t attempt = 0;
  OutcomeCode outcome = OutcomeCode::kNone;
  // A Hindrance with kDeferred, a Decision with kAnswered and kAccepted, else 0.
  uint8_t detail = 0;
  std::string actor;  // ops name or worker number; empty: the broker itself
  std::string note;   // a person's words; sealed at rest

  bool operator==(const JournalEntry&) const = default;
};

}  // namespace ecluse
