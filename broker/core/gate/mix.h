// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "broker/core/policy.h"
#include "proto/gate.h"
#include "proto/outcome.h"

// The breaker on the mix of business answers. A portal that says "refused" to everything is worse
// than one that is down: each of its answers ends a request. Pure.
namespace ecluse {

// What an outcome says about how the operator's service is.
enum class Word : uint8_t {
  kNothing = 1,  // no answer, or one that decides nothing
  kGood = 2,
  kBad = 3,        // refused, not acknowledged, rejected, granted but not to be relied on
  kTechnical = 4,  // bad too, and nothing was recorded
};
// What the operator says of payments speaks of bills of weeks ago: it is kNothing.
Word WordOf(const Outcome& outcome);

// So many answers after an opening are looked at; later ones are what is usual.
uint32_t WatchedAnswers(const Policy& policy);
// The gate begins to open: what was seen until now and raised no alarm is usual.
void StartWatch(Mix& mix, const Policy& policy);
void Watch(Mix& mix, Word word);
// Forgets the older half, so that the newest answers count.
void Fade(Mix& mix);
// Takes `seen` answers, `bad` of them bad, into the usual share.
void Learn(Mix& mix, uint32_t seen, uint32_t bad);
// The share of bad ones exceeds the usual one by more than the profile allows.
bool IsTooBad(const Mix& mix, const Policy& policy);

}  // namespace ecluse
