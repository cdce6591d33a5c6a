// SPDX-License-Identifier: Apache-2.0
// The example of deploy/ reads, with files of the test's own in place of those that it names.
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "adapters/operators/config.h"
#include "broker/net/keys.h"
#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {
namespace {

class ExampleTest : public VaultTest {
 protected:
  ExampleTest() { EXPECT_TRUE(WriteKeyPair(folder_ + "/own.key", *MakeKeyPair()).ok()); }

  // The line with its path replaced, or as it was.
  std::string Ours(const std::string& line) {
    const size_t at = line.find("= \"/");
    if (line.starts_with('#') || at == std::string::npos) return line;
    std::string name = line.substr(at + 4, line.size() - at - 5);
    std::replace(name.begin(), name.end(), '/', '-');
    const bool own = name.ends_with("adapter.key");
    const bool made = own || name.ends_with("vault.key") || name.ends_with("broker.key.pub") ||
                      name.ends_with("-vault") || name.ends_with(".db");
    if (own) name = "own.key";
    if (name.ends_with("broker.key.pub")) name = "own.key.pub";
    if (name.ends_with("vault.key")) name = "vault.key";
    if (!made) {
      Write(folder_ + "/" + name, std::string(32, 'k'));
      chmod((folder_ + "/" + name).c_str(), 0600);
    }
    return line.substr(0, at) + "= \"" + name + "\"";
  }
};

TEST_F(ExampleTest, ReadsAndCarriesBothServicesOfItsOperator) {
  std::ifstream example(ECLUSE_EXAMPLE);
  std::string text, line;
  while (std::getline(example, line)) text += Ours(line) + "\n";
  Write(folder_ + "/adapter.toml", text);
  const auto profile =
      profile::ReadProfile(std::string(ECLUSE_OPERATORS) + "/almerys/profile.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  const auto config = ReadAdapterConfig(folder_ + "/adapter.toml", *profile);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->endpoints.size(), 2u);
  EXPECT_TRUE(config->left_out.empty());
  const auto carrier = MakeCarrier(*config, *profile);
  ASSERT_TRUE(carrier.ok()) << carrier.status();
  EXPECT_EQ((*carrier)->Destinations().size(), 2u);
}

}  // namespace
}  // namespace ecluse
