// SPDX-License-Identifier: Apache-2.0
// The number of a grant: into bills, out of answers.
#include "adapters/operators/grant.h"

#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

content::Content Bill(const std::string& number) {
  content::Invoice bill;
  bill.number = "1";
  bill.day = absl::CivilDay(2024, 2, 5);
  bill.authorisation_number = number;
  return bill;
}

class GrantTest : public CarrierTest {
 protected:
  std::optional<Outcome> DeliverBill(const std::string& own, const std::string& grant) {
    return carrier_->DeliverGranted(To("billing", Kind::kBill), 1, content::Encode(Bill(own)),
                                    grant);
  }
  std::string Sent() {
    auto sent = content::Decode(drivers_.at("billing")->contents.at(0));
    EXPECT_TRUE(sent.ok());
    return std::get<content::Invoice>(*sent).authorisation_number;
  }
};

TEST_F(GrantTest, ABillWithoutANumberTakesTheGrants) {
  UseOperator("viamedis");
  DeliverBill("", "OP1");
  EXPECT_EQ(Sent(), "OP1");
}

TEST_F(GrantTest, ABillWithTheSameNumberGoesAsItIs) {
  UseOperator("viamedis");
  DeliverBill("OP1", " OP1");
  EXPECT_EQ(drivers_.at("billing")->contents.at(0), content::Encode(Bill("OP1")));
}

TEST_F(GrantTest, ABillWithAnotherNumberIsNotSentAndAPersonLooks) {
  UseOperator("viamedis");
  std::string told;
  carrier_->LogTo([&](const std::string& line) { told += line; });
  const auto outcome = DeliverBill("OP2", "OP1");
  ASSERT_NE(Unsent(outcome), nullptr);
  EXPECT_EQ(Unsent(outcome)->hindrance, Hindrance::kTechnical);
  EXPECT_FALSE(Unsent(outcome)->whole_destination);
  EXPECT_TRUE(drivers_.at("billing")->contents.empty());
  EXPECT_NE(told.find("request 7"), std::string::npos);
  EXPECT_EQ(told.find("OP2"), std::string::npos) << "what the practice wrote is not told";
}

TEST_F(GrantTest, WithoutAGrantTheOwnNumberStays) {
  UseOperator("viamedis");
  DeliverBill("OP2", "");
  EXPECT_EQ(Sent(), "OP2");
}

TEST_F(GrantTest, NativeContentIsNeverTouched) {
  UseOperator("viamedis");
  Envelope native = To("billing", Kind::kBill);
  native.format = content::kB2;
  carrier_->DeliverGranted(native, 1, "000…", "OP1");
  EXPECT_EQ(drivers_.at("billing")->contents.at(0), "000…");
}

TEST(TakeGrantTest, DocumentsAndCancellationsTakeItRequestsDoNot) {
  content::Content document = content::Document{};
  content::Content cancellation = content::Cancellation{};
  content::Content request = content::Authorisation{};
  EXPECT_EQ(TakeGrant("OP1", document), Fit::kFilled);
  EXPECT_EQ(std::get<content::Document>(document).authorisation_number, "OP1");
  EXPECT_EQ(TakeGrant("OP1", cancellation), Fit::kFilled);
  EXPECT_EQ(std::get<content::Cancellation>(cancellation).authorisation_number, "OP1");
  EXPECT_EQ(TakeGrant("OP1", request), Fit::kAsItIs);
}

TEST_F(GrantTest, TheNumberInAnAnswerIsTold) {
  UseOperator("viamedis");
  content::Answer answer;
  answer.status = "Accordée";
  answer.authorisation_number = "OP1";
  Says("authorisation", answer);
  const auto outcome = Deliver("authorisation");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(std::get<outcome::Answered>(*outcome).number, "OP1");
  answer.status = "Accordée sous réserve de pièces";
  Says("authorisation", answer);
  const auto word = carrier_->Probe(To("authorisation"));
  ASSERT_TRUE(word);
  EXPECT_EQ(std::get<outcome::Accepted>(*word).number, "OP1");
}

}  // namespace
}  // namespace ecluse
