// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/returns.h"
#include "tests/fuzz/check.h"

// Whatever a stranger mails us is read within the limits, or refused; and a refusal tells nothing
// of what was in it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string_view mail = fuzz::View(bytes, size);
  const mail::MimeLimits limits{
      .mail_bytes = 64 << 10, .part_bytes = 4 << 10, .parts = 8, .depth = 4};
  const auto mime = mail::ReadMime(mail, limits);
  if (mime.ok()) {
    fuzz::Must(mime->parts.size() <= limits.parts, "parts are counted");
    for (const auto& part : mime->parts) {
      fuzz::Must(part.bytes.size() <= limits.part_bytes, "no part is longer than allowed");
    }
  } else {
    fuzz::MustNotTell(mime.status());
  }
  mail::ReturnRules rules;
  rules.limits = limits;
  rules.return_bytes = 128 << 10;
  const auto read = mail::ReadReturn(mail, rules);
  if (!read.ok()) fuzz::MustNotTell(read.status());
  return 0;
}
