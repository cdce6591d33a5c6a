// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/due.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace ecluse {
namespace {

absl::TimeZone Paris() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Paris", &zone));
  return zone;
}

int HolidaysOnWeekdays(int year) {
  int holidays = 0;
  for (absl::CivilDay day(year, 1, 1); day.year() == year; ++day) {
    const auto weekday = absl::GetWeekday(day);
    const bool weekend = weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
    holidays += !weekend && !IsWorkingDay(day) ? 1 : 0;
  }
  return holidays;
}

// The end of the last day, told as the last day itself.
absl::CivilDay LastDay(uint32_t working_days, absl::CivilDay from) {
  Policy policy;
  policy.due_working_days = working_days;
  const absl::Time due = DueOf(policy, from, absl::UnixEpoch(), Paris());
  return absl::ToCivilDay(due - absl::Microseconds(1), Paris());
}

TEST(DueTest, EasterMondaysAreKnown) {
  const std::vector<absl::CivilDay> mondays = {
      absl::CivilDay(2024, 4, 1),  absl::CivilDay(2025, 4, 21), absl::CivilDay(2026, 4, 6),
      absl::CivilDay(2027, 3, 29), absl::CivilDay(2028, 4, 17), absl::CivilDay(2029, 4, 2),
      absl::CivilDay(2030, 4, 22)};
  for (const absl::CivilDay day : mondays) {
    EXPECT_FALSE(IsWorkingDay(day)) << day;
    EXPECT_TRUE(IsWorkingDay(day + 1)) << day;
  }
}

TEST(DueTest, AscensionAndWhitMondayMoveWithEaster) {
  const std::vector<absl::CivilDay> days = {
      absl::CivilDay(2024, 5, 9),  absl::CivilDay(2024, 5, 20), absl::CivilDay(2025, 5, 29),
      absl::CivilDay(2025, 6, 9),  absl::CivilDay(2026, 5, 14), absl::CivilDay(2026, 5, 25),
      absl::CivilDay(2030, 5, 30), absl::CivilDay(2030, 6, 10)};
  for (const absl::CivilDay day : days) EXPECT_FALSE(IsWorkingDay(day)) << day;
}

TEST(DueTest, FixedHolidaysAreKnownEveryYear) {
  for (int year = 2020; year <= 2040; ++year) {
    for (const auto& [month, day] : std::vector<std::pair<int, int>>{
             {1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}}) {
      EXPECT_FALSE(IsWorkingDay(absl::CivilDay(year, month, day))) << year << " " << month;
    }
  }
}

TEST(DueTest, NoOtherDayOfTheWeekIsOff) {
  // 2024: 14 July is a Sunday. 2027: 1 May, 8 May, 15 August and 25 December are.
  EXPECT_EQ(HolidaysOnWeekdays(2024), 10);
  EXPECT_EQ(HolidaysOnWeekdays(2027), 7);
}

TEST(DueTest, WeekendsAreOffInLeapYearsToo) {
  EXPECT_TRUE(IsWorkingDay(absl::CivilDay(2024, 2, 29)));
  EXPECT_FALSE(IsWorkingDay(absl::CivilDay(2020, 2, 29)));
}

TEST(DueTest, EightWorkingDaysPassOverWeekendsAndHolidays) {
  EXPECT_EQ(LastDay(8, absl::CivilDay(2024, 1, 29)), absl::CivilDay(2024, 2, 8));
  // 1 May, 8 May and Ascension (9 May) are off.
  EXPECT_EQ(LastDay(8, absl::CivilDay(2024, 4, 30)), absl::CivilDay(2024, 5, 15));
}

TEST(DueTest, EightWorkingDaysPassOverTheYearsEnd) {
  EXPECT_EQ(LastDay(8, absl::CivilDay(2024, 12, 23)), absl::CivilDay(2025, 1, 6));
}

TEST(DueTest, ABillOfASundayIsCountedFromMonday) {
  EXPECT_EQ(LastDay(1, absl::CivilDay(2024, 2, 4)), absl::CivilDay(2024, 2, 5));
}

TEST(DueTest, TheLastDayEndsAtMidnightInParisAlsoWhenTheClocksChange) {
  Policy policy;
  policy.due_days = 1;
  const auto due = DueOf(policy, absl::CivilDay(2024, 3, 30), absl::UnixEpoch(), Paris());
  EXPECT_EQ(absl::FormatTime(due, absl::UTCTimeZone()), "2024-03-31T22:00:00+00:00");
  const auto autumn = DueOf(policy, absl::CivilDay(2024, 10, 26), absl::UnixEpoch(), Paris());
  EXPECT_EQ(absl::FormatTime(autumn, absl::UTCTimeZone()), "2024-10-27T23:00:00+00:00");
}

TEST(DueTest, WithoutADayOfItsOwnTheDepositCountsInTheDaysOfParis) {
  Policy policy;
  policy.due_days = 1;
  // 23:30 in UTC is the next day in Paris.
  const absl::Time late =
      absl::FromCivil(absl::CivilMinute(2024, 2, 12, 23, 30), absl::UTCTimeZone());
  EXPECT_EQ(absl::ToCivilDay(DueOf(policy, std::nullopt, late, Paris()), Paris()),
            absl::CivilDay(2024, 2, 15));
}

TEST(DueTest, WithoutADelayThereIsNoDate) {
  EXPECT_EQ(DueOf(Policy{}, absl::CivilDay(2024, 2, 1), absl::UnixEpoch(), Paris()),
            absl::InfiniteFuture());
}

}  // namespace
}  // namespace ecluse
