// SPDX-License-Identifier: Apache-2.0
// A sixth operator is a folder: a profile.toml, and nothing else anywhere.
#include <filesystem>

#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

class SixthTest : public CarrierTest {
 protected:
  SixthTest() {
    const std::string folder = folder_ + "/operators/sixth";
    std::filesystem::create_directories(folder);
    std::filesystem::copy(ECLUSE_SIXTH, folder);
    Use(folder);
  }
};

TEST_F(SixthTest, IsCarriedWithoutAnyCodeOfItsOwn) {
  Says("authorisation", "d'accord");
  EXPECT_EQ(DecisionOf(Deliver("authorisation")), Decision::kGranted);
  EXPECT_EQ(drivers_["authorisation"]->logins, std::vector<std::string>{"login-shop"});
}

TEST_F(SixthTest, ItsRulesAndDelaysHold) {
  Says("authorisation", "D’accord, avec pièces");
  EXPECT_EQ(AnswerOf(Deliver("authorisation")).wanted_by, absl::CivilDay(2024, 2, 17));
  content::Invoice bill;
  bill.granted_on = absl::CivilDay(2024, 2, 12);
  EXPECT_NE(Unsent(Deliver(To("billing", Kind::kBill), bill)), nullptr);
  EXPECT_EQ(profile_.Find({"authorisation"})->rules.requirements.size(), 1u);
  EXPECT_EQ(profile_.Find({"billing"})->policy.settings.size(), 1u);
}

TEST_F(SixthTest, ItsAnswerIsFetchedLater) {
  Says("authorisation", "Plus tard");
  EXPECT_EQ(DecisionOf(Deliver("authorisation")), Decision::kPending);
  Says("authorisation", "D'accord");
  EXPECT_EQ(DecisionOf(carrier_->Probe(To("authorisation"))), Decision::kGranted);
}

}  // namespace
}  // namespace ecluse
