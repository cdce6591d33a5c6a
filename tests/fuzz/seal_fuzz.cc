// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>

#include <string>

#include "store/seal.h"
#include "tests/fuzz/check.h"

// Sealed texts. Bytes of a stranger never open; and who had the key could still not make us inflate
// beyond the limit, so the input is also sealed rightly, as what it claims to be packed with.
namespace {

using namespace ecluse;
using namespace ecluse::store;

constexpr std::string_view kOwner = "owner";

SecretKey Key() {
  SecretKey key;
  key.bytes.fill(7);
  return key;
}

// As FORMAT.md has it: key id, how it is packed, nonce, then the box.
std::string Box(uint8_t packed, std::string_view body) {
  std::string sealed("\0\0\0\x10", 4);
  sealed.push_back(static_cast<char>(packed));
  std::string about = sealed;
  about.push_back(static_cast<char>(Sealed::kContent));
  about.append(kOwner);
  sealed.append(24, 'n');
  std::string box(body.size() + 16, '\0');
  const auto raw = [](const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(box.data()), nullptr,
                                             reinterpret_cast<const unsigned char*>(body.data()),
                                             body.size(), raw(about), about.size(), nullptr,
                                             raw(sealed) + 5, Key().bytes.data());
  return sealed + box;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static Sealer sealer;
  const std::string_view all = fuzz::View(bytes, size);
  const auto strange = sealer.Open(Key(), Sealed::kContent, kOwner, all);
  fuzz::Must(!strange.ok(), "what nobody sealed does not open");
  fuzz::MustNotTell(strange.status());
  (void)Sealer::KeyOf(all);

  fuzz::Choices choices(bytes, size);
  const uint8_t packed = choices.Byte();
  const auto text = sealer.Open(Key(), Sealed::kContent, kOwner, Box(packed, choices.rest()));
  if (!text.ok()) return fuzz::MustNotTell(text.status()), 0;
  fuzz::Must(text->size() <= Sealer::kMaxText, "nothing is inflated beyond the limit");
  std::string sealed;
  sealer.Seal(16, Key(), Sealed::kContent, kOwner, *text, Compress::kWhenSmaller, sealed);
  const auto again = sealer.Open(Key(), Sealed::kContent, kOwner, sealed);
  fuzz::Must(again.ok() && *again == *text, "what was sealed opens as it was");
  fuzz::Must(!sealer.Open(Key(), Sealed::kNote, kOwner, sealed).ok() &&
                 !sealer.Open(Key(), Sealed::kContent, "another", sealed).ok(),
             "a seal opens for its owner alone, as what it is");
  return 0;
}
