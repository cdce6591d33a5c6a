// SPDX-License-Identifier: Apache-2.0
#include "proto/sections.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

std::string Refusal(const std::string& text) {
  const auto sections = ParseSections(text, "a.toml");
  return sections.ok() ? "" : std::string(sections.status().message());
}

TEST(SectionsTest, SettingsKeepTheirLinesAndSectionsTheirOrder) {
  const auto sections =
      ParseSections("z = 1\n\n[[b]]\nx = \"y\"\n[a]\nf = true\n[[b]]\n", "a.toml");
  ASSERT_TRUE(sections.ok()) << sections.status();
  ASSERT_EQ(sections->size(), 4u);
  EXPECT_EQ((*sections)[0].settings.at(0).name, "z");
  EXPECT_EQ((*sections)[1].name, "b");
  EXPECT_TRUE((*sections)[1].repeated);
  EXPECT_EQ((*sections)[1].settings.at(0).line, 4u);
  EXPECT_EQ((*sections)[2].name, "a");
  EXPECT_FALSE((*sections)[2].repeated);
  EXPECT_EQ((*sections)[3].line, 7u);
}

TEST(SectionsTest, MistakesNameFileAndLine) {
  EXPECT_EQ(Refusal("a = 1\nb = \n").rfind("a.toml:2: ", 0), 0u);
  EXPECT_EQ(Refusal("a = 1\na = 2\n").rfind("a.toml:2: ", 0), 0u);
  EXPECT_EQ(Refusal("\nb = 2024-02-12\n").rfind("a.toml:2: `b` is neither", 0), 0u);
  EXPECT_EQ(Refusal("b = [1]\n"), "a.toml:1: `b` has something other than texts in its list");
  EXPECT_EQ(Refusal("[a]\n[a.b]\nc = 1\n").rfind("a.toml:2: `b` is neither", 0), 0u);
}

TEST(SectionsTest, FileThatCannotBeReadIsRefused) {
  EXPECT_FALSE(ReadSections("/nothing/here.toml").ok());
  EXPECT_FALSE(ReadSections("/").ok());
}

TEST(SectionsTest, NearestNameIsTheOneMeant) {
  EXPECT_EQ(Nearest("silense", {"lease", "silence", "settle"}), "silence");
  EXPECT_EQ(Nearest("finesss", {"name", "finess"}), "finess");
  EXPECT_EQ(Nearest("completely-other", {"name", "finess"}), "");
}

TEST(SectionsTest, AMistakeOfASettingThatIsNotThereIsToldToo) {
  const auto sections = ParseSections("[[operator]]\nname = \"a\"\n", "c.toml");
  ASSERT_TRUE(sections.ok()) << sections.status();
  const std::string path = "c.toml";
  Fields fields(path, sections->back());
  fields.Text("name");
  fields.Wrong("certificate", "must be given");
  EXPECT_FALSE(fields.Finish().ok());
}

}  // namespace
}  // namespace ecluse
