// SPDX-License-Identifier: Apache-2.0
#include "proto/content/texts.h"

#include <gtest/gtest.h>

#include <set>

#include "proto/content/b2_rules.h"
#include "proto/content/rules.h"
#include "proto/shape.h"

namespace ecluse::content {
namespace {

// Every name that a problem may have: Say() takes names of these lists only.
std::vector<std::string_view> Names() {
  std::vector<std::string_view> names;
  for (const Rule& rule : kRules) names.push_back(rule.name);
  for (const B2Rule& rule : B2Rules()) names.push_back(rule.name);
  return names;
}

bool IsLatin1(std::string_view text) {
  for (const char c : text) {
    // In UTF-8 the characters of ISO-8859-1 begin with C2 or C3, beyond ASCII.
    if (static_cast<uint8_t>(c) > 0xC3) return false;
  }
  return IsText(text, 1000);
}

TEST(RuleTextsTest, EveryRuleSpeaksBothLanguagesWithoutRareCharacters) {
  const std::string_view unknown = RuleText("no.such.rule", Language::kFrench);
  for (const std::string_view name : Names()) {
    const std::string_view french = RuleText(name, Language::kFrench);
    const std::string_view english = RuleText(name, Language::kEnglish);
    EXPECT_NE(french, unknown) << name;
    EXPECT_FALSE(french.empty() || english.empty()) << name;
    EXPECT_NE(french, english) << name;
    EXPECT_TRUE(IsLatin1(french)) << name;
    EXPECT_TRUE(IsLatin1(english)) << name;
  }
}

TEST(RuleTextsTest, NamesAreUniqueAndPlain) {
  std::set<std::string_view> seen;
  for (const std::string_view name : Names()) {
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_."), name.npos) << name;
  }
}

TEST(RuleTextsTest, EveryRuleOfB2HasAName) {
  for (auto rule = b2::Rule::kLength; rule <= b2::Rule::kLong;
       rule = static_cast<b2::Rule>(static_cast<int>(rule) + 1)) {
    EXPECT_NE(NameOf(rule), "b2");
    EXPECT_FALSE(b2::TextOf(rule).empty());
  }
}

TEST(RuleTextsTest, ARareCharacterIsNoticed) { EXPECT_FALSE(IsLatin1("cœur")); }

TEST(RuleTextsTest, SentencesSayWhereWhatWhoAndHowBad) {
  const Problem problem = {"lines[2].code", "lpp.shape", Severity::kError, "LPP"};
  EXPECT_EQ(Sentence(problem, Language::kEnglish),
            "lines[2].code: an LPP code has seven digits (LPP; error)");
  EXPECT_EQ(Sentence(problem, Language::kFrench),
            "lines[2].code : un code LPP a sept chiffres (LPP ; erreur)");
  const Problem whole = {"", "field.unwanted", Severity::kWarning, "test profile"};
  EXPECT_EQ(Sentence(whole, Language::kEnglish),
            "content: the operator does not need the value (test profile; warning)");
}

}  // namespace
}  // namespace ecluse::content
