// SPDX-License-Identifier: Apache-2.0
#include "broker/core/account/account_book.h"

#include <algorithm>

namespace ecluse {

AccountBook::AccountBook(const std::vector<store::Account>& known) {
  for (const store::Account& account : known) {
    accounts_[{account.run_by, account.practice}] = account;
  }
}

bool AccountBook::Hear(const Turn& turn, const OperatorId& run_by, const PracticeId& practice,
                       uint64_t epoch, absl::Time set_at) {
  const auto [at, is_new] = accounts_.try_emplace({run_by, practice});
  store::Account& account = at->second;
  const bool newer = is_new || account.epoch < epoch;
  // An adapter may learn to tell the time later than it told the credential.
  const bool dated = account.epoch == epoch && account.set_at == absl::InfinitePast() &&
                     set_at != absl::InfinitePast();
  if (!newer && !dated) return false;
  // A clock that goes ahead must not make a credential newer than the next incident.
  set_at = std::min(set_at, turn.now);
  account = {run_by, practice, epoch, set_at, !newer && account.proven};
  turn.step.batch.accounts.push_back(account);
  return newer;
}

void AccountBook::Proven(const Turn& turn, const OperatorId& run_by, const PracticeId& practice) {
  const auto found = accounts_.find({run_by, practice});
  if (found == accounts_.end() || found->second.proven) return;
  found->second.proven = true;
  turn.step.batch.accounts.push_back(found->second);
}

const store::Account* AccountBook::Find(const OperatorId& run_by,
                                        const PracticeId& practice) const {
  const auto found = accounts_.find({run_by, practice});
  return found == accounts_.end() ? nullptr : &found->second;
}

bool AccountBook::IsNewer(const OperatorId& run_by, const PracticeId& practice,
                          absl::Time than) const {
  const store::Account* account = Find(run_by, practice);
  return account != nullptr && account->set_at > than;
}

}  // namespace ecluse
