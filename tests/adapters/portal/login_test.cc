// SPDX-License-Identifier: Apache-2.0
// Logins that are not let in, and what "unavailable" may mean of them.
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

class UnavailableTest : public PortalTest {
 protected:
  UnavailableTest() {
    settings_.unavailable_may_be_login = true;
    Serve([this](TlsPeer& peer) {
      TlsPeer::Request request;
      std::string body;
      if (!peer.ReadHead(request) || !peer.ReadBody(request, body)) return;
      peer.Answer(200, "", down_ ? R"({"status":"indisponible"})" : R"({"status":"accordee"})");
    });
  }
  std::atomic<bool> down_ = true;
};

TEST_F(UnavailableTest, SaidToANewLoginItStopsTheAccount) { EXPECT_EQ(Deliver(), kRefusedLogin); }

TEST_F(UnavailableTest, WithoutTheProfilesWordItStopsTheDestination) {
  settings_.unavailable_may_be_login = false;
  EXPECT_EQ(Deliver(), kClosedForAll);
}

TEST_F(UnavailableTest, SaidToAProvenLoginItStopsTheDestination) {
  down_ = false;
  Deliver();
  down_ = true;
  EXPECT_EQ(Deliver(), kClosedForAll);
}

TEST_F(UnavailableTest, ANewSecretIsProvenAnew) {
  down_ = false;
  Deliver();
  down_ = true;
  ++credential_.epoch;
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kCredentials);
}

TEST_F(UnavailableTest, OnceAProvenLoginHearsItNewOnesAreNotBlamed) {
  down_ = false;
  Deliver();
  down_ = true;
  Deliver();
  credential_ = {{"other-shop"}, "other", "secret", 1};
  EXPECT_EQ(Deliver(), kClosedForAll);
}

}  // namespace
}  // namespace ecluse::portal
