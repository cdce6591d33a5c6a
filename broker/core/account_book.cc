// SPDX-License-Identifier: Apache-2.0
#include "broker/core/account_book.h"

namespace ecluse {

AccountBook::AccountBook(const std::vector<store::Account>& known) {
  for (const store::Account& account : known) {
    accounts_[{account.run_by, account.practice}] = account;
  }
}

void AccountBook::Hear(const Turn& turn, const OperatorId& run_by, const PracticeId& practice,
                       uint64_t epoch, absl::Time set_at) {
  store::Account& account = accounts_[{run_by, practice}];
  if (account.epoch >= epoch) return;
  account = {run_by, practice, epoch, set_at, false};
  turn.step.batch.accounts.push_back(account);
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
