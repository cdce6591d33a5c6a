// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>
#include <span>

#include "proto/content/content.h"
#include "proto/profile/profile.h"

namespace ecluse::profile {

// What each meaning does to the request that it is said of: the one table, for all drivers.
struct StatusRow {
  Meaning meaning;
  Decision decision;  // as the practice hears it
  enum class Then : uint8_t { kSettle, kKeepAsking, kNotSent, kPark } then;
};
extern const std::span<const StatusRow> kStatuses;

// The outcome of an operator's answer: `answer.status` is looked up in `words`, the decision is put
// into the answer, and the answer into the outcome. nullopt: the word is not known, so nothing can
// be told. A grant that comes with a reason whose word means "no rights" is one not to be relied
// on. `ask_after`: as the operator asked; zero: the profile's schedule.
//
// A grant of another amount than was asked is not seen here: the carrier compares them, where it
// has the request.
std::optional<Outcome> OutcomeOf(const StatusMap& words, content::Answer answer,
                                 absl::Duration ask_after);

}  // namespace ecluse::profile
