// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "broker/core/books.h"
#include "proto/errors.h"

namespace ecluse {

// The order within a case (dossier), and what a bill takes along from its authorisation.
//
// A case is the tree that `follows` makes. A request of it goes when every earlier one is at the
// operator or ended; a bill besides only when the authorisation that it follows is granted as
// asked, and then with its number. Cycles can't be: a request can only follow a number that was
// given before.
class Cases {
 public:
  explicit Cases(Books& books) : books_(books) {}

  // What a deposit that follows another enters: its case, and the state that it begins in. Marks
  // the first of the case. An error when the case is full.
  struct Entry {
    RequestId root;
    State state;
  };
  std::variant<Entry, ErrorCode> Enter(const Turn& turn, const Envelope& envelope);

  // What is to happen to a request of a case now, by those before it; nullopt: nothing. For one
  // that is Ready: Parked where it may not go (any more); for one that waits: Followed, Undecided,
  // Returned.
  std::optional<Cause> Look(const Turn& turn, const store::Request& request);

  // Lets all that waits in the cases that changed go, ask or return. Called once, when everything
  // else of the turn has happened.
  void Follow(const Turn& turn);

 private:
  Books& books_;
};

}  // namespace ecluse
