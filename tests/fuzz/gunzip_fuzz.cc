// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "adapters/protocols/mail/gzip.h"
#include "tests/fuzz/check.h"

// What returns are packed in: never inflated beyond the limit, and what we pack unpacks as it was.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  fuzz::Choices choices(bytes, size);
  const size_t most = choices.Number(2);
  const auto inflated = mail::Gunzip(choices.rest(), most);
  if (inflated.ok()) {
    fuzz::Must(inflated->size() <= most, "nothing is inflated beyond the limit");
  } else {
    fuzz::MustNotTell(inflated.status());
  }
  const std::string plain(choices.rest());
  const auto again = mail::Gunzip(mail::Gzip(plain, "member"), plain.size());
  fuzz::Must(again.ok() && *again == plain, "what was packed unpacks as it was");
  return 0;
}
