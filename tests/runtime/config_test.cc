// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "proto/sections.h"

namespace ecluse {
namespace {

constexpr char kHead[] =
    "key_file = \"a.key\"\npeers_file = \"peers.toml\"\n"
    "store_directory = \"/var/lib/s\"\nmaster_key_file = \"m\"\n";
constexpr char kDestination[] = "[[destination]]\noperator = \"viamedis\"\nservice = \"billing\"\n";

// What is said about a file with these lines before and in its destination; empty: it is taken.
std::string Refusal(const std::string& before, const std::string& within) {
  const auto config = ParseConfig(kHead + before + kDestination + within, "c.toml");
  return config.ok() ? "" : std::string(config.status().message());
}

TEST(ConfigTest, ValuesReachTheirPlace) {
  const auto config = ParseConfig(std::string(kHead) + "disk_reserve = \"512MiB\"\n" +
                                      kDestination + "silence = \"5m\"\nidempotent = true\n" +
                                      "in_flight = 3\nask_every = \"0s\"\n",
                                  "/etc/ecluse/c.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->disk_reserve, 512u << 20);
  const Policy& policy = config->policies.at({{"viamedis"}, {"billing"}});
  EXPECT_EQ(policy.silence, absl::Minutes(5));
  EXPECT_TRUE(policy.idempotent);
  EXPECT_EQ(policy.in_flight, 3u);
  EXPECT_EQ(policy.ask_every, absl::ZeroDuration());
  EXPECT_EQ(policy.lease, Policy().lease);
}

TEST(ConfigTest, RatesAreWrittenWithDecimals) {
  const auto config = ParseConfig(
      std::string(kHead) + kDestination + "rate_most = 2.5\nrate_least = 0.125\n", "c.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  const Policy& policy = config->policies.at({{"viamedis"}, {"billing"}});
  EXPECT_EQ(policy.rate_most, 2500u);
  EXPECT_EQ(policy.rate_least, 125u);
  constexpr char kRule[] =
      "c.toml:8: [[destination]] `rate_most` must be a number from 0 to 4000 with at most three "
      "decimals";
  EXPECT_EQ(Refusal("", "rate_most = 4001\n"), kRule);
  EXPECT_EQ(Refusal("", "rate_most = 0.0001\n"), kRule);
  EXPECT_EQ(Refusal("", "rate_most = nan\n"), kRule);
  EXPECT_EQ(Refusal("", "rate_most = \"2/s\"\n"), kRule);
}

TEST(ConfigTest, PathsAreTakenFromTheFolderOfTheFile) {
  const auto config = ParseConfig(std::string(kHead) + kDestination, "/etc/ecluse/c.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->key_file, "/etc/ecluse/a.key");
  EXPECT_EQ(config->store_directory, "/var/lib/s");
  EXPECT_EQ(config->endpoint_file, "");
}

TEST(ConfigTest, MisspeltNamesAreNamedWithTheRightOne) {
  EXPECT_EQ(Refusal("disk_reserv = \"1GiB\"\n", ""),
            "c.toml:5: there is no setting `disk_reserv`; is `disk_reserve` meant?");
  EXPECT_EQ(Refusal("", "silense = \"5m\"\n"),
            "c.toml:8: [[destination]] there is no setting `silense`; is `silence` meant?");
  EXPECT_EQ(Refusal("", "[[destinations]]\n"),
            "c.toml:8: there is no section `destinations`; write [[destination]]");
  EXPECT_EQ(Refusal("", "[other]\n"), "c.toml:8: there is no section `other`");
}

TEST(ConfigTest, ValuesOutOfRangeAreNamedWithTheRange) {
  EXPECT_EQ(Refusal("", "lease = \"2h\"\n"),
            "c.toml:8: [[destination]] `lease` must be a duration from \"1s\" to \"1h\"");
  EXPECT_EQ(Refusal("", "lease = \"soon\"\n"),
            "c.toml:8: [[destination]] `lease` must be a duration from \"1s\" to \"1h\"");
  EXPECT_EQ(Refusal("", "lease = 30\n"),
            "c.toml:8: [[destination]] `lease` must be a duration from \"1s\" to \"1h\"");
  EXPECT_EQ(Refusal("", "lease = \"inf\"\n"),
            "c.toml:8: [[destination]] `lease` must be a duration from \"1s\" to \"1h\"");
  EXPECT_EQ(Refusal("", "in_flight = 0\n"),
            "c.toml:8: [[destination]] `in_flight` must be a number from 1 to 10000");
  EXPECT_EQ(Refusal("", "in_flight = 4294967297\n"),
            "c.toml:8: [[destination]] `in_flight` must be a number from 1 to 10000");
  EXPECT_EQ(Refusal("disk_reserve = \"1GB\"\n", ""),
            "c.toml:5: `disk_reserve` must be a size from \"64MiB\" to \"16TiB\"");
  EXPECT_EQ(Refusal("disk_reserve = \"99999999999999999999GiB\"\n", ""),
            "c.toml:5: `disk_reserve` must be a size from \"64MiB\" to \"16TiB\"");
  EXPECT_EQ(Refusal("", "idempotent = \"yes\"\n"),
            "c.toml:8: [[destination]] `idempotent` must be true or false");
  EXPECT_EQ(Refusal("log_level = \"loud\"\n", "").rfind("c.toml:5: `log_level` must be", 0), 0u);
  EXPECT_EQ(Refusal("endpoint = \"http://x\"\n", "").rfind("c.toml:5: `endpoint` must be", 0), 0u);
}

TEST(ConfigTest, SettingsThatContradictEachOtherAreRefused) {
  EXPECT_NE(Refusal("", "retry_first = \"1h\"\nretry_most = \"1m\"\n"), "");
  EXPECT_NE(Refusal("", "retry_most = \"1s\"\n"), "");
  EXPECT_NE(Refusal("", "can_probe = false\n"), "");
  EXPECT_NE(Refusal("", "in_flight = 2\nin_flight_least = 3\n"), "");
  EXPECT_NE(Refusal("", "rate_most = 1\nrate_least = 2\n"), "");
  EXPECT_EQ(Refusal("", "can_probe = false\nask_every = \"0s\"\n"), "");
  EXPECT_EQ(Refusal("", kDestination),
            "c.toml:10: [[destination]] `service` is in the file already for this operator");
}

TEST(ConfigTest, WhatMustBeGivenIsNamed) {
  const auto nothing = ParseConfig(kDestination, "c.toml");
  EXPECT_EQ(nothing.status().message(), "c.toml: `key_file` is missing");
  const auto nobody = ParseConfig(kHead, "c.toml");
  EXPECT_NE(std::string(nobody.status().message()).find("has no [[operator]]"), std::string::npos);
  EXPECT_NE(Refusal("", "[[destination]]\noperator = \"x\"\n"), "");
  EXPECT_NE(Refusal("", "[[destination]]\noperator = \"X!\"\nservice = \"a\"\n"), "");
}

// The comment lines above each setting of the example, by "section.name".
std::map<std::string, std::string> ExampleComments() {
  std::ifstream file(ECLUSE_EXAMPLE);
  std::map<std::string, std::string> comments;
  std::string section, comment, line;
  while (std::getline(file, line)) {
    if (line.starts_with("[[")) section = line.substr(2, line.find(']') - 2);
    if (line.starts_with("# ")) {
      comment += line.substr(2) + "\n";
    } else {
      const size_t equals = line.find(" = ");
      if (equals != std::string::npos) comments[section + "." + line.substr(0, equals)] = comment;
      comment.clear();
    }
  }
  return comments;
}

TEST(ConfigTest, ExampleFileIsTakenAndShowsTheDefaults) {
  const auto config = ReadConfig(ECLUSE_EXAMPLE);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->disk_reserve, Config().disk_reserve);
  EXPECT_EQ(config->endpoint, Config().endpoint);
}

TEST(ConfigTest, ExampleFileExplainsEverySettingAndNoOther) {
  std::map<std::string, std::string> comments = ExampleComments();
  for (const SettingText& each : DescribeSettings()) {
    const std::string name = each.section + "." + each.name;
    std::string expected = each.reason + "\n" + each.unit;
    expected += each.fallback.empty() ? "" : ", default " + each.fallback;
    expected += each.range == "any" ? "\n" : ", " + each.range + "\n";
    EXPECT_EQ(comments[name], expected) << name;
    comments.erase(name);
  }
  EXPECT_TRUE(comments.empty()) << comments.begin()->first;
}

TEST(ConfigTest, ThereAreFewSettings) { EXPECT_LE(DescribeSettings().size(), 42u); }

}  // namespace
}  // namespace ecluse
