// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/time/time.h>

#include <utility>

#include "proto/names.h"

namespace ecluse {

// New logins are tried one account after the other: after an incident everybody changes passwords
// at once, and operators fell over the logins alone. An account whose newest credential the
// operator never took anything with has at most one request in anybody's hands, and between two
// such tries at one operator is a pause. Pure; kept in memory only.
class Logins {
 public:
  using Account = std::pair<OperatorId, PracticeId>;
  // The request that uses the account's new login for the first time.
  struct Trial {
    RequestId request;
    // A question about it: over then, answered or not. InfiniteFuture: a delivery, over when the
    // request is in nobody's hands any more.
    absl::Time until = absl::InfiniteFuture();
  };

  const Trial* Find(const Account& account) const;
  // May another account try at the operator now? Else NextTry() tells when.
  bool MayTry(const OperatorId& run_by, absl::Time now) const;
  absl::Time NextTry(const OperatorId& run_by) const;

  // A request of the account goes or asks with its new login, and the next account waits `every`.
  void Try(const Account& account, const Trial& trial, absl::Time now, absl::Duration every);
  // Over, whatever came of it.
  void End(const Account& account) { trials_.erase(account); }

 private:
  struct Pause {
    absl::Time from;
    absl::Time to;
  };

  absl::flat_hash_map<Account, Trial> trials_;
  absl::flat_hash_map<OperatorId, Pause> pauses_;
};

}  // namespace ecluse
