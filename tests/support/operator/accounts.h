// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/operator/hours.h"

namespace ecluse::simulated {

// A practice's login at the simulated operator. Nobody's: everything is made up.
struct Account {
  std::string practice;
  std::string login;
  std::string secret;
};

// Why a login is not let in.
enum class LoginTrouble : uint8_t {
  kNone,
  kWrong,
  kLocked,          // too many wrong ones, or by command; the right secret does not help
  kChangePassword,  // the right secret, but another one is demanded first
  kNotOpen,         // the right secret, but this account is not reopened yet
};

// The accounts and how they stand. Not guarded: the desk guards it.
class AccountBook {
 public:
  AccountBook(const std::vector<Account>& accounts, uint32_t wrong_logins);

  // Counts wrong secrets; the one that fills the count locks the account.
  // `retry_after`: of kNotOpen, where it is known.
  LoginTrouble LogIn(const std::string& login, const std::string& secret, absl::Time now,
                     std::string& practice, absl::Duration& retry_after);
  // "open", "closed", "locked", "change", "secret NEW" or "hours 08:00-20:00". False: no such
  // practice or word.
  bool Set(const std::string& practice, const std::string& how, absl::Time now);
  // From `from` on, secrets that were set before `since` are demanded to be changed first, as after
  // an incident.
  void DemandNewSecrets(absl::Time since, absl::Time from) {
    new_since_ = since;
    new_from_ = from;
  }
  // Every wrong login of the practice so far; nullopt: no such practice.
  std::optional<uint32_t> WrongLogins(const std::string& practice) const;

 private:
  struct State {
    Account account;
    uint32_t wrong = 0;  // in a row
    uint32_t wrong_ever = 0;
    LoginTrouble trouble = LoginTrouble::kNone;
    std::optional<Hours> hours;
    absl::Time set_at = absl::InfinitePast();  // when the secret was set
  };
  static bool Set(State& state, const std::string& how, absl::Time now);

  const uint32_t wrong_logins_;
  absl::Time new_since_ = absl::InfinitePast();
  absl::Time new_from_ = absl::InfiniteFuture();
  std::map<std::string, State> by_login_;
};

// A file with one account a line: practice, login and secret, with spaces between.
absl::StatusOr<std::vector<Account>> ReadAccounts(const std::string& path);

}  // namespace ecluse::simulated
