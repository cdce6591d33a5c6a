// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/store/samples.h"

namespace ecluse::store::sample {

// Invents one plausible batch after the other, with all counts right: deposits of every rank and
// case, transitions through every kind of state, moves, destructions, answers, acknowledgements. A
// copy goes on from the same point.
class Chronicle {
 public:
  Batch Next(const Reads& store, std::mt19937_64& random);

 private:
  void AddDeposit(const Reads& store, std::mt19937_64& random, Batch& batch);
  void AddChange(std::mt19937_64& random, Batch& batch);
  void AddAnswer(NewRequest& request, Batch& batch);
  void AddMove(NewRequest& request, Batch& batch);
  void Count(const NewRequest& request, int by, Batch& batch);
  InboxMark& MarkOf(const PracticeId& practice);

  std::vector<NewRequest> requests_;  // with their present states
  std::map<std::tuple<Destination, StateCode, int64_t>, uint64_t> tallies_;
  std::map<std::tuple<Destination, PracticeId, Share>, uint64_t> lanes_;
  std::map<PracticeId, InboxMark> marks_;
};

}  // namespace ecluse::store::sample
