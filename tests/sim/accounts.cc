// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/sim/world.h"

namespace ecluse::sim {

using absl::Minutes;
using absl::Seconds;

Accounts::Accounts(World& world) : world_(world) {
  for (const auto& [destination, policy] : world.story.policies) {
    for (const auto& practice : world.story.practices) {
      accounts_[{destination.run_by, practice.id}] = {};
    }
  }
}

void Accounts::Start() {
  for (const auto& [key, account] : accounts_) RotateLater(key);
  if (world_.story.logins_last == absl::InfiniteDuration()) return;
  for (const auto& [key, account] : accounts_) FailLater(key);
}

uint64_t Accounts::EpochOf(const OperatorId& run_by, const PracticeId& practice) const {
  return accounts_.at({run_by, practice}).epoch;
}

bool Accounts::Refuses(const OperatorId& run_by, const PracticeId& practice, uint64_t epoch) const {
  return epoch <= accounts_.at({run_by, practice}).refused;
}

wire::Accounts Accounts::All(const OperatorId& run_by) const {
  wire::Accounts all;
  for (const auto& [key, account] : accounts_) {
    if (key.first == run_by) all.items.push_back({key.second, account.epoch, account.set_at});
  }
  return all;
}

void Accounts::FailLater(const Key& key) {
  const absl::Duration lasts = world_.random.Between(Seconds(1), 2 * world_.story.logins_last);
  world_.clock.After(lasts, [this, key] {
    if (world_.quiet) return;
    Account& account = accounts_.at(key);
    account.refused = account.epoch;
    world_.trace.Tell({}, [&] {
      return fmt::format("{} refuses credential {} of {}", key.first.text, account.epoch,
                         key.second.text);
    });
    world_.clock.After(world_.random.Between(Seconds(20), Minutes(8)), [this, key] { Renew(key); });
    FailLater(key);
  });
}

void Accounts::Renew(const Key& key) {
  Account& account = accounts_.at(key);
  if (account.epoch <= account.refused) Rotate(key);
}

// After an incident practices change their passwords, some soon, some late.
void Accounts::RotateLater(const Key& key) {
  if (world_.story.incidents == 0) return;
  world_.clock.After(world_.random.Between(Seconds(30), Minutes(15)), [this, key] {
    Rotate(key);
    RotateLater(key);
  });
}

void Accounts::Rotate(const Key& key) {
  Account& account = accounts_.at(key);
  const uint64_t old = account.epoch++;
  account.set_at = world_.clock.house();
  world_.trace.Tell({}, [&] {
    return fmt::format("{} gets credential {} at {}", key.second.text, account.epoch,
                       key.first.text);
  });
  TellLater(key, account.epoch, world_.random.Between(absl::ZeroDuration(), Seconds(40)));
  // An adapter that was asleep tells what it had.
  if (world_.Roll(0.4)) TellLater(key, old, world_.random.Between(Seconds(1), Minutes(4)));
}

void Accounts::TellLater(const Key& key, uint64_t epoch, absl::Duration wait) {
  world_.clock.After(wait, [this, key, epoch] {
    Account& account = accounts_.at(key);
    const bool is_old = epoch < account.epoch;
    if (account.told >= epoch && !is_old && !world_.Roll(0.3)) return;
    if (Worker* worker = world_.AnyWorker(key.first)) {
      const absl::Time set_at = is_old ? absl::InfinitePast() : account.set_at;
      worker->Tell({{{key.second, epoch, set_at}}},
                   [&account, epoch] { account.told = std::max(account.told, epoch); });
    }
    if (!is_old) TellLater(key, epoch, world_.random.Between(Seconds(20), Minutes(2)));
  });
}

void Accounts::PutRight() {
  for (const auto& [key, account] : accounts_) Renew(key);
}

}  // namespace ecluse::sim
