// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/routes.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

const absl::Time kJune = absl::FromCivil(absl::CivilDay(2025, 6, 15), absl::UTCTimeZone());
const absl::Time kJuly = absl::FromCivil(absl::CivilDay(2025, 7, 15), absl::UTCTimeZone());

Route Row(const std::string& run_by, const std::string& amc, const std::string& csr = "") {
  Route row;
  row.amc = amc;
  row.csr = csr;
  row.run_by = {run_by};
  return row;
}

Card CardOf(const std::string& amc, const std::string& csr = "",
            const std::string& domain = "optics") {
  return {amc, "", csr, domain, absl::CivilDay(2025, 6, 10)};
}

std::string Find(std::vector<Route> rows, const Card& card, absl::Time now = kJune) {
  const auto routes = Routes::Make(std::move(rows), absl::UTCTimeZone());
  if (!routes.ok()) return "refused";
  const auto found = routes->Resolve(card, now);
  return found ? found->text : "none";
}

TEST(RoutesTest, TheMostSpecificRowWins) {
  std::vector<Route> rows = {Row("all", ""), Row("insurer", "12"), Row("criterion", "12", "003")};
  EXPECT_EQ(Find(rows, CardOf("12", "003")), "criterion");
  EXPECT_EQ(Find(rows, CardOf("12", "004")), "insurer");
  EXPECT_EQ(Find(rows, CardOf("13")), "all");
}

TEST(RoutesTest, OneInsurerMayUseAnotherOperatorForOneCareDomain) {
  std::vector<Route> rows = {Row("usual", "12"), Row("optics", "12")};
  rows[1].domain = "optics";
  EXPECT_EQ(Find(rows, CardOf("12", "", "optics")), "optics");
  EXPECT_EQ(Find(rows, CardOf("12", "", "pharmacy")), "usual");
}

TEST(RoutesTest, AQuestionMarkStandsForOneCharacterAndAWrittenOneIsMoreSpecific) {
  std::vector<Route> rows = {Row("many", "12", "94???"), Row("one", "12", "94001")};
  EXPECT_EQ(Find(rows, CardOf("12", "94777")), "many");
  EXPECT_EQ(Find(rows, CardOf("12", "94001")), "one");
  EXPECT_EQ(Find(rows, CardOf("12", "9477")), "none");
}

TEST(RoutesTest, ZerosInFrontOfAnInsurersNumberMakeNoDifference) {
  EXPECT_EQ(Find({Row("a", "0000000012")}, CardOf("12")), "a");
}

TEST(RoutesTest, AnInsurerMovesOnADayOfSending) {
  std::vector<Route> rows = {Row("old", "12"), Row("new", "12")};
  rows[0].until = absl::CivilDay(2025, 6, 30);
  rows[1].from = absl::CivilDay(2025, 7, 1);
  EXPECT_EQ(Find(rows, CardOf("12"), kJune), "old");
  EXPECT_EQ(Find(rows, CardOf("12"), kJuly), "new");
}

TEST(RoutesTest, ABillMayGoWhereTheCareWasCoveredHoweverLateItIsSent) {
  std::vector<Route> rows = {Row("old", "12"), Row("new", "12")};
  rows[0].care_until = absl::CivilDay(2025, 6, 30);
  rows[1].care_from = absl::CivilDay(2025, 7, 1);
  EXPECT_EQ(Find(rows, CardOf("12"), kJuly), "old");
}

TEST(RoutesTest, TwoRowsThatCouldBothWinAreRefused) {
  EXPECT_EQ(Find({Row("a", "12"), Row("b", "012")}, CardOf("12")), "refused");
  EXPECT_EQ(Find({Row("a", "12", "94?"), Row("b", "12", "9?4")}, CardOf("12")), "refused");
  EXPECT_EQ(Find({Row("a", "12"), Row("a", "12")}, CardOf("12")), "a");
}

TEST(RoutesTest, ARowThatHoldsOnOtherDaysIsNoRival) {
  std::vector<Route> rows = {Row("a", "12"), Row("b", "12")};
  rows[0].until = absl::CivilDay(2025, 6, 30);
  EXPECT_EQ(Find(rows, CardOf("12")), "refused");
  rows[1].from = absl::CivilDay(2025, 7, 1);
  EXPECT_EQ(Find(rows, CardOf("12")), "a");
}

}  // namespace
}  // namespace ecluse
