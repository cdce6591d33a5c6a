// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "adapters/vault/sealed.h"
#include "adapters/vault/vault.h"

namespace ecluse {

// A folder with a key, and a vault that is not there yet.
class VaultTest : public ::testing::Test {
 protected:
  VaultTest() {
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-vault-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    EXPECT_TRUE(MakeVaultKey(key_file()).ok());
  }
  ~VaultTest() override { std::filesystem::remove_all(folder_); }

  std::string vault_file() const { return folder_ + "/vault"; }
  std::string key_file() const { return folder_ + "/vault.key"; }
  std::string refusals_file() const { return folder_ + "/refusals"; }

  Vault Open() {
    auto vault = Vault::Open(vault_file(), key_file());
    EXPECT_TRUE(vault.ok()) << vault.status();
    return *std::move(vault);
  }
  uint64_t Set(const std::string& practice, const std::string& secret,
               absl::Time now = absl::FromUnixSeconds(1'000)) {
    Vault vault = Open();
    EXPECT_TRUE(vault.Set({practice}, "login-" + practice, secret, now).ok());
    return vault.Find({practice})->epoch;
  }
  static std::string Bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static void Write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  std::string folder_;
};

}  // namespace ecluse
