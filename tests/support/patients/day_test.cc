// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/day.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "proto/content/texts.h"
#include "proto/profile/profile.h"
#include "tests/support/patients/follow_up.h"

namespace ecluse::patients {
namespace {

constexpr absl::CivilDay kToday(2024, 2, 5);

DayPlan Plan(uint64_t seed) {
  DayPlan plan = {.seed = seed, .count = 300, .today = kToday, .counters = {}};
  plan.counters.push_back({{"almerys"}, MadeUpAmc(0), false, true, false, std::nullopt});
  plan.counters.push_back(
      {{"carte-blanche"}, MadeUpAmc(1), true, true, true, ServiceId{"optoamc"}});
  plan.counters.push_back({{"oxantis"}, MadeUpAmc(2), true, true, true, std::nullopt});
  return plan;
}

constexpr size_t kPractices = 5;

std::vector<Request> Day(uint64_t seed, bool chain = false) {
  DayPlan plan = Plan(seed);
  plan.chain = chain;
  return MakeDay(plan, MakePractices(kPractices)).value();
}

// All errors of a deposit under its operator's own rules; by card: under nobody's.
std::vector<Problem> Errors(const wire::Deposit::Item& item) {
  content::Rules rules;
  if (item.destination.run_by != kByCard) {
    const auto profile = profile::ReadProfile(
        fmt::format("{}/{}/profile.toml", ECLUSE_OPERATORS, item.destination.run_by.text));
    EXPECT_TRUE(profile.ok()) << profile.status();
    const profile::Service* service = profile->Find(item.destination.service);
    EXPECT_NE(service, nullptr) << ToString(item.destination);
    if (service != nullptr) rules = service->rules;
  }
  auto problems = content::Check(item.kind, item.format, item.content, rules, kToday);
  if (item.follows.value != 0) std::erase_if(problems, content::GrantBrings);
  std::erase_if(problems, [](const Problem& p) { return p.severity != Severity::kError; });
  return problems;
}

void ExpectFit(const wire::Deposit::Item& item) {
  for (const Problem& problem : Errors(item)) {
    ADD_FAILURE() << ToString(item.destination) << " "
                  << content::Sentence(problem, Language::kEnglish);
  }
}

TEST(DayTest, EveryDepositPassesTheRulesOfItsOperator) {
  for (const Request& request : Day(3)) ExpectFit(request.item);
}

TEST(DayTest, TheSameSeedGivesTheSameBytes) {
  const auto same = [](const Request& a, const Request& b) { return a.item == b.item; };
  EXPECT_TRUE(std::ranges::equal(Day(7), Day(7), same));
  EXPECT_FALSE(std::ranges::equal(Day(7), Day(8), same));
}

TEST(DayTest, EveryWayOfDepositingIsInIt) {
  const auto day = Day(3);
  const auto some = [&](auto is) { return std::ranges::any_of(day, is); };
  EXPECT_TRUE(some([](const Request& r) { return r.item.card.has_value(); }));
  EXPECT_TRUE(some([](const Request& r) { return r.item.kind == Kind::kQuotation; }));
  EXPECT_TRUE(some([](const Request& r) { return r.item.kind == Kind::kBill; }));
  EXPECT_TRUE(some([](const Request& r) { return r.item.destination.service.text == "optoamc"; }));
}

TEST(DayTest, WhatFollowsFromAnAnswerPassesTheRulesToo) {
  content::Answer grant;
  grant.authorisation_number = "OP00000001";
  grant.granted_on = kToday;
  size_t followed = 0;
  for (const Request& request : Day(3)) {
    if (request.item.kind != Kind::kAuthorisation || request.item.card) continue;
    const Deposited first = {&request, request.item.destination, {7}};
    ExpectFit(DocumentFor(first, 3000).item);
    const bool ahead = request.then == Then::kBillAhead;
    const auto next = ahead ? BillAhead(first, kToday, 12) : AfterGrant(first, grant, kToday, 12);
    if (!next) continue;
    ++followed;
    EXPECT_EQ(next->item.follows, first.receipt);
    ExpectFit(next->item);
  }
  EXPECT_GT(followed, 20u);
}

TEST(DayTest, AChainHasHalfOfAll) {
  const auto day = Day(3, true);
  EXPECT_EQ(std::ranges::count(day, 0u, &Request::practice) * 2, std::ssize(day));
  for (size_t shop = 1; shop < kPractices; ++shop) {
    EXPECT_GT(std::ranges::count(day, shop, &Request::practice), 0);
  }
}

TEST(DayTest, AHurriedPersonMakesSeveralMistakesAtOnce) {
  const auto day = Day(3);
  const auto some = std::ranges::find_if(
      day, [](const Request& r) { return r.item.kind == Kind::kAuthorisation && !r.item.card; });
  ASSERT_NE(some, day.end());
  EXPECT_GE(Errors(WithMistakes(some->item)).size(), 4u);
}

}  // namespace
}  // namespace ecluse::patients
