// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "proto/wire.h"
#include "tests/support/operator/witness.h"
#include "tests/support/story/practice.h"

namespace ecluse::story {

// How it went at one operator, or at all.
struct Line {
  std::string who;
  uint64_t deposited = 0;
  uint64_t receipts = 0;
  uint64_t again = 0;          // deposited a second time
  uint64_t same_receipt = 0;   // of these: got the first receipt back
  uint64_t accepted_once = 0;  // by the operator
  uint64_t answered = 0;       // an answer came into the inbox
  uint64_t settled = 0;        // the broker's book says so: the operator answered for good
  uint64_t rejected = 0;       // never taken by the operator as it was, and told so
  uint64_t in_doubt = 0;
  uint64_t unfinished = 0;  // neither at its end nor in doubt
  uint64_t lost = 0;        // promised by a receipt, and not kept
  uint64_t duplicated = 0;  // acceptances by the operator beyond the first

  void Add(const Line& other);
};

// Everything that each operator ever accepted.
using Ledgers = std::map<OperatorId, Witness>;

// Three books of the same day: the practices' notes, the broker's rows, the operators' ledgers.
struct Verdict {
  std::vector<Line> operators;
  Line total;
  std::vector<std::string> disagreements;  // in words; of requests only the numbers

  bool Good() const {
    return disagreements.empty() && total.lost == 0 && total.duplicated == 0 &&
           total.unfinished == 0;
  }
};

Verdict Compare(const std::vector<const Practice*>& practices,
                const std::vector<wire::ListRow>& rows, const Ledgers& ledgers);

// The same over plain notes, for tests of the comparison itself.
struct Notebook {
  PracticeId practice;
  std::deque<Note> notes;
};
Verdict Compare(const std::vector<Notebook>& notebooks, const std::vector<wire::ListRow>& rows,
                const Ledgers& ledgers);

}  // namespace ecluse::story
