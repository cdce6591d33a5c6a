// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>

#include <utility>
#include <vector>

#include "broker/core/account/account_book.h"
#include "broker/core/account/logins.h"
#include "broker/core/books.h"
#include "proto/wire.h"

namespace ecluse {

// What adapters tell about practices' accounts at the operators. Accounts lock after a few wrong
// logins, some reopen later than the operator does, and after an incident each waits for its new
// password; none of it may cost other practices anything.
//
// INVARIANT: after a refused login nothing more of that account is handed out, until its
// credential is newer than the refused one or a person lifts the hold.
// INVARIANT: while an incident stands, no account uses a credential that was set before it.
class AccountDesk {
 public:
  // Takes over the holds that earlier lives placed, and what they left in workers' hands.
  AccountDesk(Books& books, AccountBook& book, const store::Recovered& recovered);

  // What hindered a try or a probe; nothing happens unless it is the account's affair.
  void Note(const Destination& destination, const PracticeId& practice,
            const outcome::Deferred& deferred, const Turn& turn);
  // The adapter has a credential of this epoch: lifts the hold that an older one left.
  void Hear(const OperatorId& run_by, const wire::Accounts::Item& item, const Turn& turn);

  // Why nothing of the account goes there now: kAccount, kPassword, kResting or kLogins; kNothing:
  // it may. Holds of people on the account are not its affair.
  wire::WhyWaiting Why(const Destination& destination, const PracticeId& practice,
                       absl::Time now) const;
  // The credential of the account is older than the newest incident at the operator.
  bool AwaitsPassword(const Destination& destination, const PracticeId& practice) const;
  // May this very request use the account's login now, to go or to ask?
  bool MayUse(const store::Request& request, absl::Time now) const;
  // It does. `until`: see Logins::Trial.
  void Uses(const store::Request& request, absl::Time until, const Turn& turn);
  // The operator answered it, so that its login is good.
  void Proves(const store::Request& request, const Turn& turn);
  // It is in nobody's hands any more.
  void Ends(const store::Request& request);

  // When the first of a destination's resting accounts may go again, or the next login be tried.
  absl::Time NextEnd(const Destination& destination, absl::Time now) const;

 private:
  using Account = Logins::Account;

  void Refused(const Account& account, uint64_t epoch, const Turn& turn);
  bool IsUnproven(const Destination& destination, const PracticeId& practice) const;
  // The request that has the account's new login in use now, if any.
  const Logins::Trial* InUse(const Account& account, absl::Time now) const;

  Books& books_;
  AccountBook& book_;
  Logins logins_;
  absl::flat_hash_map<Account, HoldId> held_;      // may be lifted by now: ask Books
  absl::flat_hash_map<Account, uint64_t> epochs_;  // newest credential that adapters told of
};

}  // namespace ecluse
