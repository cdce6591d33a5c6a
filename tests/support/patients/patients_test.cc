// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "proto/b2/check.h"
#include "proto/b2/keys.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/patients/bill.h"
#include "tests/support/patients/requests.h"

namespace ecluse::patients {
namespace {

std::vector<Request> Day(uint64_t seed, int documents = 0) {
  const Plan plan = {.seed = seed, .count = 300, .run_by = {"viamedis"}, .documents = documents};
  return MakeRequests(plan, MakePractices(5)).value();
}

bool Same(const std::vector<Request>& a, const std::vector<Request>& b) {
  return std::ranges::equal(a, b, [](const Request& x, const Request& y) {
    return x.practice == y.practice && x.item == y.item;
  });
}

TEST(PatientsTest, TheSameSeedGivesTheSameBytes) {
  EXPECT_TRUE(Same(Day(7, 3), Day(7, 3)));
  EXPECT_FALSE(Same(Day(7), Day(8)));
}

TEST(PatientsTest, NumbersHaveKeysThatFitAndBelongToNobody) {
  Dice dice(1);
  for (int i = 0; i < 500; ++i) {
    const Person person = MakePerson(dice);
    EXPECT_TRUE(b2::NirKeyFits(person.nir, person.nir_key));
    EXPECT_EQ(person.nir.substr(5, 5), "99000");
  }
  std::set<std::string> numbers;
  for (const Practice& practice : MakePractices(60)) {
    EXPECT_TRUE(b2::FinessFits(practice.finess));
    EXPECT_TRUE(IsName(practice.id.text));
    EXPECT_TRUE(numbers.insert(practice.finess).second);
  }
  EXPECT_EQ(MakePractice(0).finess, "750000002");
}

TEST(PatientsTest, EveryBillIsAB2FileWithoutAProblem) {
  size_t bills = 0, longest = 0;
  for (const Request& request : Day(3)) {
    if (request.item.kind != Kind::kBill) continue;
    ++bills;
    longest = std::max(longest, request.item.content.size());
    EXPECT_TRUE(b2::Check(request.item.content).empty());
  }
  EXPECT_GT(bills, 90u);
  EXPECT_LT(longest, 4096u);
}

TEST(PatientsTest, AuthorisationsAreOfTheUsualSize) {
  size_t count = 0, bytes = 0;
  for (const Request& request : Day(3)) {
    if (request.item.kind != Kind::kAuthorisation) continue;
    ++count;
    bytes += request.item.content.size();
    EXPECT_NE(request.item.content.find("\"synthetic\": true"), std::string::npos);
  }
  EXPECT_GT(bytes / count, 1000u);
  EXPECT_LT(bytes / count, 2500u);
}

TEST(PatientsTest, ReferencesAreUsedOnceInEachPractice) {
  std::set<std::pair<size_t, std::string>> seen;
  for (const Request& request : Day(3, 5)) {
    EXPECT_TRUE(seen.emplace(request.practice, request.item.reference).second);
  }
}

TEST(PatientsTest, ScansAreAsManyAsAskedFor) {
  const auto day = Day(3, 5);
  EXPECT_EQ(
      std::ranges::count_if(day, [](const Request& r) { return r.item.kind == Kind::kDocument; }),
      5);
}

}  // namespace
}  // namespace ecluse::patients
