// SPDX-License-Identifier: Apache-2.0
// What is documented of each operator, one test each; the READMEs of their folders say by whom.
#include "proto/content/check.h"
#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

using enum content::DocumentKind;

content::Invoice BillGranted(int day) {
  content::Invoice bill;
  bill.number = "1";
  bill.day = absl::CivilDay(2024, 2, day);
  bill.granted_on = absl::CivilDay(2024, 2, day);
  return bill;
}

TEST_F(CarrierTest, ViamedisWaitsForFourDocumentsWhereItNamesNone) {
  UseOperator("viamedis");
  Says("authorisation", "Accordée sous réserve de pièces");
  const auto outcome = Deliver("authorisation");
  EXPECT_EQ(DecisionOf(outcome), Decision::kGrantedPendingDocuments);
  EXPECT_EQ(AnswerOf(outcome).wanted,
            (std::vector{kQuotation, kDeliveryNote, kPrescription, kInvoice}));
}

TEST_F(CarrierTest, OxantisSaysTheSameByACode) {
  UseOperator("oxantis");
  Says("authorisation", "PECAPJ");
  const auto outcome = carrier_->Probe(To("authorisation"));
  EXPECT_EQ(DecisionOf(outcome), Decision::kGrantedPendingDocuments);
  EXPECT_EQ(AnswerOf(outcome).wanted.size(), 4u);
}

TEST_F(CarrierTest, DocumentsThatAreNamedAreNotAddedTo) {
  UseOperator("oxantis");
  content::Answer answer;
  answer.status = "PECAPJ";
  answer.wanted = {kPrescription};
  Says("authorisation", answer);
  EXPECT_EQ(AnswerOf(Deliver("authorisation")).wanted.size(), 1u);
}

TEST_F(CarrierTest, AlmerysRefusesABillWithinTwoDaysOfTheGrantSoItWaits) {
  UseOperator("almerys");
  // Noon UTC is one o'clock in Paris: eleven hours to the end of the day, and two days more.
  const auto outcome = Deliver(To("billing", Kind::kBill), BillGranted(12));
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kTooEarly);
  EXPECT_EQ(Unsent(outcome)->retry_after, absl::Hours(11 + 48));
  EXPECT_TRUE(drivers_["billing"]->logins.empty());
}

TEST_F(CarrierTest, AlmerysGetsABillThatIsOldEnough) {
  UseOperator("almerys");
  Deliver(To("billing", Kind::kBill), BillGranted(9));
  EXPECT_EQ(drivers_["billing"]->logins.size(), 1u);
}

TEST_F(CarrierTest, ABillThatCantBeReadIsNotTooEarly) {
  UseOperator("almerys");
  Envelope native = To("billing", Kind::kBill);
  native.format = content::kB2;
  carrier_->Deliver(native, 1, "000");
  EXPECT_EQ(drivers_["billing"]->logins.size(), 1u);
}

TEST_F(CarrierTest, AlmerysNeverGetsAQuotationForItWouldCreateAnAuthorisation) {
  UseOperator("almerys");
  const profile::Service& service = *profile_.Find({"authorisation"});
  content::Quotation quotation;
  quotation.request = std::get<content::Authorisation>(Asking(1'000));
  const auto problems =
      content::Check(Kind::kQuotation, content::kTyped, content::Encode(quotation), service.rules,
                     absl::CivilDay(2024, 2, 12));
  EXPECT_TRUE(HasErrors(problems));
}

TEST_F(CarrierTest, AlmerysReopensAccountByAccount) {
  UseOperator("almerys");
  drivers_["authorisation"]->says =
      outcome::Deferred{Hindrance::kAccount, absl::Hours(1), false, 0};
  const auto outcome = Deliver("authorisation");
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kAccount);
  EXPECT_FALSE(Unsent(outcome)->whole_destination);
  EXPECT_EQ(Unsent(outcome)->retry_after, absl::Hours(1));
}

TEST_F(CarrierTest, CarteBlanchesOldPasswordsWaitForNewOnes) {
  Set("shop", "old", now_ - absl::Hours(1));
  UseOperator("carte-blanche");
  auto profile =
      profile::ReadProfile(std::string(ECLUSE_OPERATORS) + "/carte-blanche/profile.toml");
  Carrier::Parts parts;
  auto driver = std::make_unique<ScriptedDriver>();
  ScriptedDriver* site = driver.get();
  parts.profile = *profile;
  parts.quirks = MakeQuirks("");
  parts.drivers[{"authorisation"}] = std::move(driver);
  parts.accounts =
      std::make_unique<Accounts>(AccountsOptions{vault_file(), key_file(), refusals_file(), now_});
  Carrier carrier(std::move(parts));
  const auto before = carrier.Deliver(To("authorisation"), 1, content::Encode(Asking(1)));
  ASSERT_NE(Unsent(before), nullptr);
  EXPECT_EQ(Unsent(before)->hindrance, Hindrance::kCredentials);
  Set("shop", "new", now_ + absl::Hours(1));
  carrier.Deliver(To("authorisation"), 1, content::Encode(Asking(1)));
  EXPECT_EQ(site->logins.size(), 1u);
}

TEST_F(CarrierTest, GenerationWantsDocumentsWithinTenDays) {
  UseOperator("generation");
  Says("authorisation", "Accordée sous réserve de pièces");
  EXPECT_EQ(AnswerOf(Deliver("authorisation")).wanted_by, absl::CivilDay(2024, 2, 22));
  content::Answer dated;
  dated.status = "Accordée sous réserve de pièces";
  dated.granted_on = absl::CivilDay(2024, 2, 10);
  Says("authorisation", dated);
  EXPECT_EQ(AnswerOf(Deliver("authorisation")).wanted_by, absl::CivilDay(2024, 2, 20));
}

TEST_F(CarrierTest, GenerationsGrantBesideAnUnknownInsuredIsNotToBeReliedOn) {
  UseOperator("generation");
  content::Answer answer;
  answer.status = "Accordé";
  answer.reasons = {{"", "N° Sécurité sociale inconnu"}};
  Says("authorisation", answer);
  EXPECT_EQ(DecisionOf(Deliver("authorisation")), Decision::kGrantedUnusable);
}

TEST_F(CarrierTest, TechnicalRefusalIsADecisionNowhere) {
  for (const char* name : {"viamedis", "oxantis", "almerys", "carte-blanche", "generation"}) {
    UseOperator(name);
    Says("authorisation", "Refus technique");
    const auto outcome = Deliver("authorisation");
    ASSERT_NE(Unsent(outcome), nullptr) << name;
    EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kTechnical) << name;
  }
}

TEST(QuirksTest, AreThoseOfAFolderOrNone) {
  EXPECT_NE(MakeQuirks(""), nullptr);
  EXPECT_NE(MakeQuirks("viamedis"), nullptr);
  EXPECT_EQ(MakeQuirks("nobody"), nullptr);
}

}  // namespace
}  // namespace ecluse
