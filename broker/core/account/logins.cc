// SPDX-License-Identifier: Apache-2.0
#include "broker/core/account/logins.h"

namespace ecluse {

const Logins::Trial* Logins::Find(const Account& account) const {
  const auto found = trials_.find(account);
  return found == trials_.end() ? nullptr : &found->second;
}

bool Logins::MayTry(const OperatorId& run_by, absl::Time now) const {
  const auto found = pauses_.find(run_by);
  // A clock that was set back must not make the pause longer.
  return found == pauses_.end() || now >= found->second.to || now < found->second.from;
}

absl::Time Logins::NextTry(const OperatorId& run_by) const {
  const auto found = pauses_.find(run_by);
  return found == pauses_.end() ? absl::InfinitePast() : found->second.to;
}

void Logins::Try(const Account& account, const Trial& trial, absl::Time now, absl::Duration every) {
  trials_[account] = trial;
  pauses_[account.first] = {now, now + every};
}

}  // namespace ecluse
