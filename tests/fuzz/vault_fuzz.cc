// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "adapters/vault/refusals.h"
#include "adapters/vault/sealed.h"
#include "adapters/vault/vault_text.h"
#include "tests/fuzz/check.h"

// The vault: what lies inside the seal, the seal itself, and the refusals beside it. No error tells
// a login or a secret.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string_view all = fuzz::View(bytes, size);
  static const std::string key(32, 'k');
  const auto strange = Unseal(key, "purpose", all);
  fuzz::Must(!strange.ok(), "what nobody sealed does not open");
  fuzz::MustNotTell(strange.status());

  if (const auto vault = DecodeVault(all); vault.ok()) {
    fuzz::MustReturn(*vault, EncodeVault, DecodeVault);
    for (const auto& [practice, entry] : vault->entries) {
      fuzz::Must(vault->last_epoch.at(practice) == entry.epoch, "an entry is of the last epoch");
    }
  } else {
    fuzz::MustNotTell(vault.status());
  }

  if (const auto refusals = ParseRefusals(std::string(all), "f"); refusals.ok()) {
    fuzz::MustReturn(*refusals, RefusalsText,
                     [](const std::string& text) { return ParseRefusals(text, "f"); });
  } else {
    fuzz::MustNotTell(refusals.status());
  }
  return 0;
}
