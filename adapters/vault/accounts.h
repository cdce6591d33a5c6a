// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <map>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "adapters/protocols/driver.h"
#include "adapters/vault/vault.h"

namespace ecluse {

// Which login may be used now. Operators lock an account after a few wrong passwords (five, at
// one), so a secret is proven by one request alone, and one that was refused is not used again.
//
// INVARIANT: of a credential that was never accepted, at most one use is under way at a time; of
// one that was refused, none ever starts, also after a restart of the process.
class Accounts {
 public:
  // What a refused login leaves behind is kept in `refusals_file`, beside the vault: practice and
  // epoch, nothing secret.
  Accounts(std::string vault_file, std::string key_file, std::string refusals_file);

  // Why an account can't be used.
  struct Unusable {
    Hindrance hindrance = Hindrance::kCredentials;  // or kAccount: being proven by another
    absl::Duration retry_after;
    uint64_t epoch = 0;
  };
  // Reads the vault again when its file has changed. Every credential given out is to be given
  // back by one of the three below.
  std::variant<Credential, Unusable> Take(const PracticeId& practice);
  void Accepted(const Credential& credential);  // the operator let it in
  void Refused(const Credential& credential);   // wrong, locked, or to be changed
  void Unknown(const Credential& credential);   // the exchange did not get that far

  // Every account with its epoch, for the broker.
  std::vector<wire::Accounts::Item> Epochs();

 private:
  struct Account;
  std::mutex mutex_;
  const std::string vault_file_;
  const std::string key_file_;
  const std::string refusals_file_;
  std::map<PracticeId, Account> accounts_;
};

}  // namespace ecluse
