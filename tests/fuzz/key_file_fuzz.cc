// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "adapters/vault/sealed.h"
#include "broker/net/keys.h"
#include "store/master_key.h"
#include "tests/fuzz/check.h"

// Files with keys, of three kinds: read or refused, and a refusal never tells the secret.
namespace {

using namespace ecluse;

template <class T>
bool Read(const absl::StatusOr<T>& result) {
  if (!result.ok()) fuzz::MustNotTell(result.status());
  return result.ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string text(fuzz::View(bytes, size));
  const auto pair = ParseKeyPair(text, "f");
  const auto half = ParsePublicKey(text, "f");
  if (Read(pair)) {
    fuzz::Must(IsKey(pair->public_key) && IsKey(pair->secret_key), "both halves are keys");
    fuzz::Must(half.ok() && *half == pair->public_key, "the public half is that of the pair");
  }
  Read(half);
  const auto master = store::ParseMasterKey("f", text);
  const auto vault = ParseVaultKey(text, "f");
  fuzz::Must(Read(master) == Read(vault), "both are 64 hex digits");
  if (vault.ok()) {
    fuzz::Must(
        vault->size() == 32 &&
            std::equal(vault->begin(), vault->end(), master->bytes.begin(),
                       [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; }),
        "and the same bytes");
  }
  return 0;
}
