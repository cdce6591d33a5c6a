// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

TEST_F(CarrierTest, EachServiceHasItsOwnDriver) {
  UseOperator("carte-blanche");
  Says("optoamc", "Accordée");
  EXPECT_EQ(DecisionOf(Deliver("optoamc")), Decision::kGranted);
  EXPECT_TRUE(drivers_["authorisation"]->logins.empty());
  EXPECT_EQ(drivers_["optoamc"]->logins.size(), 1u);
}

TEST_F(CarrierTest, WhatIsNotCarriedHereIsUnsent) {
  UseOperator("viamedis");
  ASSERT_NE(Unsent(Deliver("nothing")), nullptr);
  Envelope other = To("authorisation");
  other.destination.run_by.text = "almerys";
  const auto outcome = Deliver(other, Asking(1));
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kAdapter);
  EXPECT_FALSE(carrier_->Probe(other).has_value());
}

TEST_F(CarrierTest, WhatTheDriverCannotTellNobodyTells) {
  UseOperator("viamedis");
  EXPECT_FALSE(Deliver("authorisation").has_value());
  EXPECT_FALSE(carrier_->Probe(To("authorisation")).has_value());
}

TEST_F(CarrierTest, AnotherAmountThanAskedIsCalledSo) {
  UseOperator("viamedis");
  content::Answer answer;
  answer.status = "Accordée";
  answer.granted = content::Money{900};
  Says("authorisation", answer);
  const auto outcome = Deliver("authorisation");
  EXPECT_EQ(DecisionOf(outcome), Decision::kGrantedOtherAmount);
  EXPECT_EQ(AnswerOf(outcome).decision, Decision::kGrantedOtherAmount);
  EXPECT_EQ(DecisionOf(Deliver(To("authorisation"), Asking(900))), Decision::kGranted);
}

TEST_F(CarrierTest, DestinationsAreThoseOfTheProfile) {
  UseOperator("almerys");
  const auto all = carrier_->Destinations();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(ToString(all.at(0)), "almerys/authorisation");
}

TEST_F(CarrierTest, TheSlowestDriverSaysHowLongADeliveryTakes) {
  UseOperator("almerys");
  drivers_["billing"]->longest = absl::Seconds(90);
  EXPECT_EQ(carrier_->LongestDelivery(), absl::Seconds(90));
}

}  // namespace
}  // namespace ecluse
