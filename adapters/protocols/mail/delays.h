// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <string>

namespace ecluse::mail {

// A delay as people agree on it: working days (Monday to Friday in Paris; public holidays are
// counted as working days), or plain time where tests and demonstrations can't wait for days.
struct Delay {
  int working_days = 0;
  absl::Duration plain;

  absl::Time After(absl::Time from) const;
  bool operator==(const Delay&) const = default;
};

// "5 working days", "90s".
absl::StatusOr<Delay> ParseDelay(const std::string& text);

}  // namespace ecluse::mail
