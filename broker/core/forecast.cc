// SPDX-License-Identifier: Apache-2.0
#include "broker/core/forecast.h"

namespace ecluse {

Rate RateOf(const Books&, const Destination&, absl::Time) { return {}; }

std::optional<absl::Duration> GoesIn(const Books&, const Destination&, uint64_t, absl::Time) {
  return std::nullopt;
}

wire::ReplyBody View(Books&, const wire::Forecast& call, absl::Time) {
  wire::ForecastResult result;
  result.destination = call.destination;
  return result;
}

}  // namespace ecluse
