// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string_view>

#include "adapters/protocols/mail/returns.h"

// Whatever a stranger mails us is read within the limits, or refused.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse::mail;
  const std::string_view mail(reinterpret_cast<const char*>(bytes), size);
  const MimeLimits limits{.mail_bytes = 64 << 10, .part_bytes = 64 << 10, .parts = 8, .depth = 4};
  const auto mime = ReadMime(mail, limits);
  if (mime.ok() && mime->parts.size() > limits.parts) std::abort();
  ReturnRules rules;
  rules.limits = limits;
  rules.return_bytes = 128 << 10;
  (void)ReadReturn(mail, rules);
  return 0;
}
