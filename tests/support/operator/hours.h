// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>
#include <string_view>

namespace ecluse::simulated {

// Opening hours of every day, in minutes since midnight in Paris; also over midnight.
struct Hours {
  int from = 0;
  int to = 24 * 60;

  // How long it is closed still; zero: open.
  absl::Duration ClosedFor(absl::Time now) const;
};

// "08:00-20:30".
std::optional<Hours> ParseHours(std::string_view text);

}  // namespace ecluse::simulated
