// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

outcome::Deferred Hindered(Hindrance hindrance) { return {hindrance, {}, true, 0}; }

TEST_F(CarrierTest, TheDriverGetsThePracticesLogin) {
  UseOperator("viamedis");
  Deliver("authorisation");
  EXPECT_EQ(drivers_["authorisation"]->logins, std::vector<std::string>{"login-shop"});
}

TEST_F(CarrierTest, AServiceWithoutLoginsIsCarriedWithoutTheVault) {
  UseOperator("viamedis");
  Envelope bill = To("billing", Kind::kBill);
  bill.practice = {"nobody"};
  Deliver(bill, content::Invoice{});
  EXPECT_EQ(drivers_["billing"]->logins, std::vector<std::string>{"-"});
}

TEST_F(CarrierTest, APracticeWithoutALoginIsHeldAndNothingIsSent) {
  UseOperator("viamedis");
  Envelope envelope = To("authorisation");
  envelope.practice = {"nobody"};
  const auto outcome = Deliver(envelope, Asking(1));
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kCredentials);
  EXPECT_FALSE(Unsent(outcome)->whole_destination);
  EXPECT_TRUE(drivers_["authorisation"]->logins.empty());
}

TEST_F(CarrierTest, ARefusedLoginIsTriedOnceAndSaysWhichOneItWas) {
  UseOperator("viamedis");
  drivers_["authorisation"]->says = Hindered(Hindrance::kCredentials);
  for (int i = 0; i < 3; ++i) {
    const auto outcome = Deliver("authorisation");
    ASSERT_NE(Unsent(outcome), nullptr);
    EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kCredentials);
    EXPECT_EQ(Unsent(outcome)->epoch, Open().Find({"shop"})->epoch);
    EXPECT_FALSE(Unsent(outcome)->whole_destination);
  }
  EXPECT_EQ(drivers_["authorisation"]->logins.size(), 1u);
}

TEST_F(CarrierTest, AProbeUsesNoRefusedLoginEither) {
  UseOperator("viamedis");
  drivers_["authorisation"]->says = Hindered(Hindrance::kCredentials);
  carrier_->Probe(To("authorisation"));
  const auto outcome = carrier_->Probe(To("authorisation"));
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kCredentials);
  EXPECT_EQ(drivers_["authorisation"]->logins.size(), 1u);
}

TEST_F(CarrierTest, ANewSecretLetsTheAccountGoOn) {
  UseOperator("viamedis");
  drivers_["authorisation"]->says = Hindered(Hindrance::kCredentials);
  Deliver("authorisation");
  const uint64_t epoch = Set("shop", "new");
  EXPECT_EQ(carrier_->Accounts().at(0).epoch, epoch);
  Says("authorisation", "En attente");
  EXPECT_EQ(DecisionOf(Deliver("authorisation")), Decision::kPending);
}

TEST_F(CarrierTest, AVaultThatCantBeReadStopsTheDestination) {
  UseOperator("viamedis");
  Write(vault_file(), "damage");
  const auto outcome = Deliver("authorisation");
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kAdapter);
  EXPECT_TRUE(Unsent(outcome)->whole_destination);
  EXPECT_TRUE(drivers_["authorisation"]->logins.empty());
}

// Génération: the word may mean a wrong login, so with a secret that was never accepted only this
// account rests, and at the third time it needs a person.
TEST_F(CarrierTest, UnavailableMayMeanAWrongLogin) {
  UseOperator("generation");
  Says("authorisation", "Service momentanément indisponible");
  for (uint32_t i = 1; i < Accounts::kSuspicions; ++i) {
    const auto outcome = Deliver("authorisation");
    ASSERT_NE(Unsent(outcome), nullptr);
    EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kAccount);
    EXPECT_FALSE(Unsent(outcome)->whole_destination);
    now_ += Unsent(outcome)->retry_after;
  }
  const auto last = Deliver("authorisation");
  ASSERT_NE(Unsent(last), nullptr);
  EXPECT_EQ(Unsent(last)->hindrance, Hindrance::kCredentials);
}

TEST_F(CarrierTest, UnavailableClosesTheDestinationWhereTheLoginWasProven) {
  UseOperator("generation");
  Says("authorisation", "En attente");
  Deliver("authorisation");
  Says("authorisation", "Service momentanément indisponible");
  const auto outcome = Deliver("authorisation");
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kClosed);
  EXPECT_TRUE(Unsent(outcome)->whole_destination);
}

TEST_F(CarrierTest, AClosingWithAnHourIsNoWordAboutALogin) {
  UseOperator("generation");
  drivers_["authorisation"]->says =
      outcome::Deferred{Hindrance::kClosed, absl::Minutes(5), true, 0};
  const auto outcome = Deliver("authorisation");
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kClosed);
}

}  // namespace
}  // namespace ecluse
