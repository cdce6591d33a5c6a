// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

namespace ecluse::ctl {

// For whom a value is turned into text.
struct View {
  bool french = false;
  absl::TimeZone zone;
  absl::Time now;

  // One of two fixed texts, in the reader's language.
  const char* operator()(const char* english, const char* in_french) const {
    return french ? in_french : english;
  }
};

}  // namespace ecluse::ctl
