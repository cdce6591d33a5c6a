// SPDX-License-Identifier: Apache-2.0
#include "proto/profile/profile.h"

#include <gtest/gtest.h>

namespace ecluse::profile {
namespace {

constexpr char kLeast[] = R"(operator = "op"
label = "Op"
[[service]]
name = "authorisation"
protocol = "portal"
failure_domain = "op"
kinds = ["authorisation"]
[[service]]
name = "billing"
protocol = "mail"
failure_domain = "op"
kinds = ["bill"]
[[word]]
words = ["Accordée"]
means = "granted"
)";  // 15 lines

std::string Refusal(const std::string& more) {
  const auto profile = ParseProfile(kLeast + more, "p.toml");
  return profile.ok() ? "" : std::string(profile.status().message());
}

void Replace(std::string& text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
}

std::string RefusalWith(const std::string& from, const std::string& to) {
  std::string text = kLeast;
  Replace(text, from, to);
  const auto profile = ParseProfile(text, "p.toml");
  return profile.ok() ? "" : std::string(profile.status().message());
}

TEST(ProfileTest, TheLeastThatIsNeededIsEnough) {
  const auto profile = ParseProfile(kLeast, "p.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->name.text, "op");
  const Service* service = profile->Find({"authorisation"});
  ASSERT_NE(service, nullptr);
  EXPECT_EQ(service->rules.profile, "op profile");
  EXPECT_TRUE(service->needs_login);
  EXPECT_EQ(service->words.at("accordee"), Meaning::kGranted);
  EXPECT_EQ(profile->Find({"nothing"}), nullptr);
}

TEST(ProfileTest, SettingsOfAServiceAreTaken) {
  std::string text = kLeast;
  Replace(text, "kinds = [\"bill\"]\n",
          "kinds = [\"bill\"]\nmost_lines = 12\nmost_equipments = 1\nmost_bytes = 1000\n"
          "documents_days = 10\nquotation_creates = true\nbill_after_grant = \"48h\"\n"
          "needs_login = false\nformats = [\"application/x-b2\"]\n");
  const auto profile = ParseProfile(text, "p.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  const Service& service = profile->services.at(1);
  EXPECT_EQ(service.rules.most_lines, 12u);
  EXPECT_EQ(service.rules.most_equipments, 1u);
  EXPECT_EQ(service.rules.most_bytes, 1000u);
  EXPECT_EQ(service.rules.formats.size(), 1u);
  EXPECT_TRUE(service.rules.quotation_creates);
  EXPECT_EQ(service.documents_days, 10u);
  EXPECT_EQ(service.bill_after_grant, absl::Hours(48));
  EXPECT_FALSE(service.needs_login);
}

TEST(ProfileTest, AFieldWithoutAServiceIsForAllThatTakeItsKind) {
  const auto profile = ParseProfile(std::string(kLeast) +
                                        "[[field]]\nkind = \"authorisation\"\npath = \"consent\"\n"
                                        "presence = \"obligatory\"\nsource = \"a norm\"\n",
                                    "p.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->services.at(0).rules.requirements.size(), 1u);
  EXPECT_EQ(profile->services.at(1).rules.requirements.size(), 0u);
}

TEST(ProfileTest, SectionsOfOthersAreKeptAsTheyAre) {
  const auto profile =
      ParseProfile(std::string(kLeast) +
                       "[[policy]]\nservice = \"billing\"\nlease = \"30s\"\n"
                       "[[driver]]\nservices = [\"billing\", \"authorisation\"]\nanything = 1\n",
                   "p.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_TRUE(profile->services.at(0).policy.settings.empty());
  ASSERT_EQ(profile->services.at(1).policy.settings.size(), 1u);
  EXPECT_EQ(profile->services.at(1).policy.settings.at(0).name, "lease");
  EXPECT_EQ(profile->services.at(0).driver.settings.at(0).name, "anything");
}

TEST(ProfileTest, WhatIsMisspeltIsNamedWithItsLineAndWhatWasMeant) {
  EXPECT_EQ(Refusal("[[wrod]]\n"), "p.toml:16: there is no section `wrod`; write [[word]]");
  EXPECT_EQ(Refusal("[[word]]\nwords = [\"x\"]\nmeens = \"granted\"\n"),
            "p.toml:18: [[word]] there is no setting `meens`; is `means` meant?");
  EXPECT_EQ(Refusal("[[word]]\nwords = [\"x\"]\nmeans = \"grantd\"\n"),
            "p.toml:18: [[word]] `means` knows no \"grantd\"; is \"granted\" meant?");
  EXPECT_EQ(
      Refusal("[[policy]]\nservice = \"biling\"\n"),
      "p.toml:17: [[policy]] `service` knows no [[service]] \"biling\"; is \"billing\" meant?");
  EXPECT_EQ(RefusalWith("protocol = \"mail\"", "protocol = \"fax\""),
            "p.toml:10: [[service]] `protocol` knows no \"fax\"; there is portal, exchange, mail");
}

TEST(ProfileTest, WhatIsMissingIsNamed) {
  EXPECT_EQ(Refusal("[[policy]]\nlease = \"30s\"\n"), "p.toml:16: [[policy]] `service` is missing");
  EXPECT_EQ(RefusalWith("label = \"Op\"\n", ""), "p.toml: `label` is missing");
  EXPECT_NE(RefusalWith("failure_domain = \"op\"\n", "").find("`failure_domain` is missing"),
            std::string::npos);
}

TEST(ProfileTest, TheSameTwiceIsAMistake) {
  EXPECT_NE(Refusal("[[word]]\nwords = [\"ACCORDEE \"]\nmeans = \"refused\"\n").find("already"),
            std::string::npos);
  EXPECT_NE(RefusalWith("\"billing\"", "\"authorisation\"").find("already"), std::string::npos);
  const std::string policy = "[[policy]]\nservice = \"billing\"\n";
  EXPECT_NE(Refusal(policy + policy).find("already"), std::string::npos);
}

TEST(ProfileTest, NonsenseIsRefused) {
  EXPECT_NE(RefusalWith("operator = \"op\"", "operator = \"card\""), "");
  EXPECT_NE(RefusalWith("operator = \"op\"", "operator = \"Op!\""), "");
  EXPECT_NE(RefusalWith("kinds = [\"bill\"]", "kinds = []"), "");
  EXPECT_NE(RefusalWith("kinds = [\"bill\"]", "kinds = [\"bill\"]\nmost_lines = 0"), "");
  EXPECT_NE(RefusalWith("kinds = [\"bill\"]", "kinds = [\"bill\"]\nbill_after_grant = \"2d\""), "");
  EXPECT_NE(RefusalWith("[[word]]", "[word]"), "");
  EXPECT_NE(Refusal("[[service]]\nname = \"other\"\n"), "");
}

TEST(ProfileTest, AServiceWhoseAnswersNobodyUnderstandsIsRefused) {
  EXPECT_NE(RefusalWith("[[word]]\n", "[[word]]\nservice = \"billing\"\n").find("[[word]]"),
            std::string::npos);
}

TEST(ProfileTest, AFieldMustExistAndSayWhoAsksForIt) {
  const std::string field = "[[field]]\nkind = \"authorisation\"\npresence = \"obligatory\"\n";
  EXPECT_EQ(Refusal(field + "path = \"consent\"\nsource = \"a norm\"\n"), "");
  EXPECT_NE(Refusal(field + "path = \"consent.age\"\nsource = \"a norm\"\n"), "");
  EXPECT_NE(Refusal(field + "path = \"consent\"\n"), "");
  EXPECT_NE(Refusal(field + "path = \"consent\"\nsource = \"\"\n"), "");
  EXPECT_NE(Refusal(field + "path = \"consent\"\nsource = \"x\"\nwhen = \"domain\"\n"), "");
}

TEST(ProfileTest, AConditionalFieldSaysWhen) {
  const std::string field =
      "[[field]]\nkind = \"authorisation\"\npresence = \"conditional\"\n"
      "path = \"prescription.date\"\nsource = \"a norm\"\n";
  EXPECT_EQ(Refusal(field + "when = \"domain=optics\"\n"), "");
  EXPECT_NE(Refusal(field), "");
  EXPECT_NE(Refusal(field + "when = \"domain=\"\n"), "");
  EXPECT_NE(Refusal(field + "when = \"weather=rain\"\n"), "");
}

TEST(ProfileTest, WordsAreFoldedTheSameWayAsTheyAreLookedUp) {
  EXPECT_EQ(Fold("  Accordée sous\tRÉSERVE  de pièces "), "accordee sous reserve de pieces");
  EXPECT_EQ(Fold("PECAPJ"), "pecapj");
  EXPECT_EQ(Fold("N° SS inconnu"), "n° ss inconnu");
  EXPECT_EQ(Fold("Cœur d’Œuvre"), "coeur d'oeuvre");
  EXPECT_EQ(Fold("e\xCC\x81tat"), "etat");
  EXPECT_EQ(Fold("en\xC2\xA0"
                 "attente"),
            "en attente");
  EXPECT_EQ(Fold("\xC3"), "\xC3");
  EXPECT_EQ(Fold(" \n"), "");
}

}  // namespace
}  // namespace ecluse::profile
