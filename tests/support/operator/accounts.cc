// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/accounts.h"

#include <fstream>
#include <sstream>

namespace ecluse::simulated {

AccountBook::AccountBook(const std::vector<Account>& accounts, uint32_t wrong_logins)
    : wrong_logins_(wrong_logins) {
  for (const Account& account : accounts) by_login_[account.login].account = account;
}

LoginTrouble AccountBook::LogIn(const std::string& login, const std::string& secret, absl::Time now,
                                std::string& practice, absl::Duration& retry_after) {
  const auto found = by_login_.find(login);
  if (found == by_login_.end()) return LoginTrouble::kWrong;
  State& state = found->second;
  if (secret != state.account.secret) ++state.wrong_ever;
  if (state.trouble == LoginTrouble::kLocked) return LoginTrouble::kLocked;
  if (secret != state.account.secret) {
    if (++state.wrong < wrong_logins_) return LoginTrouble::kWrong;
    return state.trouble = LoginTrouble::kLocked;
  }
  state.wrong = 0;
  practice = state.account.practice;
  if (state.trouble != LoginTrouble::kNone) return state.trouble;
  if (now >= new_from_ && state.set_at < new_since_) return LoginTrouble::kChangePassword;
  retry_after = state.hours ? state.hours->ClosedFor(now) : absl::ZeroDuration();
  return retry_after > absl::ZeroDuration() ? LoginTrouble::kNotOpen : LoginTrouble::kNone;
}

std::optional<uint32_t> AccountBook::WrongLogins(const std::string& practice) const {
  for (const auto& [login, state] : by_login_) {
    if (state.account.practice == practice) return state.wrong_ever;
  }
  return std::nullopt;
}

bool AccountBook::Set(const std::string& practice, const std::string& how, absl::Time now) {
  for (auto& [login, state] : by_login_) {
    if (state.account.practice == practice) return Set(state, how, now);
  }
  return false;
}

bool AccountBook::Set(State& state, const std::string& how, absl::Time now) {
  if (how.starts_with("secret ")) {
    state.account.secret = how.substr(7);
    state.set_at = now;
    if (state.trouble == LoginTrouble::kChangePassword) state.trouble = LoginTrouble::kNone;
    return true;
  }
  if (how.starts_with("hours ")) {
    state.hours = ParseHours(how.substr(6));
    return state.hours.has_value();
  }
  if (how == "open") {
    state.trouble = LoginTrouble::kNone;
    state.wrong = 0;
    state.hours.reset();
  } else if (how == "closed") {
    state.trouble = LoginTrouble::kNotOpen;
  } else if (how == "locked") {
    state.trouble = LoginTrouble::kLocked;
  } else if (how == "change") {
    state.trouble = LoginTrouble::kChangePassword;
  } else {
    return false;
  }
  return true;
}

absl::StatusOr<std::vector<Account>> ReadAccounts(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("can't read " + path);
  std::vector<Account> accounts;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    Account account;
    if (!(words >> account.practice)) continue;
    if (!(words >> account.login >> account.secret)) {
      return absl::InvalidArgumentError(path + ": a line is \"PRACTICE LOGIN SECRET\"");
    }
    accounts.push_back(account);
  }
  return accounts;
}

}  // namespace ecluse::simulated
