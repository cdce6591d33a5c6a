// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "adapters/protocols/exchange/driver.h"

namespace ecluse::exchange {
namespace {

absl::Status Read(const std::string& text, Settings& settings) {
  const auto sections = ParseSections("[[driver]]\n" + text, "profile.toml");
  if (!sections.ok()) return sections.status();
  return ReadDriverSection("profile.toml", sections->back(), settings);
}

TEST(ExchangeSettingsTest, TimeoutsAndPromisesComeFromTheProfile) {
  Settings settings;
  const auto status = Read(
      "service = \"optoamc\"\ntotal_timeout = \"30s\"\nanswer_bytes = 1000\n"
      "expect_continue = false\nrefuses_with_503 = true\nbills_at_once = true\n",
      settings);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(settings.site.total_timeout, absl::Seconds(30));
  EXPECT_EQ(settings.site.answer_bytes, 1000U);
  EXPECT_FALSE(settings.site.expect_continue);
  EXPECT_TRUE(settings.terms.promises.closed_503);
  EXPECT_TRUE(settings.terms.promises.bills_at_once);
}

TEST(ExchangeSettingsTest, NothingIsPromisedUnlessTheProfileSaysSo) {
  Settings settings;
  ASSERT_TRUE(ReadDriverSection("profile.toml", Section{}, settings).ok());
  const Promises& p = settings.terms.promises;
  EXPECT_FALSE(p.closed_503 || p.busy_429 || p.html_page || p.cancels_at_once || p.bills_at_once);
}

TEST(ExchangeSettingsTest, MistakesAreToldWithTheirLine) {
  for (const char* wrong : {"refuse_with_503 = true", "total_timeout = \"2h\"",
                            "total_timeout = 30", "answer_bytes = 0", "bills_at_once = 1"}) {
    Settings settings;
    const auto status = Read(wrong, settings);
    EXPECT_FALSE(status.ok()) << wrong;
    EXPECT_NE(status.message().find("2"), std::string::npos) << status;
  }
}

}  // namespace
}  // namespace ecluse::exchange
