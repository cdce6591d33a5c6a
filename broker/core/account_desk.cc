// SPDX-License-Identifier: Apache-2.0
#include "broker/core/account_desk.h"

#include <algorithm>

namespace ecluse {
namespace {

// No ops name can have the slash.
constexpr char kOwner[] = "rule/credentials";

}  // namespace

AccountDesk::AccountDesk(Books& books, AccountBook& book) : books_(books), book_(book) {
  for (const Hold& hold : books.holds().All()) {
    if (hold.rule != HoldRule::kCredentials || !hold.scope.run_by || !hold.scope.practice) continue;
    held_[{*hold.scope.run_by, *hold.scope.practice}] = hold.id;
  }
}

void AccountDesk::Note(const Destination& destination, const PracticeId& practice,
                       const outcome::Deferred& deferred, const Turn& turn) {
  if (deferred.hindrance == Hindrance::kCredentials) {
    Refused({destination.run_by, practice}, deferred.epoch, turn);
  } else if (deferred.hindrance == Hindrance::kAccount) {
    const Policy& policy = books_.PolicyOf(destination);
    const bool told = deferred.retry_after > absl::ZeroDuration();
    books_.rests().Set(destination, practice,
                       turn.now + (told ? deferred.retry_after : policy.retry_most));
  }
}

void AccountDesk::Refused(const Account& account, uint64_t epoch, const Turn& turn) {
  // A newer secret was set while this one was being tried.
  const auto newest = epochs_.find(account);
  if (newest != epochs_.end() && newest->second > epoch) return;
  const auto held = held_.find(account);
  if (held != held_.end()) {
    const Hold* hold = books_.holds().Find(held->second);
    if (hold && hold->epoch >= epoch) return;
    if (hold) books_.LiftHold(turn, hold->id, {kOwner, ""});
  }
  Hold hold;
  hold.scope.run_by = account.first;
  hold.scope.practice = account.second;
  hold.owner = kOwner;
  hold.reason = "no login that the operator accepts: the account needs a person";
  hold.since = turn.now;
  hold.rule = HoldRule::kCredentials;
  hold.epoch = epoch;
  books_.PlaceHold(turn, hold);
  held_[account] = books_.last_hold();
}

void AccountDesk::Hear(const OperatorId& run_by, const wire::Accounts::Item& item,
                       const Turn& turn) {
  const Account account{run_by, item.practice};
  book_.Hear(turn, run_by, item.practice, item.epoch, item.set_at);
  uint64_t& newest = epochs_[account];
  newest = std::max(newest, item.epoch);
  const auto held = held_.find(account);
  if (held == held_.end()) return;
  const Hold* hold = books_.holds().Find(held->second);
  if (hold && hold->epoch >= item.epoch) return;
  if (hold) books_.LiftHold(turn, hold->id, {kOwner, ""});
  held_.erase(held);
}

absl::Time AccountDesk::NextEnd(const Destination& destination, absl::Time now) const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [practice, until] : books_.rests().Of(destination)) {
    const bool waits = books_.QueueOf(destination).CountOf(practice) > 0;
    if (until > now && waits) next = std::min(next, until);
  }
  return next;
}

}  // namespace ecluse
