// SPDX-License-Identifier: Apache-2.0
#include "broker/core/account/account_desk.h"

#include <algorithm>

namespace ecluse {
namespace {

// No ops name can have the slash.
constexpr char kOwner[] = "rule/credentials";

}  // namespace

AccountDesk::AccountDesk(Books& books, AccountBook& book, const store::Recovered& recovered)
    : books_(books), book_(book) {
  for (const Hold& hold : books.holds().All()) {
    if (hold.rule != HoldRule::kCredentials || !hold.scope.run_by || !hold.scope.practice) continue;
    held_[{*hold.scope.run_by, *hold.scope.practice}] = hold.id;
  }
  for (const store::Recovered::InFlight& f : recovered.in_flight) {
    if (!IsUnproven(f.destination, f.practice)) continue;
    logins_.Try({f.destination.run_by, f.practice}, {f.id}, absl::InfinitePast(),
                absl::ZeroDuration());
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
  // What is under way goes with the older one and proves nothing.
  if (book_.Hear(turn, run_by, item.practice, item.epoch, item.set_at)) logins_.End(account);
  uint64_t& newest = epochs_[account];
  newest = std::max(newest, item.epoch);
  const auto held = held_.find(account);
  if (held == held_.end()) return;
  const Hold* hold = books_.holds().Find(held->second);
  if (hold && hold->epoch >= item.epoch) return;
  if (hold) books_.LiftHold(turn, hold->id, {kOwner, ""});
  held_.erase(held);
}

bool AccountDesk::IsUnproven(const Destination& destination, const PracticeId& practice) const {
  if (!books_.PolicyOf(destination).needs_login) return false;
  const store::Account* account = book_.Find(destination.run_by, practice);
  return account && !account->proven;
}

const Logins::Trial* AccountDesk::InUse(const Account& account, absl::Time now) const {
  const Logins::Trial* trial = logins_.Find(account);
  if (!trial || trial->until <= now) return nullptr;
  if (trial->until != absl::InfiniteFuture()) return trial;
  const store::Request* request = books_.Find(trial->request);
  const bool in_hands = request && (std::holds_alternative<state::Leased>(request->state) ||
                                    std::holds_alternative<state::Sending>(request->state));
  return in_hands ? trial : nullptr;
}

bool AccountDesk::AwaitsPassword(const Destination& destination, const PracticeId& practice) const {
  if (!books_.PolicyOf(destination).needs_login) return false;
  const absl::Time incident = books_.holds().IncidentOf(destination.run_by);
  return incident != absl::InfinitePast() && !book_.IsNewer(destination.run_by, practice, incident);
}

wire::WhyWaiting AccountDesk::Why(const Destination& destination, const PracticeId& practice,
                                  absl::Time now) const {
  const OperatorId& run_by = destination.run_by;
  if (books_.holds().AwaitsLogin(run_by, practice)) return wire::WhyWaiting::kAccount;
  if (AwaitsPassword(destination, practice)) return wire::WhyWaiting::kPassword;
  if (books_.rests().Stop(destination, practice, now)) return wire::WhyWaiting::kResting;
  if (!IsUnproven(destination, practice)) return wire::WhyWaiting::kNothing;
  const bool may = logins_.MayTry(run_by, now) && !InUse({run_by, practice}, now);
  return may ? wire::WhyWaiting::kNothing : wire::WhyWaiting::kLogins;
}

bool AccountDesk::MayUse(const store::Request& request, absl::Time now) const {
  const Envelope& envelope = request.envelope;
  const wire::WhyWaiting why = Why(envelope.destination, envelope.practice, now);
  if (why != wire::WhyWaiting::kLogins) return why == wire::WhyWaiting::kNothing;
  const Logins::Trial* trial = InUse({envelope.destination.run_by, envelope.practice}, now);
  return trial && trial->request == envelope.id;
}

void AccountDesk::Uses(const store::Request& request, absl::Time until, const Turn& turn) {
  const Envelope& envelope = request.envelope;
  if (!IsUnproven(envelope.destination, envelope.practice)) return;
  const Account account{envelope.destination.run_by, envelope.practice};
  const Logins::Trial* trial = InUse(account, turn.now);
  if (trial && trial->request == envelope.id) return;
  logins_.Try(account, {envelope.id, until}, turn.now,
              books_.PolicyOf(envelope.destination).login_every);
}

void AccountDesk::Proves(const store::Request& request, const Turn& turn) {
  const Envelope& envelope = request.envelope;
  const Account account{envelope.destination.run_by, envelope.practice};
  // Others may have gone with an older credential.
  const Logins::Trial* trial = logins_.Find(account);
  if (!trial || trial->request != envelope.id) return;
  logins_.End(account);
  book_.Proven(turn, account.first, account.second);
}

void AccountDesk::Ends(const store::Request& request) {
  const Account account{request.envelope.destination.run_by, request.envelope.practice};
  const Logins::Trial* trial = logins_.Find(account);
  if (trial && trial->request == request.envelope.id) logins_.End(account);
}

absl::Time AccountDesk::NextEnd(const Destination& destination, absl::Time now) const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [practice, until] : books_.rests().Of(destination)) {
    const bool waits = books_.QueueOf(destination).CountOf(practice) > 0;
    if (until > now && waits) next = std::min(next, until);
  }
  const absl::Time login = logins_.NextTry(destination.run_by);
  return login > now ? std::min(next, login) : next;
}

}  // namespace ecluse
