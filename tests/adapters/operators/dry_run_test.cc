// SPDX-License-Identifier: Apache-2.0
// What a carrier finds without sending.
#include <algorithm>

#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

class DryRunTest : public CarrierTest {
 protected:
  std::vector<Problem> Run(const Envelope& envelope, const content::Content& content,
                           const std::string& grant = "") {
    return carrier_->DryRun(envelope, content::Encode(content), grant);
  }
  static bool Has(const std::vector<Problem>& problems, const std::string& rule) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const Problem& problem) { return problem.rule == rule; });
  }
  static content::Content OpticsBill() {
    content::Invoice bill;
    bill.number = "1";
    bill.day = absl::CivilDay(2024, 2, 5);
    bill.domain = "optics";
    return bill;
  }
  void ExpectNothingSaid() {
    for (const auto& [name, driver] : drivers_) EXPECT_TRUE(driver->logins.empty()) << name;
  }
};

TEST_F(DryRunTest, RulesOfTheProfileAreAskedAndNothingIsSaidToTheOperator) {
  UseOperator("viamedis");
  const auto problems = Run(To("authorisation"), Asking(1'000));
  EXPECT_TRUE(Has(problems, "field.missing"));
  EXPECT_TRUE(HasErrors(problems));
  ExpectNothingSaid();
}

TEST_F(DryRunTest, AMessageThatCantBeWrittenIsFound) {
  UseOperator("viamedis");
  drivers_["authorisation"]->renders = absl::InvalidArgumentError("lines[0].code: too long");
  const auto problems = Run(To("authorisation"), Asking(1'000));
  const auto found = std::find_if(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.rule == "message.unwritable";
  });
  ASSERT_NE(found, problems.end());
  EXPECT_EQ(found->path, "lines[0].code: too long");
}

TEST_F(DryRunTest, APracticeWithoutALoginIsWarnedOf) {
  UseOperator("viamedis");
  EXPECT_FALSE(Has(Run(To("authorisation"), Asking(1)), "login.missing"));
  Envelope other = To("authorisation");
  other.practice = {"stranger"};
  EXPECT_TRUE(Has(Run(other, Asking(1)), "login.missing"));
}

TEST_F(DryRunTest, ARefusedLoginIsWarnedOfUntilItIsRenewed) {
  UseOperator("viamedis");
  drivers_["authorisation"]->says = outcome::Deferred{Hindrance::kCredentials, {}, false, 0};
  Deliver("authorisation");
  EXPECT_TRUE(Has(Run(To("authorisation"), Asking(1)), "login.refused"));
  Set("shop", "another");
  EXPECT_FALSE(Has(Run(To("authorisation"), Asking(1)), "login.refused"));
}

TEST_F(DryRunTest, ANumberThatTheGrantWillBringIsNotMissing) {
  UseOperator("oxantis");
  Envelope bill = To("billing", Kind::kBill);
  EXPECT_FALSE(Has(Run(bill, OpticsBill()), "grant.unknown")) << "it follows nothing";
  bill.follows = {3};
  const auto before = Run(bill, OpticsBill());
  EXPECT_TRUE(Has(before, "grant.unknown"));
  EXPECT_FALSE(Has(Run(bill, OpticsBill(), "OP1"), "grant.unknown"));
}

TEST_F(DryRunTest, ANumberThatIsNotTheGrantsIsAnError) {
  UseOperator("oxantis");
  content::Content bill = OpticsBill();
  std::get<content::Invoice>(bill).authorisation_number = "OP2";
  EXPECT_TRUE(Has(Run(To("billing", Kind::kBill), bill, "OP1"), "grant.differs"));
}

TEST_F(DryRunTest, AServiceThatIsNotCarriedHereIsAnError) {
  UseOperator("viamedis");
  EXPECT_TRUE(Has(Run(To("nothing"), Asking(1)), "dry-run.not-carried"));
}

}  // namespace
}  // namespace ecluse
