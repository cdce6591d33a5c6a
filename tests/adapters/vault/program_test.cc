// SPDX-License-Identifier: Apache-2.0
// The program ecluse-vault, as ops staff call it.
#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {
namespace {

struct Ran {
  int status = -1;
  std::string said;
};

Ran Shell(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  std::array<char, 256> piece = {};
  while (fgets(piece.data(), piece.size(), pipe) != nullptr) ran.said += piece.data();
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

class VaultProgramTest : public VaultTest {
 protected:
  Ran Run(const std::string& verb, const std::string& input, const std::string& words = "") {
    return Shell("printf '" + input + "' | " ECLUSE_VAULT " " + verb + " --file " + vault_file() +
                 " --key " + key_file() + " " + words);
  }
};

TEST_F(VaultProgramTest, SetsListsAndRemovesWithoutShowingAnything) {
  const Ran set = Run("set", "s3cret\\n", "shop shop@example.org");
  EXPECT_EQ(set.status, 0) << set.said;
  EXPECT_EQ(Open().Find({"shop"})->secret, "s3cret");
  const Ran list = Run("list", "");
  EXPECT_NE(list.said.find("shop"), std::string::npos);
  EXPECT_EQ(list.said.find("@"), std::string::npos);
  EXPECT_EQ(list.said.find("s3cret"), std::string::npos);
  EXPECT_EQ(Run("remove", "", "shop").status, 0);
  EXPECT_EQ(Run("remove", "", "shop").status, 1);
}

TEST_F(VaultProgramTest, ASecretIsNoWordOfTheCommandLine) {
  EXPECT_NE(Run("set", "", "shop login s3cret").status, 0);
  EXPECT_TRUE(Open().entries().empty());
}

TEST_F(VaultProgramTest, MakesAKeyOnceAndSealsUnderAnother) {
  const std::string other = folder_ + "/other.key";
  Set("shop", "s3cret");
  EXPECT_EQ(Shell(ECLUSE_VAULT " init-key " + other).status, 0);
  EXPECT_EQ(Shell(ECLUSE_VAULT " init-key " + other).status, 1);
  EXPECT_EQ(Run("rekey", "", "--new-key " + other).status, 0);
  EXPECT_TRUE(Vault::Open(vault_file(), other).ok());
}

}  // namespace
}  // namespace ecluse
