// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "tests/support/story/notes.h"

namespace ecluse::story {

// How one practice fared beside the others.
struct Share {
  PracticeId practice;
  uint64_t deposited = 0;
  // Of what the operators' services took in the first half of their deliveries: how many were its,
  // and how many are its by an equal turn for everybody: an equal part, or all that it has.
  uint64_t early = 0;
  double fair = 0;
  absl::Time last = absl::InfinitePast();  // its last answer

  // Half of an equal turn is the least: cases wait for each other, accounts for a login.
  bool Starved() const { return static_cast<double>(early) < fair / 2; }
};

// In the order of the notebooks. `not_let_in`: who had to wait where for a reason of its own; that
// is left out of `early` and `fair`.
std::vector<Share> SharesOf(const std::vector<Notebook>& notebooks, const Ledgers& ledgers,
                            const std::set<std::pair<OperatorId, PracticeId>>& not_let_in = {});

}  // namespace ecluse::story
