// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "adapters/protocols/http/retry_after.h"
#include "adapters/protocols/mail/delays.h"
#include "adapters/protocols/mail/noemie.h"
#include "broker/ctl/when.h"
#include "proto/limits.h"
#include "tests/fuzz/check.h"

// Hours, ages and delays, as people type them and operators send them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string text(fuzz::View(bytes, size));
  const absl::Time now = absl::FromUnixSeconds(1'707'357'600);
  if (const auto hour = ctl::ParseHour(text, absl::UTCTimeZone(), now); hour.ok()) {
    const ctl::View view{false, absl::UTCTimeZone(), now};
    (void)ctl::Moment(*hour, view);
    (void)ctl::Iso(*hour);
  }
  if (const auto age = ctl::ParseAge(text); age.ok()) {
    fuzz::Must(*age >= absl::ZeroDuration(), "no age is negative");
    (void)ctl::Span(*age, {true, absl::UTCTimeZone(), now});
  }
  if (const auto delay = mail::ParseDelay(text); delay.ok()) {
    fuzz::Must(delay->working_days >= 0 && delay->plain >= absl::ZeroDuration(),
               "no delay is negative");
    fuzz::Must(delay->After(now) >= now, "a delay ends after it began");
  }
  const absl::Duration pause = http::ReadRetryAfter(text, now);
  fuzz::Must(pause >= absl::ZeroDuration(), "no pause is negative");
  (void)mail::ToDay(text);
  return 0;
}
