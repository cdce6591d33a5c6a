// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/hours.h"

#include <absl/time/civil_time.h>

namespace ecluse::simulated {
namespace {

constexpr int kDay = 24 * 60;

absl::TimeZone Paris() {
  absl::TimeZone zone;
  absl::LoadTimeZone("Europe/Paris", &zone);  // else UTC
  return zone;
}

std::optional<int> Minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int value = 0;
  for (const size_t at : {0, 1, 3, 4}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    value = value * (at == 3 ? 6 : 10) + (text[at] - '0');
  }
  return value <= kDay ? std::optional(value) : std::nullopt;
}

}  // namespace

absl::Duration Hours::ClosedFor(absl::Time now) const {
  const absl::TimeZone zone = Paris();
  const absl::CivilSecond local = absl::ToCivilSecond(now, zone);
  const int minute = static_cast<int>(local.hour()) * 60 + local.minute();
  const bool open = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (open) return absl::ZeroDuration();
  const absl::CivilDay day(local);
  const absl::CivilMinute opens = absl::CivilMinute(minute < from ? day : day + 1) + from;
  return absl::FromCivil(opens, zone) - now;
}

std::optional<Hours> ParseHours(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = Minutes(text.substr(0, 5));
  const auto to = Minutes(text.substr(6));
  if (!from || !to) return std::nullopt;
  return Hours{*from, *to};
}

}  // namespace ecluse::simulated
