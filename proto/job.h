// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>

#include "proto/filter.h"
#include "proto/names.h"

namespace ecluse {

enum class JobKind : uint8_t {
  kRelease = 1,  // back to the queue: what waits for strikes, damage, route, technical refusal,
                 // payee, and, with a second person, what waits in quarantine
  kConfirm = 2,  // ops say for the practices that they still want it
  kExport = 3,   // reserve, hand over by files, then Elsewhere
  kDestroy = 4,  // with a second person
  kReroute = 5,  // to another destination
  kDryRun = 6,   // adapters render and check, nothing is sent and no state changes
};

// The life of a job: Counting → Planned → (Asked →) Running ⇄ Paused → Done; Stopped from any.
enum class JobState : uint8_t {
  kCounting = 1,  // finding what it would touch, a page in each turn
  kPlanned = 2,   // counted; starts with its token
  kAsked = 3,     // started by one person; a second one must approve
  kRunning = 4,
  kPaused = 5,
  kStopped = 6,  // what was done stays done
  kDone = 7,
};

// Bulk work: an object that can be looked at, paused and stopped, and that goes on after a restart
// where it was, because its progress is in the same batch as what it did.
struct Job {
  JobId id;
  JobKind kind = JobKind::kRelease;
  JobState state = JobState::kCounting;
  Filter filter;
  std::optional<Destination> to = {};  // kReroute
  std::string by;                      // ops name
  std::string second = {};             // ops name that approved; another one
  std::string reason;                  // for people; sealed at rest
  absl::Time since;
  RequestId last = {};       // newer requests are not its affair
  RequestId at = {};         // looked at up to here
  uint64_t planned = 0;      // counted
  uint64_t fingerprint = 0;  // of the numbers counted; part of the token
  uint64_t done = 0;
  uint64_t failed = 0;  // fit the filter, but could not be touched any more; kDryRun: would fail
  bool operator==(const Job&) const = default;
};

}  // namespace ecluse
