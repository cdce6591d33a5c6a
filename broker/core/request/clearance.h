// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "broker/core/books.h"
#include "broker/core/request/cases.h"
#include "broker/core/request/payees.h"

namespace ecluse {

// Why one request that has its turn must not go now, though gate, lane and account would let it.
// Asked when it is granted and again at Begin, the moment of sending: the last word.
//
// INVARIANT: nothing that this names is ever sent. What stops a whole destination, practice or
// account is not here: gate.h, holds.h, account_desk.h.
class Clearance {
 public:
  Clearance(Books& books, Cases& cases, Payees& payees)
      : books_(books), cases_(cases), payees_(payees) {}

  struct Obstacle {
    Cause cause;  // what is to happen to the request instead
    std::string note;
  };
  std::optional<Obstacle> Find(const Turn& turn, const store::Request& request);

 private:
  Books& books_;
  Cases& cases_;
  Payees& payees_;
};

}  // namespace ecluse
