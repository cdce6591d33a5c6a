// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "proto/history.h"
#include "tests/support/operator/witness.h"

namespace ecluse::conformance {

// One try: its Begin, and what came next. `end` is nullptr while it is under way.
struct Try {
  const JournalEntry* begun = nullptr;
  const JournalEntry* end = nullptr;
};
// In order; they point into `history`.
std::vector<Try> TriesOf(const std::vector<JournalEntry>& history);

// Where what the adapter reported of one request (the broker's journal) contradicts what the
// operator accepted of it (the witness's ledger), in one sentence. nullopt: nowhere.
//
// - "Surely not sent" of a try in which the operator accepted it.
// - "The operator never had it" by a probe, after the operator had accepted it.
// - "Taken" or "answered" before the operator had accepted it.
std::optional<std::string> FindLie(const std::vector<JournalEntry>& history,
                                   const std::vector<Acceptance>& accepted);

}  // namespace ecluse::conformance
