// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/vault.h"

#include <algorithm>
#include <utility>

#include "adapters/vault/files.h"
#include "adapters/vault/sealed.h"
#include "adapters/vault/vault_text.h"

namespace ecluse {
namespace {

constexpr size_t kMostBytes = 16 << 20;
constexpr size_t kMostFieldBytes = 1024;
// The first bytes of the file, and what its seal is bound to.
constexpr std::string_view kHead = "ecluse-vault 1\n";

absl::Status About(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(), path + ": " + std::string(status.message()));
}

// These travel in headers and forms, where a line's end would begin another one.
bool IsField(const std::string& text) {
  return !text.empty() && text.size() <= kMostFieldBytes &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

absl::StatusOr<Vault> Vault::Open(const std::string& path, const std::string& key_file) {
  auto key = ReadVaultKey(key_file);
  if (!key.ok()) return key.status();
  Vault vault;
  vault.path_ = path;
  vault.key_ = *std::move(key);
  if (absl::Status status = vault.Read(); !status.ok()) return status;
  return vault;
}

const Vault::Entry* Vault::Find(const PracticeId& practice) const {
  const auto at = entries_.find(practice);
  return at == entries_.end() ? nullptr : &at->second;
}

uint64_t Vault::LastEpoch(const PracticeId& practice) const {
  const auto at = last_epoch_.find(practice);
  return at == last_epoch_.end() ? 0 : at->second;
}

absl::Status Vault::Set(const PracticeId& practice, std::string login, std::string secret,
                        absl::Time now) {
  if (!IsName(practice.text)) {
    return absl::InvalidArgumentError("the practice must be 1 to 32 characters of [a-z0-9-]");
  }
  if (!IsField(login) || !IsField(secret)) {
    return absl::InvalidArgumentError(
        "login and secret must be 1 to 1024 bytes without control characters");
  }
  const auto lock = FileLock::Take(path_);
  if (!lock.ok()) return lock.status();
  if (absl::Status status = Read(); !status.ok()) return status;
  // The clock gives the first one, so that a vault that was made anew begins above what broker and
  // refusals know of the old one.
  uint64_t& last = last_epoch_[practice];
  last = std::max<uint64_t>(last + 1, static_cast<uint64_t>(absl::ToUnixSeconds(now)));
  const uint64_t epoch = last;
  entries_[practice] = {std::move(login), std::move(secret), epoch,
                        absl::FromUnixSeconds(absl::ToUnixSeconds(now))};
  return Write();
}

absl::Status Vault::Remove(const PracticeId& practice) {
  const auto lock = FileLock::Take(path_);
  if (!lock.ok()) return lock.status();
  if (absl::Status status = Read(); !status.ok()) return status;
  if (entries_.erase(practice) == 0) {
    return absl::NotFoundError("the vault has no login of that practice");
  }
  return Write();
}

absl::Status Vault::Rekey(const std::string& new_key_file) {
  auto key = ReadVaultKey(new_key_file);
  if (!key.ok()) return key.status();
  const auto lock = FileLock::Take(path_);
  if (!lock.ok()) return lock.status();
  if (absl::Status status = Read(); !status.ok()) return status;
  std::swap(key_, *key);
  return Write();
}

absl::Status Vault::Read() {
  entries_.clear();
  last_epoch_.clear();
  const auto bytes = ReadSecretFile(path_, kMostBytes);
  if (absl::IsNotFound(bytes.status())) return absl::OkStatus();
  if (!bytes.ok()) return bytes.status();
  const std::string_view all = *bytes;
  if (!all.starts_with(kHead)) return About(path_, absl::DataLossError("is no vault of this form"));
  auto text = Unseal(key_, kHead, all.substr(kHead.size()));
  if (!text.ok()) return About(path_, text.status());
  auto vault = DecodeVault(*text);
  Wipe(*text);
  if (!vault.ok()) return About(path_, vault.status());
  entries_ = std::move(vault->entries);
  last_epoch_ = std::move(vault->last_epoch);
  return absl::OkStatus();
}

absl::Status Vault::Write() const {
  std::string text = EncodeVault({entries_, last_epoch_});
  const std::string bytes = std::string(kHead) + Seal(key_, kHead, text);
  Wipe(text);
  return ReplaceFile(path_, bytes);
}

}  // namespace ecluse
