// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/http/settings.h"

#include <absl/time/time.h>

#include "proto/limits.h"

namespace ecluse::http {
namespace {

// No exchange of a counter takes longer.
constexpr absl::Duration kMostWait = absl::Hours(1);

void TakeDuration(Fields& in, const char* name, absl::Duration& value) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const auto* text = std::get_if<std::string>(&setting->value);
  absl::Duration read;
  if (text == nullptr || !absl::ParseDuration(*text, &read) || read <= absl::ZeroDuration() ||
      read > kMostWait) {
    return in.Wrong(name, "is a duration such as \"30s\", at most an hour");
  }
  value = read;
}

void TakeBytes(Fields& in, const char* name, size_t& value) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const auto* read = std::get_if<int64_t>(&setting->value);
  // What goes to the practice holds the answer's letters twice: read, and as they came.
  if (read == nullptr || *read < 1 || *read > static_cast<int64_t>(limits::kAnswerBytes / 2)) {
    return in.Wrong(name, "is a number of bytes, at most half of the longest answer");
  }
  value = static_cast<size_t>(*read);
}

}  // namespace

void TakeSwitch(Fields& in, const char* name, bool& value) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const bool* read = std::get_if<bool>(&setting->value);
  if (read == nullptr) return in.Wrong(name, "is true or false");
  value = *read;
}

void TakeSite(Fields& in, Site& site) {
  TakeDuration(in, "connect_timeout", site.connect_timeout);
  TakeDuration(in, "total_timeout", site.total_timeout);
  TakeBytes(in, "answer_bytes", site.answer_bytes);
  TakeSwitch(in, "expect_continue", site.expect_continue);
  TakeDuration(in, "expect_wait", site.expect_wait);
}

}  // namespace ecluse::http
