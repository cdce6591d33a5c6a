// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "proto/wire.h"
#include "tests/support/story/notes.h"
#include "tests/support/story/shares.h"

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
  uint64_t given_back = 0;     // to the practice, unsent: by the broker, or taken back by itself
  uint64_t in_doubt = 0;
  uint64_t unfinished = 0;  // neither at its end nor in doubt
  uint64_t lost = 0;        // promised by a receipt, and not kept
  uint64_t duplicated = 0;  // acceptances by the operator beyond the first

  void Add(const Line& other);
};

// Three books of the same day: the practices' notes, the broker's rows, the operators' ledgers.
struct Verdict {
  std::vector<Line> operators;
  Line total;
  std::vector<Share> shares;
  uint64_t reclosed = 0;                   // gates that the broker closed again on the way up
  std::vector<std::string> disagreements;  // in words; of requests only the numbers

  uint64_t Starved() const {
    return static_cast<uint64_t>(std::ranges::count_if(shares, &Share::Starved));
  }
  bool Good() const {
    return disagreements.empty() && Starved() == 0 && total.lost == 0 && total.duplicated == 0 &&
           total.unfinished == 0;
  }
};

Verdict Compare(const std::vector<Notebook>& notebooks, const std::vector<wire::ListRow>& rows,
                const Ledgers& ledgers);

}  // namespace ecluse::story
