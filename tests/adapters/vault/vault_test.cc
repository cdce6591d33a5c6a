// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/vault.h"

#include <sys/stat.h>

#include <cstdlib>

#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {
namespace {

TEST_F(VaultTest, AFileThatIsNotThereIsAnEmptyVault) { EXPECT_TRUE(Open().entries().empty()); }

TEST_F(VaultTest, WhatWasSetIsThereWhenItIsOpenedAgain) {
  Set("shop", "s3cret");
  const Vault vault = Open();
  ASSERT_NE(vault.Find({"shop"}), nullptr);
  EXPECT_EQ(vault.Find({"shop"})->login, "login-shop");
  EXPECT_EQ(vault.Find({"shop"})->secret, "s3cret");
  EXPECT_EQ(vault.Find({"shop"})->rotated_at, absl::FromUnixSeconds(1'000));
  EXPECT_EQ(vault.Find({"other"}), nullptr);
}

TEST_F(VaultTest, NothingOfAnEntryCanBeReadInTheFile) {
  Set("shop", "s3cret");
  const std::string bytes = Bytes(vault_file());
  for (const char* word : {"shop", "login", "s3cret"}) {
    EXPECT_EQ(bytes.find(word), std::string::npos) << word;
  }
}

TEST_F(VaultTest, TheFileIsItsOwnersAlone) {
  Set("shop", "s3cret");
  struct stat info = {};
  ASSERT_EQ(stat(vault_file().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(VaultTest, AnotherKeyOpensNothing) {
  Set("shop", "s3cret");
  ASSERT_TRUE(MakeVaultKey(folder_ + "/other.key").ok());
  EXPECT_FALSE(Vault::Open(vault_file(), folder_ + "/other.key").ok());
}

TEST_F(VaultTest, EveryTornFileIsNoticed) {
  Set("shop", "s3cret");
  const std::string whole = Bytes(vault_file());
  for (size_t length = 0; length < whole.size(); ++length) {
    Write(vault_file(), whole.substr(0, length));
    EXPECT_FALSE(Vault::Open(vault_file(), key_file()).ok()) << length;
  }
}

TEST_F(VaultTest, EveryChangedBitIsNoticed) {
  Set("shop", "s3cret");
  const std::string whole = Bytes(vault_file());
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    Write(vault_file(), changed);
    EXPECT_FALSE(Vault::Open(vault_file(), key_file()).ok()) << at;
  }
}

TEST_F(VaultTest, ADamagedVaultIsNotWrittenOver) {
  Vault vault = Open();
  Write(vault_file(), "damage");
  chmod(vault_file().c_str(), 0600);
  EXPECT_FALSE(vault.Set({"shop"}, "login", "s3cret", absl::UnixEpoch()).ok());
  EXPECT_EQ(Bytes(vault_file()), "damage");
}

TEST_F(VaultTest, AFileThatOthersMayReadIsRefused) {
  Set("shop", "s3cret");
  chmod(key_file().c_str(), 0640);
  EXPECT_TRUE(absl::IsPermissionDenied(Vault::Open(vault_file(), key_file()).status()));
  chmod(key_file().c_str(), 0600);
  chmod(vault_file().c_str(), 0604);
  EXPECT_TRUE(absl::IsPermissionDenied(Vault::Open(vault_file(), key_file()).status()));
}

TEST_F(VaultTest, ACredentialOfSystemdMayBeReadableByItsGroup) {
  chmod(key_file().c_str(), 0440);
  setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
  EXPECT_TRUE(Vault::Open(vault_file(), key_file()).ok());
  unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_FALSE(Vault::Open(vault_file(), key_file()).ok());
}

TEST_F(VaultTest, TheEpochGrowsAlsoAfterARemoval) {
  const uint64_t first = Set("shop", "one");
  EXPECT_GT(Set("shop", "two"), first);
  const uint64_t second = Open().Find({"shop"})->epoch;
  ASSERT_TRUE(Open().Remove({"shop"}).ok());
  EXPECT_EQ(Open().Find({"shop"}), nullptr);
  EXPECT_GT(Set("shop", "three"), second);
}

TEST_F(VaultTest, AVaultMadeAnewBeginsAboveTheOldOne) {
  const uint64_t first = Set("shop", "one", absl::FromUnixSeconds(1'000));
  std::filesystem::remove(vault_file());
  EXPECT_GT(Set("shop", "two", absl::FromUnixSeconds(2'000)), first);
}

TEST_F(VaultTest, WhatAnotherProcessSetMeanwhileIsNotLost) {
  Vault mine = Open();
  Set("other", "theirs");
  ASSERT_TRUE(mine.Set({"shop"}, "login", "mine", absl::UnixEpoch()).ok());
  EXPECT_EQ(Open().entries().size(), 2u);
}

TEST_F(VaultTest, AnotherKeySealsTheSameEntries) {
  const uint64_t epoch = Set("shop", "s3cret");
  const std::string other = folder_ + "/other.key";
  ASSERT_TRUE(MakeVaultKey(other).ok());
  ASSERT_TRUE(Open().Rekey(other).ok());
  EXPECT_FALSE(Vault::Open(vault_file(), key_file()).ok());
  const auto vault = Vault::Open(vault_file(), other);
  ASSERT_TRUE(vault.ok()) << vault.status();
  EXPECT_EQ(vault->Find({"shop"})->epoch, epoch);
}

TEST_F(VaultTest, AKeyIsNeverWrittenOver) {
  EXPECT_TRUE(absl::IsAlreadyExists(MakeVaultKey(key_file())));
}

TEST_F(VaultTest, WhatCantTravelInAHeaderIsRefused) {
  Vault vault = Open();
  const absl::Time now = absl::UnixEpoch();
  EXPECT_FALSE(vault.Set({"shop"}, "login\r\nX: y", "s", now).ok());
  EXPECT_FALSE(vault.Set({"shop"}, "login", "", now).ok());
  EXPECT_FALSE(vault.Set({"shop"}, "login", std::string(1025, 's'), now).ok());
  EXPECT_FALSE(vault.Set({"The Shop"}, "login", "s", now).ok());
}

TEST_F(VaultTest, AnErrorNeverShowsASecret) {
  Set("shop", "s3cret");
  Write(vault_file(), Bytes(vault_file()) + "x");
  const auto vault = Vault::Open(vault_file(), key_file());
  EXPECT_EQ(vault.status().message().find("s3cret"), std::string::npos);
  EXPECT_NE(vault.status().message().find("vault"), std::string::npos);
}

}  // namespace
}  // namespace ecluse
