// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_set.h>

#include <optional>
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
//
// INVARIANT: nothing overtakes within a case, whoever acts on its members, because Look() is asked
// at the moment of sending.
class Cases {
 public:
  explicit Cases(Books& books) : books_(books) {}

  // What a deposit that follows another enters: its case, and the state that it begins in. Marks
  // the first of the case. An error when the case is full.
  // REQUIRES: what it follows exists.
  struct Entry {
    RequestId root;
    State state;
  };
  std::variant<Entry, ErrorCode> Enter(const Turn& turn, const Envelope& envelope);

  // What is to happen to a request of a case now, by those before it; nullopt: nothing. For one
  // that is Ready, Leased or Deferred: Parked where it may not go (any more); for one that waits
  // for its case or for its practice's decision: Followed, Undecided, Returned, or Fenced where it
  // is to be returned and nobody knows whether it was sent.
  std::optional<Cause> Look(const Turn& turn, const store::Request& request);

  // The first one before it that is neither at the operator nor ended; 0: none.
  RequestId Behind(const store::Request& request);

  // The case is looked at when the turn ends, though nothing in it changed.
  void LookLater(RequestId root) { to_look_.insert(root); }
  // Lets all that waits in the cases that changed go, ask or return. Called once, when everything
  // else of the turn has happened.
  void Follow(const Turn& turn);

  // The authorisation or quotation that a bill takes its number from: the nearest one that it
  // follows. nullptr: none, or no bill.
  const store::Request* AuthorisationOf(const Envelope& envelope);

 private:
  // What an authorisation means for the bills that follow it.
  enum class Verdict { kPending, kGranted, kAsk, kReturn };
  static Verdict VerdictOf(const store::Request& authorisation);
  Verdict VerdictFor(const store::Request& request, const store::Request* authorisation) const;
  // When a bill may follow its authorisation; nullopt: nobody knows when that was granted.
  std::optional<absl::Time> NotBefore(const store::Request& bill,
                                      const store::Request& authorisation) const;
  // `blocked`: one before it is not through.
  std::optional<Cause> LookAt(const Turn& turn, const store::Request& request, bool blocked);
  std::optional<Cause> LookWaiting(const Turn& turn, const store::Request& request, bool blocked);
  std::optional<Cause> LookUnsent(const Turn& turn, const store::Request& request, bool blocked);
  void FollowOne(const Turn& turn, RequestId id);

  Books& books_;
  absl::btree_set<RequestId> to_look_;
};

}  // namespace ecluse
