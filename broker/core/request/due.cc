// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/due.h"

namespace ecluse {
namespace {

// The Gregorian computus as Meeus, Jones and Butcher write it.
absl::CivilDay EasterOf(absl::civil_year_t year) {
  const auto a = year % 19;
  const auto b = year / 100;
  const auto c = year % 100;
  const auto d = b / 4;
  const auto e = b % 4;
  const auto f = (b + 8) / 25;
  const auto g = (b - f + 1) / 3;
  const auto h = (19 * a + b - d - g + 15) % 30;
  const auto i = c / 4;
  const auto k = c % 4;
  const auto l = (32 + 2 * e + 2 * i - h - k) % 7;
  const auto m = (a + 11 * h + 22 * l) / 451;
  const auto n = h + l - 7 * m + 114;
  return absl::CivilDay(year, n / 31, n % 31 + 1);
}

bool IsFixedHoliday(absl::CivilDay day) {
  constexpr struct {
    int month;
    int day;
  } kDays[] = {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}};
  for (const auto& fixed : kDays) {
    if (day.month() == fixed.month && day.day() == fixed.day) return true;
  }
  return false;
}

// Easter Monday, Ascension, Whit Monday.
bool IsMovingHoliday(absl::CivilDay day) {
  const absl::CivilDay easter = EasterOf(day.year());
  return day == easter + 1 || day == easter + 39 || day == easter + 50;
}

}  // namespace

bool IsWorkingDay(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) return false;
  return !IsFixedHoliday(day) && !IsMovingHoliday(day);
}

absl::Time DueOf(const Policy& policy, std::optional<absl::CivilDay> day, absl::Time deposited_at,
                 absl::TimeZone zone) {
  if (policy.due_working_days == 0 && policy.due_days == 0) return absl::InfiniteFuture();
  absl::CivilDay last = day.value_or(absl::ToCivilDay(deposited_at, zone));
  if (policy.due_working_days == 0) {
    last += policy.due_days;
  } else {
    for (uint32_t left = policy.due_working_days; left > 0;) {
      if (IsWorkingDay(++last)) --left;
    }
  }
  return absl::FromCivil(last + 1, zone);
}

}  // namespace ecluse
