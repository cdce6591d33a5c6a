// SPDX-License-Identifier: Apache-2.0
// Every profile that comes with Écluse reads, and says what is documented of its operator.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "proto/content/content.h"
#include "proto/profile/profile.h"

namespace ecluse::profile {
namespace {

Profile Read(const std::string& name) {
  auto profile = ReadProfile(std::string(ECLUSE_OPERATORS) + "/" + name + "/profile.toml");
  EXPECT_TRUE(profile.ok()) << profile.status();
  return profile.ok() ? *std::move(profile) : Profile();
}

TEST(OperatorsTest, EveryProfileReadsAndIsCalledAsItsFolder) {
  std::set<std::string> seen;
  for (const auto& folder : std::filesystem::directory_iterator(ECLUSE_OPERATORS)) {
    if (!std::filesystem::exists(folder.path() / "profile.toml")) continue;
    const std::string name = folder.path().filename().string();
    EXPECT_EQ(Read(name).name.text, name);
    seen.insert(name);
  }
  EXPECT_EQ(seen.size(), 5u);
}

TEST(OperatorsTest, OxantisFallsTogetherWithViamedis) {
  EXPECT_EQ(Read("oxantis").services.at(0).failure_domain,
            Read("viamedis").services.at(0).failure_domain);
}

TEST(OperatorsTest, OxantisCodePecapjWaitsForDocuments) {
  EXPECT_EQ(Read("oxantis").services.at(0).words.at(Fold("PECAPJ")),
            Meaning::kGrantedPendingDocuments);
}

TEST(OperatorsTest, AtAlmerysOnlyThePortalCloses) {
  const Profile almerys = Read("almerys");
  EXPECT_NE(almerys.Find({"authorisation"})->failure_domain,
            almerys.Find({"billing"})->failure_domain);
}

TEST(OperatorsTest, AlmerysTakesOneEquipmentNoQuotationAndNoEarlyBill) {
  const Profile almerys = Read("almerys");
  EXPECT_EQ(almerys.Find({"authorisation"})->rules.most_equipments, 1u);
  EXPECT_TRUE(almerys.Find({"authorisation"})->rules.quotation_creates);
  EXPECT_EQ(almerys.Find({"billing"})->bill_after_grant, absl::Hours(48));
}

TEST(OperatorsTest, CarteBlanchesSiteAndFlowCloseSeparately) {
  const Profile carte_blanche = Read("carte-blanche");
  EXPECT_NE(carte_blanche.Find({"authorisation"})->failure_domain,
            carte_blanche.Find({"optoamc"})->failure_domain);
}

TEST(OperatorsTest, GenerationWantsDocumentsWithinTenDays) {
  EXPECT_EQ(Read("generation").Find({"authorisation"})->documents_days, 10u);
}

}  // namespace
}  // namespace ecluse::profile
