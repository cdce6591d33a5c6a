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
