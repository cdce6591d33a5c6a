// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/logins.h"

#include <fmt/format.h>

#include <algorithm>

namespace ecluse::sim {

void Logins::AccountsHanded(const OperatorId& run_by, const wire::Accounts& call) {
  for (const auto& item : call.items) {
    Known& known = accounts_[{run_by, item.practice}];
    known.newest = std::max(known.newest, item.epoch);
    if (known.newest > known.stopped) known.stopped = 0;
  }
}

void Logins::RefusalHanded(const Account& account, uint64_t epoch) {
  accounts_[account].refused.insert(epoch);
}

void Logins::LiftHanded(HoldId hold, uint64_t order) {
  const auto found = holds_.find(hold);
  if (found == holds_.end()) return;
  Known& known = accounts_[found->second];
  known.stopped = 0;
  known.lifted = order;
}

void Logins::AccountsNoted(const OperatorId& run_by, const wire::Accounts& call) {
  for (const auto& item : call.items) {
    Known& known = accounts_[{run_by, item.practice}];
    known.noted = std::max(known.noted, item.epoch);
  }
}

void Logins::RefusalNoted(const Account& account, uint64_t epoch, uint64_t order) {
  Known& known = accounts_[account];
  if (known.newest > epoch || known.lifted > order) return;
  known.stopped = std::max(known.stopped, epoch);
}

void Logins::RestNoted(const Destination& destination, const PracticeId& practice,
                       absl::Time until) {
  absl::Time& rest = rests_.try_emplace({destination, practice}, until).first->second;
  rest = std::max(rest, until);
}

std::string Logins::Listed(const Hold& hold, uint64_t order) {
  const bool account = hold.scope.run_by && hold.scope.practice && !hold.scope.service;
  if (!account || hold.scope.request) return "it covers more or less than an account";
  const Account of{*hold.scope.run_by, *hold.scope.practice};
  holds_.emplace(hold.id, of);
  const Known& known = accounts_[of];
  if (!known.refused.contains(hold.epoch)) {
    return fmt::format("nobody said that credential {} was refused", hold.epoch);
  }
  if (known.noted > hold.epoch) {
    return fmt::format("credential {} is known, and {} still holds", known.noted, hold.epoch);
  }
  RefusalNoted(of, hold.epoch, order);
  return "";
}

void Logins::BrokerStarts() {
  rests_.clear();
  for (auto& [account, known] : accounts_) known.noted = 0;
}

void Logins::TimeIs(absl::Time house) {
  // The broker keeps times to the microsecond.
  std::erase_if(rests_,
                [&](const auto& rest) { return rest.second <= house + absl::Microseconds(1); });
}

const char* Logins::WhyNot(const Page& page) const {
  const auto known = accounts_.find({page.destination.run_by, page.practice});
  if (known != accounts_.end() && known->second.stopped > 0) {
    return "nothing is sent with a login that was refused";
  }
  if (rests_.contains({page.destination, page.practice})) {
    return "nothing is sent while its account rests";
  }
  return nullptr;
}

}  // namespace ecluse::sim
