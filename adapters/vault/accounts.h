// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/clock.h>
#include <absl/time/time.h>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/protocols/driver.h"
#include "adapters/vault/files.h"
#include "adapters/vault/refusals.h"
#include "adapters/vault/vault.h"

namespace ecluse {

struct AccountsOptions {
  std::string vault_file;
  std::string key_file;
  // What a refused login leaves behind, beside the vault: practice and epoch, nothing secret.
  std::string refusals_file;
  // Secrets that were set before are not used: the operator demands new ones after an incident.
  absl::Time secrets_since = absl::InfinitePast();
  std::function<absl::Time()> now = [] { return absl::Now(); };
  // Told in one line what ops staff should know; never a login or a secret.
  std::function<void(const std::string&)> log = [](const std::string&) {};
};

// Why an account could not be used, told without using it.
enum class LoginTrouble : uint8_t { kMissing, kRefused, kTooOld, kVault };

// Which login may be used now. Operators lock an account after a few wrong passwords (five, at
// one), so a secret is proven by one request alone, and one that was refused is not used again.
//
// INVARIANT: of a credential that was never accepted by this process, at most one use is under way
// at a time; of one that was, at most kAtOnce, fewer than what locks; of one that was refused, none
// ever starts, also after a restart of the process.
class Accounts {
 public:
  static constexpr uint32_t kAtOnce = 4;
  // After so many words in a row that may have meant a wrong login, it is taken for one.
  static constexpr uint32_t kSuspicions = 3;

  explicit Accounts(AccountsOptions options);
  Accounts(std::string vault_file, std::string key_file, std::string refusals_file)
      : Accounts(AccountsOptions{std::move(vault_file), std::move(key_file),
                                 std::move(refusals_file)}) {}

  // Whether vault, key and refusals can be read, for the start of a program.
  absl::Status Check();

  // Why an account can't be used.
  struct Unusable {
    // kCredentials: none, refused, or too old; kAccount: in use as much as may be; kAdapter: the
    // vault can't be read, which stops every account.
    Hindrance hindrance = Hindrance::kCredentials;
    absl::Duration retry_after;
    uint64_t epoch = 0;  // the last there was; 0: there never was a login
  };
  // Reads the vault again when its file has changed. Every credential given out is to be given
  // back by one of the four below.
  std::variant<Credential, Unusable> Take(const PracticeId& practice);
  void Accepted(const Credential& credential);  // the operator let it in
  void Refused(const Credential& credential);   // wrong, locked, or to be changed
  void Unknown(const Credential& credential);   // the exchange did not get that far
  // The operator's word may have meant a wrong login. A credential that was accepted is believed;
  // another rests for a while, and is refused at last. nullopt: it is believed.
  std::optional<Unusable> Suspected(const Credential& credential);

  // What would hinder a use now, save for other uses under way. nullopt: nothing.
  std::optional<LoginTrouble> TroubleOf(const PracticeId& practice);

  // Every account with its epoch and when its secret was set, for the broker.
  std::vector<wire::Accounts::Item> Epochs();

 private:
  struct Account {
    Refusal known;           // against the epoch that it names
    uint64_t proven = 0;     // the epoch that was accepted; 0: none
    uint64_t in_use_of = 0;  // the epoch that `in_use` counts
    uint32_t in_use = 0;
    absl::Time rests_until = absl::InfinitePast();
  };
  absl::Status Load();  // mutex_ held, as for the rest
  Account& Returned(const Credential& credential);
  void Note(const PracticeId& practice, Account& account);
  void Tell(const std::string& line);

  const AccountsOptions options_;
  std::mutex mutex_;
  std::optional<Vault> vault_;
  std::optional<FileStamp> vault_stamp_;
  std::optional<FileStamp> refusals_stamp_;
  bool loaded_ = false;
  std::string told_;  // the last line, so that it is not said again and again
  std::map<PracticeId, Account> accounts_;
};

}  // namespace ecluse
