// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/pace.h"

#include <algorithm>

namespace ecluse {
namespace {

constexpr uint32_t kOne = 1000;

uint32_t CeilingOf(const Policy& policy) { return std::max(1u, policy.in_flight) * kOne; }

uint32_t FloorOf(const Policy& policy) {
  return std::min(std::max(1u, policy.in_flight_least) * kOne, CeilingOf(policy));
}

uint32_t Whole(uint32_t window) { return window / kOne * kOne; }

}  // namespace

void StartRamp(Pace& pace, const Policy& policy) {
  pace.window = std::clamp(Whole(pace.learned / 2), FloorOf(policy), CeilingOf(policy));
  pace.failed_cohorts = 0;
}

bool Widen(Pace& pace, const Policy& policy) {
  pace.failed_cohorts = 0;
  const uint32_t before = std::clamp(pace.window, FloorOf(policy), CeilingOf(policy));
  const uint32_t whole = before / kOne;
  // Rounded up, so that as many as were at once are enough for one more.
  pace.window = before + (kOne + whole - 1) / whole;
  if (pace.window / kOne == whole) return false;
  pace.window = std::min(Whole(pace.window), CeilingOf(policy));
  pace.learned = std::max(pace.learned, whole * kOne);
  if (pace.window == CeilingOf(policy)) LearnCeiling(pace, policy);
  return true;
}

void Narrow(Pace& pace, const Policy& policy) {
  const uint32_t failed = std::max(Whole(pace.window), FloorOf(policy));
  // The first of a row tells where it fell; those after it tell only that it is down.
  if (pace.failed_cohorts == 0) pace.learned = std::min(pace.learned, failed);
  ++pace.failed_cohorts;
  pace.window = std::max(Whole(failed / 2), FloorOf(policy));
}

void LearnCeiling(Pace& pace, const Policy& policy) { pace.learned = CeilingOf(policy); }

bool IsDead(const Pace& pace, const Policy& policy) {
  return pace.failed_cohorts >= std::max(1u, policy.dead_cohorts);
}

bool IsAtCeiling(const Pace& pace, const Policy& policy) {
  return pace.window >= CeilingOf(policy);
}

uint32_t WindowOf(const Pace& pace, const Policy& policy) {
  return std::clamp(pace.window, FloorOf(policy), CeilingOf(policy)) / kOne;
}

uint32_t RateWithin(uint32_t window, const Policy& policy) {
  if (policy.rate_most == 0) return 0;
  const uint64_t ceiling = std::max(1u, policy.in_flight);
  const uint64_t part = uint64_t{policy.rate_most} * std::min<uint64_t>(window, ceiling) / ceiling;
  const uint64_t least = std::min(std::max(1u, policy.rate_least), policy.rate_most);
  return static_cast<uint32_t>(std::max(part, least));
}

}  // namespace ecluse
