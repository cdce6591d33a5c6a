// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/accounts.h"

#include <algorithm>
#include <utility>

namespace ecluse {
namespace {

// The lane of an account waits so long while its secret is being proven, and is looked at again
// soon once it is.
constexpr absl::Duration kWhileProving = absl::Seconds(5);
constexpr absl::Duration kWhileBusy = absl::Seconds(1);
constexpr absl::Duration kVaultAgain = absl::Minutes(1);
constexpr absl::Duration kFirstRest = absl::Minutes(10);

using Unusable = Accounts::Unusable;

}  // namespace

Accounts::Accounts(AccountsOptions options) : options_(std::move(options)) {}

absl::Status Accounts::Check() {
  const std::lock_guard lock(mutex_);
  return Load();
}

std::variant<Credential, Unusable> Accounts::Take(const PracticeId& practice) {
  const std::lock_guard lock(mutex_);
  if (const absl::Status status = Load(); !status.ok()) {
    Tell(std::string(status.message()));
    return Unusable{Hindrance::kAdapter, kVaultAgain, 0};
  }
  const Vault::Entry* entry = vault_->Find(practice);
  if (entry == nullptr) {
    return Unusable{Hindrance::kCredentials, {}, vault_->LastEpoch(practice)};
  }
  Account& account = accounts_[practice];
  const uint64_t epoch = entry->epoch;
  const bool refused = account.known.refused && account.known.epoch == epoch;
  if (refused || entry->rotated_at < options_.secrets_since) {
    return Unusable{Hindrance::kCredentials, {}, epoch};
  }
  if (account.in_use_of != epoch) {
    account.in_use_of = epoch;
    account.in_use = 0;
    account.rests_until = absl::InfinitePast();
  }
  const absl::Time now = options_.now();
  if (now < account.rests_until) {
    return Unusable{Hindrance::kAccount, account.rests_until - now, epoch};
  }
  const bool proven = account.proven == epoch;
  if (account.in_use >= (proven ? kAtOnce : 1)) {
    return Unusable{Hindrance::kAccount, proven ? kWhileBusy : kWhileProving, epoch};
  }
  ++account.in_use;
  return Credential{practice, entry->login, entry->secret, epoch};
}

void Accounts::Accepted(const Credential& credential) {
  const std::lock_guard lock(mutex_);
  Account& account = Returned(credential);
  // A late word on an older secret, or on one that was refused since, proves nothing.
  if (account.in_use_of != credential.epoch) return;
  if (account.known.epoch == credential.epoch && account.known.refused) return;
  account.proven = credential.epoch;
  account.rests_until = absl::InfinitePast();
  if (account.known.epoch != credential.epoch || account.known.suspicions == 0) return;
  account.known = {};
  Note(credential.practice, account);
}

void Accounts::Refused(const Credential& credential) {
  const std::lock_guard lock(mutex_);
  Account& account = Returned(credential);
  if (account.known.epoch > credential.epoch) return;
  account.known = {credential.epoch, true, 0};
  if (account.proven == credential.epoch) account.proven = 0;
  Note(credential.practice, account);
}

void Accounts::Unknown(const Credential& credential) {
  const std::lock_guard lock(mutex_);
  Returned(credential);
}

std::optional<Unusable> Accounts::Suspected(const Credential& credential) {
  const std::lock_guard lock(mutex_);
  Account& account = Returned(credential);
  if (account.proven == credential.epoch) return std::nullopt;
  const bool counted = account.known.epoch == credential.epoch;
  const uint32_t suspicions = counted ? account.known.suspicions + 1 : 1;
  account.known = {credential.epoch, suspicions >= kSuspicions, suspicions};
  Note(credential.practice, account);
  if (account.known.refused) return Unusable{Hindrance::kCredentials, {}, credential.epoch};
  const absl::Duration rest = kFirstRest * (1 << (suspicions - 1));
  account.rests_until = options_.now() + rest;
  return Unusable{Hindrance::kAccount, rest, credential.epoch};
}

std::optional<LoginTrouble> Accounts::TroubleOf(const PracticeId& practice) {
  const std::lock_guard lock(mutex_);
  if (!Load().ok()) return LoginTrouble::kVault;
  const Vault::Entry* entry = vault_->Find(practice);
  if (entry == nullptr) return LoginTrouble::kMissing;
  if (entry->rotated_at < options_.secrets_since) return LoginTrouble::kTooOld;
  const auto known = accounts_.find(practice);
  const bool refused = known != accounts_.end() && known->second.known.refused &&
                       known->second.known.epoch == entry->epoch;
  return refused ? std::optional(LoginTrouble::kRefused) : std::nullopt;
}

std::vector<wire::Accounts::Item> Accounts::Epochs() {
  const std::lock_guard lock(mutex_);
  std::vector<wire::Accounts::Item> items;
  if (const absl::Status status = Load(); !status.ok()) {
    Tell(std::string(status.message()));
    return items;
  }
  for (const auto& [practice, entry] : vault_->entries()) {
    if (entry.rotated_at < options_.secrets_since) continue;
    items.push_back({practice, entry.epoch, entry.rotated_at});
  }
  return items;
}

absl::Status Accounts::Load() {
  const auto vault_stamp = StampOf(options_.vault_file);
  const auto refusals_stamp = StampOf(options_.refusals_file);
  if (loaded_ && vault_stamp == vault_stamp_ && refusals_stamp == refusals_stamp_) {
    return absl::OkStatus();
  }
  // Fails closed: with a vault that can't be read, no secret of before is used either.
  loaded_ = false;
  auto vault = Vault::Open(options_.vault_file, options_.key_file);
  if (!vault.ok()) return vault.status();
  const auto refusals = ReadRefusals(options_.refusals_file);
  if (!refusals.ok()) return refusals.status();
  for (const auto& [practice, refusal] : *refusals) {
    Refusal& known = accounts_[practice].known;
    const bool worse = refusal.epoch > known.epoch ||
                       (refusal.epoch == known.epoch && (refusal.refused || !known.refused));
    if (worse) known = refusal;
  }
  vault_ = *std::move(vault);
  vault_stamp_ = vault_stamp;
  refusals_stamp_ = refusals_stamp;
  loaded_ = true;
  return absl::OkStatus();
}

Accounts::Account& Accounts::Returned(const Credential& credential) {
  Account& account = accounts_[credential.practice];
  if (account.in_use_of == credential.epoch && account.in_use > 0) --account.in_use;
  return account;
}

// What can't be written is still kept by this process; only its restart would forget it.
void Accounts::Note(const PracticeId& practice, Account& account) {
  const absl::Status status = NoteRefusal(options_.refusals_file, practice, account.known);
  if (!status.ok()) Tell(std::string(status.message()));
}

void Accounts::Tell(const std::string& line) {
  if (line == told_) return;
  told_ = line;
  options_.log(line);
}

}  // namespace ecluse
