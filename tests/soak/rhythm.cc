// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/rhythm.h"

#include <algorithm>

namespace ecluse::soak {
namespace {

// Of an hour of the day.
constexpr double kHours[24] = {.02, .01, .01, .01, .01, .02, .1, .4, 1.2, 2,  2.6, 2.4,
                               1.4, 1.3, 2,   2.4, 2.6, 2.5, 2,  1,  .4,  .2, .1,  .05};
// Monday to Sunday.
constexpr double kDays[7] = {1, 1.05, 1, 1, 1.05, .6, .03};
constexpr absl::Duration kFreshFor = absl::Hours(3);

}  // namespace

Rhythm::Rhythm(uint64_t requests, uint32_t days)
    : requests_(requests),
      first_after_(requests - requests / 100),
      begins_(absl::FromCivil(absl::CivilDay(2026, 2, 2), absl::UTCTimeZone())),
      reopens_(begins_ + absl::Hours(24 * days + 8)) {
  double sum = 0;
  for (uint32_t hour = 0; hour < 24 * days; ++hour) {
    until_.push_back(sum += kHours[hour % 24] * kDays[hour / 24 % 7]);
  }
  for (double& until : until_) until *= static_cast<double>(first_after_) / sum;
}

absl::Time Rhythm::At(uint64_t request) const {
  if (request >= first_after_) {
    const auto behind = static_cast<double>(request - first_after_);
    return reopens_ + kFreshFor * (behind / static_cast<double>(requests_ - first_after_));
  }
  const auto place = static_cast<double>(request);
  auto hour = std::upper_bound(until_.begin(), until_.end(), place);
  if (hour == until_.end()) --hour;
  const double from = hour == until_.begin() ? 0 : *(hour - 1);
  const double part = std::min(1.0, (place - from) / std::max(1e-9, *hour - from));
  return begins_ + absl::Hours(hour - until_.begin()) + absl::Hours(1) * part;
}

}  // namespace ecluse::soak
