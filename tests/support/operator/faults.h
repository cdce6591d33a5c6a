// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace ecluse {

// What the simulated operator does wrong with one submission.
enum class Fault : uint8_t {
  kNone,
  kError,       // 500; not accepted
  kBusy,        // 503 with Retry-After; not accepted
  kDropBefore,  // reads it all, hangs up; not accepted
  kDropAfter,   // accepts, hangs up: the answer is lost
  kLate,        // accepts, 202, decides later
  kSlow,        // accepts, answers slowly
  kGarbage,     // accepts, answers nonsense
  kTrickle,     // accepts, answers byte by byte without an end
  kHuge,        // accepts, answers far too much
  kBomb,        // accepts, answers what is made to hurt who reads it
  kPage,        // a page for people, with status 200; not accepted
};

// How many submissions in a hundred get each fault. Together at most 100.
struct Faults {
  uint32_t error = 0;
  uint32_t busy = 0;
  uint32_t drop_before = 0;
  uint32_t drop_after = 0;
  uint32_t late = 0;
  uint32_t slow = 0;
  uint32_t garbage = 0;
  uint32_t trickle = 0;
  uint32_t huge = 0;
  uint32_t bomb = 0;
  uint32_t page = 0;
  absl::Duration late_for = absl::Seconds(3);
  absl::Duration slow_for = absl::Seconds(1);
  absl::Duration busy_for = absl::Seconds(1);  // the Retry-After of kBusy, in whole seconds
  absl::Duration latency;                      // before every answer
};

// "error=5,drop-after=10,late=10,late-ms=3000": the names as above with dashes, percentages, and
// late-ms, slow-ms, busy-ms, latency-ms. Empty: no faults.
absl::StatusOr<Faults> ParseFaults(std::string_view text);

// The same seed, key and visit always give the same fault. `visit` counts the submissions of a
// key, so that a fault need not come back for ever.
Fault Choose(const Faults& faults, uint64_t seed, std::string_view key, uint32_t visit);

// Deterministic on every machine.
uint64_t Scatter(uint64_t seed, std::string_view text, uint64_t salt);

}  // namespace ecluse
