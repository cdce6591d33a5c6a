// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>

#include <utility>

#include "broker/core/account_book.h"
#include "broker/core/books.h"
#include "proto/wire.h"

namespace ecluse {

// What adapters tell about practices' accounts at the operators. Accounts lock after a few wrong
// logins, and some reopen later than the operator does; neither may cost other practices anything.
//
// INVARIANT: after a refused login nothing more of that account is handed out, until its
// credential is newer than the refused one or a person lifts the hold.
class AccountDesk {
 public:
  // Takes over the holds that earlier lives placed.
  AccountDesk(Books& books, AccountBook& book);

  // What hindered a try or a probe; nothing happens unless it is the account's affair.
  void Note(const Destination& destination, const PracticeId& practice,
            const outcome::Deferred& deferred, const Turn& turn);
  // The adapter has a credential of this epoch: lifts the hold that an older one left.
  void Hear(const OperatorId& run_by, const wire::Accounts::Item& item, const Turn& turn);

  // When the first of a destination's resting accounts may go again.
  absl::Time NextEnd(const Destination& destination, absl::Time now) const;

 private:
  using Account = std::pair<OperatorId, PracticeId>;

  void Refused(const Account& account, uint64_t epoch, const Turn& turn);

  Books& books_;
  AccountBook& book_;
  absl::flat_hash_map<Account, HoldId> held_;      // may be lifted by now: ask Books
  absl::flat_hash_map<Account, uint64_t> epochs_;  // newest credential that adapters told of
};

}  // namespace ecluse
