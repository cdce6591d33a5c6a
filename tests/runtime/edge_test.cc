// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/edge.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "proto/content/codec.h"

namespace ecluse {
namespace {

const Destination kTheirs{{"almerys"}, {"authorisation"}};

wire::Deposit::Item ItemOf(Kind kind, const std::string& format, const std::string& content) {
  return {kTheirs, "750000002", "a", kind, format, content};
}

std::vector<Problem> Found(wire::Deposit::Item item, const Routes& routes = {}) {
  content::Rules rules;
  rules.profile = "almerys profile";
  rules.kinds = {Kind::kAuthorisation};
  wire::Deposit deposit{{std::move(item)}};
  Edge({{kTheirs, rules}}, routes, absl::UTCTimeZone()).Look(deposit, absl::UnixEpoch());
  return deposit.items[0].found;
}

TEST(EdgeTest, NativeContentPassesUnread) {
  EXPECT_TRUE(Found(ItemOf(Kind::kAuthorisation, "application/xml", "<certified/>")).empty());
}

TEST(EdgeTest, TypedContentIsReadAndAllItsProblemsAreFound) {
  const std::string empty = content::Encode(content::Authorisation{});
  const auto found = Found(ItemOf(Kind::kAuthorisation, std::string(content::kTyped), empty));
  EXPECT_TRUE(HasErrors(found));
  EXPECT_GT(found.size(), 3u);
}

TEST(EdgeTest, WhatTheGrantWillBringIsNotMissingInABillThatFollows) {
  wire::Deposit::Item item =
      ItemOf(Kind::kBill, std::string(content::kTyped), content::Encode(content::Invoice{}));
  const auto wants_number = [](const Problem& problem) {
    return problem.path == "authorisation_number";
  };
  const auto found = [&](RequestId follows) {
    content::Rules rules;
    rules.requirements = {
        {Kind::kBill, "authorisation_number", content::Presence::kObligatory, "", "test"}};
    wire::Deposit deposit{{item}};
    deposit.items[0].follows = follows;
    Edge({{kTheirs, rules}}, {}, absl::UTCTimeZone()).Look(deposit, absl::UnixEpoch());
    return deposit.items[0].found;
  };
  EXPECT_TRUE(std::ranges::any_of(found({}), wants_number));
  EXPECT_FALSE(std::ranges::any_of(found({7}), wants_number));
}

wire::Deposit::Item Looked(wire::Deposit::Item item, absl::Time now) {
  wire::Deposit deposit{{std::move(item)}};
  Edge({}, {}, absl::UTCTimeZone()).Look(deposit, now);
  return deposit.items[0];
}

TEST(EdgeTest, ATypedBillTellsWhomItPaysAndItsDay) {
  content::Invoice invoice;
  invoice.day = absl::CivilDay(2024, 2, 9);
  invoice.payee_account = "FR1420041010050500013M02606";
  const absl::Time now = absl::FromCivil(absl::CivilDay(2024, 2, 12), absl::UTCTimeZone());
  const auto item =
      Looked(ItemOf(Kind::kBill, std::string(content::kTyped), content::Encode(invoice)), now);
  EXPECT_EQ(item.payee, invoice.payee_account);
  EXPECT_EQ(item.day, absl::CivilDay(2024, 2, 9));
}

TEST(EdgeTest, ADayInTheFutureIsNone) {
  content::Invoice invoice;
  invoice.day = absl::CivilDay(2034, 2, 9);
  const absl::Time now = absl::FromCivil(absl::CivilDay(2024, 2, 12), absl::UTCTimeZone());
  const auto item =
      Looked(ItemOf(Kind::kBill, std::string(content::kTyped), content::Encode(invoice)), now);
  EXPECT_FALSE(item.day);
}

TEST(EdgeTest, AB2FileTellsTheDayOnWhichItWasMade) {
  const absl::Time now = absl::FromCivil(absl::CivilDay(2024, 2, 12), absl::UTCTimeZone());
  std::string file = "000" + std::string(52, '0') + "240209" + std::string(67, '0');
  EXPECT_EQ(Looked(ItemOf(Kind::kBill, "application/x-b2", file), now).day,
            absl::CivilDay(2024, 2, 9));
  file.replace(55, 6, "240231");
  EXPECT_FALSE(Looked(ItemOf(Kind::kBill, "application/x-b2", file), now).day);
}

TEST(EdgeTest, TheOperatorsOwnRulesAreAskedToo) {
  EXPECT_TRUE(HasErrors(Found(ItemOf(Kind::kBill, "application/xml", "<bill/>"))));
}

TEST(EdgeTest, ADepositByCardIsAskedTheRulesOfWhereItWillGo) {
  Route row;
  row.run_by = kTheirs.run_by;
  const auto routes = Routes::Make({row}, absl::UTCTimeZone());
  wire::Deposit::Item item = ItemOf(Kind::kBill, "application/xml", "<bill/>");
  item.destination.run_by = kByCard;
  EXPECT_TRUE(Found(item, *routes).empty());
  item.card = Card{};
  EXPECT_TRUE(HasErrors(Found(item, *routes)));
}

}  // namespace
}  // namespace ecluse
