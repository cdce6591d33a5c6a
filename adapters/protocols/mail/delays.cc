// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/delays.h"

#include <absl/status/status.h>
#include <absl/time/civil_time.h>

#include <charconv>

namespace ecluse::mail {
namespace {

constexpr int kMostDays = 250;

absl::TimeZone Paris() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Paris", &zone)) zone = absl::FixedTimeZone(3600);
  return zone;
}

}  // namespace

absl::Time Delay::After(absl::Time from) const {
  const absl::TimeZone paris = Paris();
  const absl::CivilSecond start = absl::ToCivilSecond(from, paris);
  absl::CivilDay day(start);
  for (int left = working_days; left > 0;) {
    ++day;
    const absl::Weekday weekday = absl::GetWeekday(day);
    if (weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday) --left;
  }
  const auto moved = (day - absl::CivilDay(start)) * int64_t{24 * 3600};
  return absl::FromCivil(start + moved, paris) + plain;
}

absl::StatusOr<Delay> ParseDelay(const std::string& text) {
  Delay delay;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), delay.working_days);
  const std::string rest(error == std::errc() ? end : text.data());
  if (rest == " working days" || rest == " working day") {
    if (delay.working_days >= 0 && delay.working_days <= kMostDays) return delay;
  } else if (delay = {}; absl::ParseDuration(text, &delay.plain) &&
                         delay.plain >= absl::ZeroDuration() &&
                         delay.plain < absl::InfiniteDuration()) {
    return delay;
  }
  return absl::InvalidArgumentError("a delay is written \"5 working days\" or \"90s\"");
}

}  // namespace ecluse::mail
