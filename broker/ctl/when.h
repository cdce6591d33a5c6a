// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <string>

#include "broker/ctl/view.h"

// Times as people write and read them, and as programs do.
namespace ecluse::ctl {

// "2024-02-12 13:00" and "20:00" (the next one) are in `zone`; "2024-02-12T13:00:00+01:00" says
// its own. An hour that a change of clocks skips or has twice is an error: better asked than sent.
absl::StatusOr<absl::Time> ParseHour(const std::string& text, absl::TimeZone zone, absl::Time now);

// "30m", "4h", "2d12h": days are accepted too.
absl::StatusOr<absl::Duration> ParseAge(const std::string& text);

// "2024-02-12 13:00" in the view's zone; "-" for no time: the ends of it, and 1970.
std::string Hour(absl::Time time, const View& view);
// The same with seconds, for histories.
std::string Moment(absl::Time time, const View& view);
// The two largest units: "3 d 4 h", "3 j 4 h", "12 s".
std::string Span(absl::Duration duration, const View& view);

// "2024-02-12T12:00:00.000Z"; empty for the infinite ends of time.
std::string Iso(absl::Time time);

}  // namespace ecluse::ctl
