// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <string>
#include <vector>

namespace ecluse::simulated {

// One line of a play: so long after the start, this is said to the control port.
struct Cue {
  absl::Duration after;
  std::string line;
  bool operator==(const Cue&) const = default;
};

// Lines of "SECONDS COMMAND…", "12.5 stage authorisation login"; "#" begins a comment. In order of
// time. The status names the line.
absl::StatusOr<std::vector<Cue>> ParseSchedule(const std::string& text);
absl::StatusOr<std::vector<Cue>> ReadSchedule(const std::string& path);

}  // namespace ecluse::simulated
