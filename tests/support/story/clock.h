// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>
#include <fmt/format.h>

#include <string>

namespace ecluse::story {

// Hours as the story tells them: 13:00 is some moment of this machine's clock, and each second
// after it is two minutes there.
struct Clock {
  absl::Time one_o_clock = absl::InfiniteFuture();

  std::string Tell(absl::Time at) const {
    constexpr int64_t kOneOClock = 13 * 60, kMinutes = 2;
    const int64_t minute =
        kOneOClock + absl::ToInt64Milliseconds(at - one_o_clock) * kMinutes / 1000;
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
  }
};

}  // namespace ecluse::story
