// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

namespace ecluse::story {

// The day in Paris; UTC on a machine without time zone data.
inline absl::CivilDay ParisDay(absl::Time now) {
  absl::TimeZone paris;
  if (!absl::LoadTimeZone("Europe/Paris", &paris)) paris = absl::UTCTimeZone();
  return absl::ToCivilDay(now, paris);
}

}  // namespace ecluse::story
