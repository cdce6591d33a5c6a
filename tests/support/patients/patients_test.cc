// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "proto/b2/check.h"
#include "proto/b2/keys.h"
#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "proto/content/texts.h"
#include "proto/profile/profile.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/patients/bill.h"
#include "tests/support/patients/day.h"

namespace ecluse::patients {
namespace {

constexpr absl::CivilDay kToday(2024, 2, 5);

std::vector<Request> Day(uint64_t seed) {
  const DayPlan plan = {.seed = seed,
                        .count = 300,
                        .today = kToday,
                        .counters = {{{"viamedis"}, MadeUpAmc(0), false, true, false, {}}}};
  return MakeDay(plan, MakePractices(5)).value();
}

bool Same(const std::vector<Request>& a, const std::vector<Request>& b) {
  return std::ranges::equal(a, b, [](const Request& x, const Request& y) {
    return x.practice == y.practice && x.item == y.item;
  });
}

TEST(PatientsTest, TheSameSeedGivesTheSameBytes) {
  EXPECT_TRUE(Same(Day(7), Day(7)));
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
  EXPECT_GT(bills, 50u);
  EXPECT_LT(longest, 4096u);
}

// A list of problems as text, so that a failing test shows them.
std::string Problems(Kind kind, std::string_view bytes) {
  std::string text;
  for (const Problem& problem : content::Check(kind, content::kTyped, bytes, {}, kToday)) {
    text += content::Sentence(problem, Language::kEnglish) + "\n";
  }
  return text;
}

TEST(PatientsTest, EveryAuthorisationPassesTheCheckWithoutAProblem) {
  size_t count = 0, bytes = 0;
  for (const Request& request : Day(3)) {
    if (request.item.kind != Kind::kAuthorisation) continue;
    ++count;
    bytes += request.item.content.size();
    EXPECT_EQ(request.item.format, content::kTyped);
    EXPECT_EQ(Problems(request.item.kind, request.item.content), "");
  }
  EXPECT_GT(bytes / count, 300u);
  EXPECT_LT(bytes / count, 600u);
}

TEST(PatientsTest, EveryOtherTypedContentPassesToo) {
  Dice dice(5);
  for (int i = 0; i < 60; ++i) {
    const Practice practice = MakePractice(i);
    EXPECT_EQ(Problems(Kind::kQuotation, MakeQuotation(dice, practice, kToday)), "");
    EXPECT_EQ(Problems(Kind::kBill, MakeInvoice(dice, practice, kToday, 7)), "");
    const content::Invoice granted =
        InvoiceOf(Authorisation(dice, practice, kToday), "PEC1", kToday - 3, kToday, 8);
    EXPECT_EQ(Problems(Kind::kBill, content::Encode(granted)), "");
  }
  EXPECT_EQ(Problems(Kind::kCancellation, MakeCancellation("PEC1")), "");
  EXPECT_EQ(Problems(Kind::kDocument, MakeDocument(dice, "", 3000)), "");
}

std::vector<profile::Profile> Profiles() {
  std::vector<profile::Profile> profiles;
  for (const auto& folder : std::filesystem::directory_iterator(ECLUSE_OPERATORS)) {
    const std::filesystem::path file = folder.path() / "profile.toml";
    if (!std::filesystem::exists(file)) continue;
    auto profile = profile::ReadProfile(file.string());
    EXPECT_TRUE(profile.ok()) << profile.status();
    if (profile.ok()) profiles.push_back(*std::move(profile));
  }
  return profiles;
}

TEST(PatientsTest, NoOperatorOfOursRefusesWhatTheyDeposit) {
  Dice dice(7);
  size_t judged = 0;
  for (const profile::Profile& profile : Profiles()) {
    for (const profile::Service& service : profile.services) {
      for (int i = 0; i < 30; ++i) {
        const Practice practice = MakePractice(i);
        const content::Authorisation asked = Authorisation(dice, practice, kToday);
        const std::pair<Kind, std::string> deposits[] = {
            {Kind::kAuthorisation, content::Encode(asked)},
            {Kind::kBill, content::Encode(InvoiceOf(asked, "PEC1", kToday - 3, kToday, 8))},
            {Kind::kDocument, MakeDocument(dice, "PEC1", 3000)},
            {Kind::kCancellation, MakeCancellation("PEC1")}};
        for (const auto& [kind, bytes] : deposits) {
          const auto& rules = service.rules;
          if (std::ranges::find(rules.kinds, kind) == rules.kinds.end()) continue;
          ++judged;
          for (const Problem& problem :
               content::Check(kind, content::kTyped, bytes, rules, kToday)) {
            EXPECT_NE(problem.severity, Severity::kError)
                << profile.name.text << " " << content::Sentence(problem, Language::kEnglish);
          }
        }
      }
    }
  }
  EXPECT_GT(judged, 300u);
}

TEST(PatientsTest, EachTradeAsksForOneEquipmentOfItsOwn) {
  Dice dice(6);
  content::Rules one;
  one.most_equipments = 1;
  for (int i = 0; i < 30; ++i) {
    const std::string bytes = MakeAuthorisation(dice, MakePractice(i), kToday);
    EXPECT_TRUE(content::Check(Kind::kAuthorisation, content::kTyped, bytes, one, kToday).empty());
  }
}

TEST(PatientsTest, ReferencesAreUsedOnceInEachPractice) {
  std::set<std::pair<size_t, std::string>> seen;
  for (const Request& request : Day(3)) {
    EXPECT_TRUE(seen.emplace(request.practice, request.item.reference).second);
  }
}

}  // namespace
}  // namespace ecluse::patients
