// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <optional>

#include "broker/core/policy.h"

namespace ecluse {

// No Saturday, no Sunday, no public holiday of metropolitan France (article L3133-1 of the labour
// code; Easter by the Gregorian computus). Alsace-Moselle and the overseas departments have more.
bool IsWorkingDay(absl::CivilDay day);

// The end of the last day on which a request should be at the operator, by the policy's delays,
// counted from `day` (the bill's), else from the deposit. InfiniteFuture: no date.
absl::Time DueOf(const Policy& policy, std::optional<absl::CivilDay> day, absl::Time deposited_at,
                 absl::TimeZone zone);

}  // namespace ecluse
