// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "proto/outcome.h"
#include "tests/support/operator/witness.h"
#include "tests/support/patients/requests.h"

namespace ecluse::story {

// What the practice itself knows of one request: the third book, beside the broker's and the
// witnesses'.
struct Note {
  const patients::Request* request = nullptr;
  RequestId receipt = {};        // 0: none
  Destination destination = {};  // as the receipt says
  bool again = false;            // it was deposited a second time
  bool same_receipt = false;     // and got its first receipt back
  RequestId ahead = {};          // its bill that was deposited before the grant; 0: none
  std::string number;            // the operator's own for it, as the inbox told
  bool asked = false;            // the practice was asked what is to become of it
  bool returned = false;         // given back unsent
  bool withdrawn = false;        // taken back unsent
  absl::Time answered_at = absl::InfinitePast();  // its end, by the inbox
  uint32_t answers = 0;                           // final inbox entries that spoke of it
  uint32_t said = 0;                              // words on the way: bit n is Decision n
  bool said_twice = false;                        // one of them came twice
  Decision decision = Decision::kOther;           // of the last entry
};

// Of one practice.
struct Notebook {
  PracticeId practice;
  std::deque<Note> notes;
};

// Everything that each operator ever accepted.
using Ledgers = std::map<OperatorId, Witness>;

}  // namespace ecluse::story
