// SPDX-License-Identifier: Apache-2.0
#include <absl/time/time.h>

#include "adapters/protocols/exchange/driver.h"
#include "proto/limits.h"

namespace ecluse::exchange {
namespace {

// No exchange of a counter takes longer.
constexpr absl::Duration kMostWait = absl::Hours(1);

void Take(Fields& in, const char* name, bool& value) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const bool* read = std::get_if<bool>(&setting->value);
  if (read == nullptr) return in.Wrong(name, "is true or false");
  value = *read;
}

void Take(Fields& in, const char* name, absl::Duration& value) {
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

absl::Status ReadDriverSection(const std::string& file, const Section& section,
                               Settings& settings) {
  Fields in(file, section);
  in.Find("service");  // read with the profile
  Take(in, "connect_timeout", settings.site.connect_timeout);
  Take(in, "total_timeout", settings.site.total_timeout);
  TakeBytes(in, "answer_bytes", settings.site.answer_bytes);
  Take(in, "expect_continue", settings.site.expect_continue);
  Take(in, "expect_wait", settings.site.expect_wait);
  Promises& promises = settings.terms.promises;
  Take(in, "refuses_with_503", promises.closed_503);
  Take(in, "refuses_with_429", promises.busy_429);
  Take(in, "html_page_means_closed", promises.html_page);
  Take(in, "cancels_at_once", promises.cancels_at_once);
  Take(in, "bills_at_once", promises.bills_at_once);
  return in.Finish();
}

}  // namespace ecluse::exchange
