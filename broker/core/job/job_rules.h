// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "broker/core/books.h"
#include "proto/errors.h"
#include "proto/job.h"
#include "proto/wire.h"

// What can be planned, and what a plan's token stands for. Pure.
namespace ecluse {

// May this be planned at all?
Error CheckPlan(const Books& books, const wire::PlanJob& call);

// Destroys, or takes requests out of a quarantine.
bool NeedsSecondPerson(const Job& job);
bool NamesWait(const Job& job, Wait reason);

// The fingerprint of no numbers, and of one more.
uint64_t EmptyFingerprint();
uint64_t AddToFingerprint(uint64_t fingerprint, RequestId id);
// Stands for this job and for exactly what it counted; it tells an accident from an intention and
// is no secret.
std::string TokenOf(const Job& job, StoreEpoch epoch);
// Somebody is to give the token now.
bool WantsToken(const Job& job);

// Nothing more will happen to it; it may be forgotten.
bool IsOver(const Job& job);
// Everything that it may look at was looked at.
bool LookedAtAll(const Job& job);

}  // namespace ecluse
