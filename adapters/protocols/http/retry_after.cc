// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/http/retry_after.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "proto/limits.h"

namespace ecluse::http {

absl::Duration ReadRetryAfter(const std::string& text, absl::Time now) {
  const auto within = [](absl::Duration d) {
    return std::clamp(d, absl::ZeroDuration(), absl::Milliseconds(limits::kDurationMillis));
  };
  int64_t seconds = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, seconds);
  if (parsed.ec == std::errc() && parsed.ptr == end) return within(absl::Seconds(seconds));
  const time_t date = curl_getdate(text.c_str(), nullptr);
  return date < 0 ? absl::ZeroDuration() : within(absl::FromTimeT(date) - now);
}

}  // namespace ecluse::http
