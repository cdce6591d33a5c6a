// SPDX-License-Identifier: Apache-2.0
#include "broker/core/account/rests.h"

#include <algorithm>

namespace ecluse {

void Rests::Set(const Destination& destination, const PracticeId& practice, absl::Time until) {
  absl::Time& known = until_[destination].try_emplace(practice, until).first->second;
  known = std::max(known, until);
}

bool Rests::Stop(const Destination& destination, const PracticeId& practice, absl::Time now) const {
  const Accounts& accounts = Of(destination);
  const auto rest = accounts.find(practice);
  return rest != accounts.end() && rest->second > now;
}

void Rests::Tick(absl::Time now) {
  for (auto& [destination, accounts] : until_) {
    absl::erase_if(accounts, [&](const auto& rest) { return rest.second <= now; });
  }
}

const Rests::Accounts& Rests::Of(const Destination& destination) const {
  static const Accounts kNone;
  const auto found = until_.find(destination);
  return found == until_.end() ? kNone : found->second;
}

}  // namespace ecluse
