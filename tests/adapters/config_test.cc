// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/https/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "broker/net/keys.h"

namespace ecluse::https {
namespace {

class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest() {
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-config-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    EXPECT_TRUE(WriteKeyPair(directory_ + "/own.key", *MakeKeyPair()).ok());
  }
  ~ConfigTest() override { std::filesystem::remove_all(directory_); }

  absl::StatusOr<Config> Read(const std::string& more_of_operator,
                              const std::string& more_sections = "") {
    const std::string path = directory_ + "/adapter.toml";
    std::ofstream(path) << "[broker]\nendpoint = \"tcp://127.0.0.1:5570\"\n"
                           "broker_key_file = \"own.key.pub\"\nkey_file = \"own.key\"\n"
                           "[operator]\nname = \"op\"\nservices = [\"billing\"]\n"
                           "url = \"https://127.0.0.1:8443/\"\n"
                        << more_of_operator << "\n"
                        << more_sections;
    return ReadConfig(path);
  }

  std::string directory_;
};

TEST_F(ConfigTest, TheLeastThatIsNeededIsEnough) {
  const auto config = Read("");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->site.url, "https://127.0.0.1:8443");
  EXPECT_EQ(ToString(config->worker.destinations.at(0)), "op/billing");
  EXPECT_TRUE(IsKey(config->worker.link.secret_key));
  EXPECT_EQ(config->worker.longest_delivery, config->site.total_timeout);
}

TEST_F(ConfigTest, AMisspeltSettingIsNamed) {
  const auto config = Read("total_timeout = 5");
  EXPECT_NE(config.status().message().find("no setting total_timeout"), std::string::npos);
}

TEST_F(ConfigTest, AnUnknownSectionIsNamed) {
  EXPECT_NE(Read("", "[wroker]\n").status().message().find("wroker"), std::string::npos);
}

TEST_F(ConfigTest, ASettingOutOfItsRangeIsNamed) {
  EXPECT_FALSE(Read("", "[worker]\nthreads = 0\n").ok());
  EXPECT_FALSE(Read("answer_bytes = 100000000").ok());
}

TEST_F(ConfigTest, OnlyHttpsIsSpoken) { EXPECT_FALSE(Read("url = \"http://127.0.0.1\"").ok()); }

TEST_F(ConfigTest, ACertificateNeedsItsKey) {
  EXPECT_FALSE(Read("certificate_file = \"client.pem\"").ok());
}

}  // namespace
}  // namespace ecluse::https
