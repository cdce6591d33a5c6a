// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "adapters/protocols/mail/cms.h"
#include "tests/fuzz/check.h"
#include "tests/support/mail/smime_keys.h"

// S/MIME envelopes: any bytes are refused or opened; ours open as they were; and one of ours in
// which somebody changed bytes never brings the process down. The key is drawn at every start, so
// the input says what is changed instead of being the envelope.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  static const SmimeKeys keys = MakeSmimeKeys("fuzz@shop.example");
  const auto strange = mail::Decrypt(fuzz::View(bytes, size), keys.certificate, keys.key);
  if (!strange.ok()) fuzz::MustNotTell(strange.status());

  fuzz::Choices choices(bytes, size);
  const size_t changes = choices.Byte() % 8;
  std::array<uint64_t, 8> where{};
  std::array<uint8_t, 8> what{};
  for (size_t i = 0; i < changes; ++i) {
    where[i] = choices.Number(2);
    what[i] = choices.Byte();
  }
  const std::string_view plain = choices.rest();
  const auto cipher = changes % 2 == 0 ? mail::Cipher::kAes128 : mail::Cipher::kTripleDes;
  auto der = mail::Encrypt(plain, keys.certificate, cipher);
  fuzz::Must(der.ok(), "everything can be put into an envelope");
  for (size_t i = 0; i < changes; ++i) {
    (*der)[where[i] % der->size()] ^= static_cast<char>(what[i]);
  }
  const bool changed =
      std::any_of(what.begin(), what.end(), [](uint8_t bits) { return bits != 0; });
  const auto opened = mail::Decrypt(*der, keys.certificate, keys.key);
  fuzz::Must(changed || (opened.ok() && *opened == plain), "our own envelope opens as it was");
  if (!opened.ok()) fuzz::MustNotTell(opened.status());
  return 0;
}
