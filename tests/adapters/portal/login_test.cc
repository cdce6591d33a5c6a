// SPDX-License-Identifier: Apache-2.0
// Logins that are not let in.
#include "tests/adapters/portal/portal_fixture.h"

namespace ecluse::portal {
namespace {

const Outcome kRefusedLogin = outcome::Deferred{Hindrance::kCredentials, {}, false, 3};
const Outcome kClosedForAll = outcome::Deferred{Hindrance::kClosed, {}, true, 0};

TEST_F(PortalTest, ARefusedLoginTellsItsEpochAndStopsNobodyElse) {
  for (const char* why : {"wrong", "locked", "change_password"}) {
    AnswerJson(401, std::string(R"({"login":")") + why + R"("})");
    Forget();
    EXPECT_EQ(Deliver(), kRefusedLogin);
    EXPECT_EQ(Probe(), kRefusedLogin);
  }
}

TEST_F(PortalTest, AnAccountThatIsNotOpenYetWaitsAlone) {
  AnswerJson(403, R"({"account":"not_open"})", "Retry-After: 3600\r\n");
  EXPECT_EQ(Deliver(), Outcome(outcome::Deferred{Hindrance::kAccount, absl::Hours(1), false, 0}));
}

TEST_F(PortalTest, AFunctionThatIsNotOpenYetStopsTheDestination) {
  AnswerJson(403, R"({"service":"not_open"})");
  EXPECT_EQ(Deliver(), kClosedForAll);
  EXPECT_EQ(Probe(), std::nullopt);
}

TEST_F(PortalTest, ALoginWithAColonIsNeverSent) {
  AnswerJson(202, "");
  credential_.login = "shop:login";
  EXPECT_EQ(Deliver(), kRefusedLogin);
  EXPECT_EQ(read_, 0);
}

TEST_F(PortalTest, UnavailableStopsTheDestinationAndIsNoNewsToAProbe) {
  AnswerJson(200, R"({"status":"Indisponible"})");
  EXPECT_EQ(Deliver(), kClosedForAll);
  EXPECT_EQ(Probe(), Outcome(outcome::Deferred{Hindrance::kClosed, {}, false, 0}));
}

}  // namespace
}  // namespace ecluse::portal
