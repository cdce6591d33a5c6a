// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/when.h"

#include <fmt/format.h>

#include <cctype>

namespace ecluse::ctl {
namespace {

absl::Status Unclear(const std::string& why) { return absl::InvalidArgumentError(why); }

absl::StatusOr<absl::Time> At(absl::CivilSecond civil, absl::TimeZone zone) {
  const absl::TimeZone::TimeInfo info = zone.At(civil);
  if (info.kind == absl::TimeZone::TimeInfo::SKIPPED) {
    return Unclear(
        "the clocks skip this hour: write it with its zone, as 2024-02-12T13:00:00+01:00");
  }
  if (info.kind == absl::TimeZone::TimeInfo::REPEATED) {
    return Unclear(
        "this hour comes twice that night: write it with its zone, as 2024-10-27T02:30:00+01:00");
  }
  return info.pre;
}

std::string Format(const char* format, absl::Time time, absl::TimeZone zone) {
  // A gate that nothing ever happened to has no beginning.
  if (time == absl::InfiniteFuture() || time <= absl::UnixEpoch()) return "-";
  return absl::FormatTime(format, time, zone);
}

}  // namespace

absl::StatusOr<absl::Time> ParseHour(const std::string& text, absl::TimeZone zone, absl::Time now) {
  absl::Time time;
  std::string why;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &why)) return time;
  // Parsed as if in UTC, to have the civil time alone.
  const absl::TimeZone utc = absl::UTCTimeZone();
  for (const char* format : {"%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"}) {
    if (absl::ParseTime(format, text, utc, &time, &why)) {
      return At(absl::ToCivilSecond(time, utc), zone);
    }
  }
  if (absl::ParseTime("%H:%M", text, utc, &time, &why)) {
    const absl::CivilSecond clock = absl::ToCivilSecond(time, utc);
    const absl::CivilDay today = absl::ToCivilDay(now, zone);
    for (const absl::CivilDay day : {today, today + 1}) {
      const auto hour =
          At(absl::CivilSecond(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), 0),
             zone);
      if (!hour.ok() || *hour > now) return hour;
    }
  }
  return Unclear("not an hour: write 2024-02-12 13:00, 20:00, or 2024-02-12T13:00:00+01:00");
}

absl::StatusOr<absl::Duration> ParseAge(const std::string& text) {
  // absl knows no days; everything else is its own.
  std::string rest = text;
  absl::Duration days;
  if (const size_t d = text.find('d'); d != std::string::npos) {
    const std::string number = text.substr(0, d);
    if (number.empty() || number.size() > 5 ||
        number.find_first_not_of("0123456789") != std::string::npos) {
      return Unclear("not an age: write 30m, 4h or 2d12h");
    }
    days = absl::Hours(24 * std::stol(number));
    rest = text.substr(d + 1);
  }
  absl::Duration more;
  if (!rest.empty() && (!absl::ParseDuration(rest, &more) || more < absl::ZeroDuration())) {
    return Unclear("not an age: write 30m, 4h or 2d12h");
  }
  if (text.empty() || days + more == absl::InfiniteDuration()) {
    return Unclear("not an age: write 30m, 4h or 2d12h");
  }
  return days + more;
}

std::string Hour(absl::Time time, const View& view) {
  return Format("%Y-%m-%d %H:%M", time, view.zone);
}

std::string Moment(absl::Time time, const View& view) {
  return Format("%Y-%m-%d %H:%M:%S", time, view.zone);
}

std::string Span(absl::Duration duration, const View& view) {
  if (duration < absl::ZeroDuration()) duration = absl::ZeroDuration();
  const int64_t seconds = absl::ToInt64Seconds(duration);
  const int64_t days = seconds / 86400;
  const int64_t hours = seconds / 3600 % 24;
  const int64_t minutes = seconds / 60 % 60;
  const char* day = view("d", "j");
  if (days > 0) return fmt::format("{} {} {} h", days, day, hours);
  if (hours > 0) return fmt::format("{} h {:02} min", hours, minutes);
  if (minutes > 0) return fmt::format("{} min {:02} s", minutes, seconds % 60);
  return fmt::format("{} s", seconds);
}

std::string Iso(absl::Time time) {
  if (time == absl::InfiniteFuture() || time == absl::InfinitePast()) return "";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

}  // namespace ecluse::ctl
