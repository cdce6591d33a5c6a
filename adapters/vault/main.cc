// SPDX-License-Identifier: Apache-2.0
// ecluse-vault: sets the logins that an adapter uses.
#include <absl/time/clock.h>
#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "adapters/vault/sealed.h"
#include "adapters/vault/vault.h"

namespace {

using ecluse::Vault;

int Tell(const absl::Status& status) {
  if (status.ok()) return 0;
  fmt::print(stderr, "ecluse-vault: {}\n", std::string(status.message()));
  return 1;
}

// From a pipe the first line; from a terminal twice, without showing it.
absl::StatusOr<std::string> AskSecret() {
  std::string secret;
  if (isatty(STDIN_FILENO) == 0) {
    std::getline(std::cin, secret);
    return secret;
  }
  termios shown = {};
  if (tcgetattr(STDIN_FILENO, &shown) != 0) return absl::InternalError("the terminal is gone");
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  std::string again;
  fmt::print(stderr, "Secret: ");
  std::getline(std::cin, secret);
  fmt::print(stderr, "\nThe same again: ");
  std::getline(std::cin, again);
  fmt::print(stderr, "\n");
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
  if (secret != again) return absl::InvalidArgumentError("these were not the same");
  return secret;
}

struct Flags {
  std::string file;
  std::string key;
  std::string new_key;
  std::string practice;
  std::string login;
};

int Set(const Flags& flags) {
  auto vault = Vault::Open(flags.file, flags.key);
  if (!vault.ok()) return Tell(vault.status());
  const auto secret = AskSecret();
  if (!secret.ok()) return Tell(secret.status());
  const absl::Status status = vault->Set({flags.practice}, flags.login, *secret, absl::Now());
  if (!status.ok()) return Tell(status);
  fmt::print("{}: epoch {}\n", flags.practice, vault->Find({flags.practice})->epoch);
  return 0;
}

// Logins are often somebody's mail address, so they are not shown.
int List(const Flags& flags) {
  const auto vault = Vault::Open(flags.file, flags.key);
  if (!vault.ok()) return Tell(vault.status());
  for (const auto& [practice, entry] : vault->entries()) {
    fmt::print("{:<32} epoch {:>4}  set {}\n", practice.text, entry.epoch,
               absl::FormatTime("%Y-%m-%d %H:%M", entry.rotated_at, absl::LocalTimeZone()));
  }
  return 0;
}

int Remove(const Flags& flags) {
  auto vault = Vault::Open(flags.file, flags.key);
  return Tell(vault.ok() ? vault->Remove({flags.practice}) : vault.status());
}

int Rekey(const Flags& flags) {
  auto vault = Vault::Open(flags.file, flags.key);
  return Tell(vault.ok() ? vault->Rekey(flags.new_key) : vault.status());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Sets the logins that an Écluse adapter uses at its operator");
  app.require_subcommand(1);
  Flags flags;
  auto* init = app.add_subcommand("init-key", "draw a new key; keep a copy of it in a safe");
  auto* set = app.add_subcommand("set", "set a practice's login; its secret comes from stdin");
  auto* list = app.add_subcommand("list", "show whose logins there are, and of when");
  auto* remove = app.add_subcommand("remove", "forget a practice's login");
  auto* rekey = app.add_subcommand("rekey", "seal the same logins under another key");
  init->add_option("key", flags.key, "key file to make")->required();
  for (auto* verb : {set, list, remove, rekey}) {
    verb->add_option("--file", flags.file, "vault file")->required();
    verb->add_option("--key", flags.key, "key file, mode 600")->required();
  }
  for (auto* verb : {set, remove}) {
    verb->add_option("practice", flags.practice, "as the broker calls it")->required();
  }
  set->add_option("login", flags.login, "the practice's login at the operator")->required();
  rekey->add_option("--new-key", flags.new_key, "file of the new key, mode 600")->required();
  CLI11_PARSE(app, argc, argv);
  if (init->parsed()) return Tell(ecluse::MakeVaultKey(flags.key));
  if (set->parsed()) return Set(flags);
  if (list->parsed()) return List(flags);
  if (remove->parsed()) return Remove(flags);
  return Rekey(flags);
}
