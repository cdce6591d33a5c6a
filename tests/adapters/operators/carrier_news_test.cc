// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "tests/adapters/operators/carrier_fixture.h"

namespace ecluse {
namespace {

Handler::News Paid(uint64_t token, uint64_t request) {
  return {token, {request}, outcome::Answered{Decision::kPaid, "", ""}};
}

TEST_F(CarrierTest, NewsOfSeveralDriversKeepApart) {
  UseOperator("carte-blanche");
  drivers_["optoamc"]->news = {Paid(1, 10)};
  drivers_["billing"]->news = {Paid(1, 20), Paid(2, 21)};
  std::set<uint64_t> tokens;
  for (const auto& news : carrier_->Collect()) tokens.insert(news.token);
  EXPECT_EQ(tokens.size(), 3u);
}

TEST_F(CarrierTest, WhatIsNotNotedComesAgainUnderTheSameToken) {
  UseOperator("almerys");
  drivers_["billing"]->news = {Paid(5, 10)};
  const auto first = carrier_->Collect();
  const auto second = carrier_->Collect();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(first.at(0).token, second.at(0).token);
}

TEST_F(CarrierTest, TheDriverHearsOfItsOwnTokenOnce) {
  UseOperator("almerys");
  drivers_["billing"]->news = {Paid(5, 10)};
  const auto news = carrier_->Collect();
  carrier_->Noted(news.at(0), ErrorCode::kNone);
  carrier_->Noted(news.at(0), ErrorCode::kNone);
  EXPECT_EQ(drivers_["billing"]->noted, std::vector<uint64_t>{5});
  EXPECT_TRUE(drivers_["authorisation"]->noted.empty());
}

}  // namespace
}  // namespace ecluse
