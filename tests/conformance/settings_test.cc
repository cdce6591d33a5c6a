// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace ecluse::conformance {
namespace {

absl::StatusOr<Settings> Read(const std::string& text) {
  const std::string path =
      ::testing::TempDir() + "conformance_settings_" + std::to_string(getpid()) + ".toml";
  std::ofstream(path) << text;
  return ReadSettings(path);
}

constexpr char kLeast[] =
    "operator = \"example\"\nservice = \"billing\"\nkind = \"bill\"\n"
    "[adapter]\ncommand = [\"./adapter\", \"{endpoint}\"]\n";

TEST(SettingsTest, SmallestFileHasTheUsualRest) {
  const auto settings = Read(kLeast);
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(ToString(settings->destination), "example/billing");
  EXPECT_EQ(settings->kind, Kind::kBill);
  EXPECT_EQ(settings->silence, absl::Seconds(5));
  EXPECT_TRUE(settings->probes && settings->logs_in && settings->may_be_two);
  EXPECT_TRUE(settings->stand.empty());
}

TEST(SettingsTest, MistakesAreToldWithTheirLine) {
  EXPECT_THAT(std::string(Read(std::string(kLeast) + "prober = true\n").status().message()),
              ::testing::HasSubstr(":6:"));
  EXPECT_FALSE(Read("operator = \"example\"\nservice = \"billing\"\n").ok());
  EXPECT_FALSE(Read(std::string("kind = \"love letter\"\n") + kLeast).ok());
  EXPECT_FALSE(Read(std::string(kLeast) + "silence = \"0s\"\n").ok());
}

TEST(SettingsTest, PlaceholdersAreFilledAndOtherBracesStay) {
  EXPECT_EQ(Fill("{a}-{b}-{c} {}", {{"a", "1"}, {"b", "{a}{b}"}}), "1-{a}{b}-{c} {}");
}

}  // namespace
}  // namespace ecluse::conformance
