// SPDX-License-Identifier: Apache-2.0
// Many requests of a practice whose password is wrong: the operator locks the account at the fifth
// wrong login, and must never see it.
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "adapters/vault/accounts.h"
#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {
namespace {

constexpr int kLocksAt = 5;

// The door of an operator that counts wrong logins.
class Door {
 public:
  explicit Door(std::string right) : right_(std::move(right)) {}
  bool Open(const std::string& secret) {
    std::this_thread::yield();
    if (secret == right_) return true;
    ++wrong_;
    return false;
  }
  int wrong() const { return wrong_; }

 private:
  const std::string right_;
  std::atomic<int> wrong_ = 0;
};

void EightThreads(const std::function<void()>& each) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&each] {
      for (int k = 0; k < 50; ++k) each();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void Knock(Accounts& accounts, Door& door) {
  auto taken = accounts.Take({"shop"});
  if (auto* credential = std::get_if<Credential>(&taken)) {
    if (door.Open(credential->secret)) {
      accounts.Accepted(*credential);
    } else {
      accounts.Refused(*credential);
    }
  }
}

TEST_F(VaultTest, AWrongPasswordReachesTheOperatorOnce) {
  Set("shop", "wrong");
  Accounts accounts(vault_file(), key_file(), refusals_file());
  Door door("right");
  EightThreads([&] { Knock(accounts, door); });
  EXPECT_EQ(door.wrong(), 1);
}

TEST_F(VaultTest, APasswordThatWasChangedAtTheOperatorDoesNotLockTheAccount) {
  Set("shop", "once right");
  Accounts accounts(vault_file(), key_file(), refusals_file());
  Door before("once right");
  Knock(accounts, before);
  Door door("changed");
  EightThreads([&] { Knock(accounts, door); });
  EXPECT_GE(door.wrong(), 1);
  EXPECT_LT(door.wrong(), kLocksAt);
}

// Planted: an adapter that takes the secret out of the vault by itself. The door notices.
TEST_F(VaultTest, WithoutTheAccountsTheDoorWouldLock) {
  Set("shop", "wrong");
  const Vault vault = Open();
  Door door("right");
  EightThreads([&] { door.Open(vault.Find({"shop"})->secret); });
  EXPECT_GE(door.wrong(), kLocksAt);
}

}  // namespace
}  // namespace ecluse
