// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>

namespace ecluse::http {

// A Retry-After header: seconds, or a date that is compared with `now`. Zero when there is none, or
// it can't be read; never shortened, save to the longest duration of limits.h.
absl::Duration ReadRetryAfter(const std::string& text, absl::Time now);

}  // namespace ecluse::http
