// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "broker/core/policy.h"
#include "proto/gate.h"

// The ramp: how much at once, by feedback as in Postfix's scheduler. Each request that the operator
// takes widens the window by its part, so that a whole cohort widens it by one. The first that
// fails in a cohort narrows it, and at once to its half: a portal that falls must be spared, and
// Postfix's one less would go on pushing it. Pure.
namespace ecluse {

// Starts at half of what held before, between the profile's floor and ceiling.
void StartRamp(Pace& pace, const Policy& policy);
// One was taken. True: the window is wider by a whole request.
bool Widen(Pace& pace, const Policy& policy);
// A cohort failed. What failed first counts for all that were on their way with it.
void Narrow(Pace& pace, const Policy& policy);
// The ceiling held for a whole cohort: learned without a ramp.
void LearnCeiling(Pace& pace, const Policy& policy);

// So many cohorts failed in a row that the ramp is over.
bool IsDead(const Pace& pace, const Policy& policy);
bool IsAtCeiling(const Pace& pace, const Policy& policy);
// In flight at the most: from the floor to the ceiling.
uint32_t WindowOf(const Pace& pace, const Policy& policy);
// Begun a second in thousandths at the most; 0: no bound. It follows the window.
uint32_t RateWithin(uint32_t window, const Policy& policy);

}  // namespace ecluse
