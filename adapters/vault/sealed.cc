// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/sealed.h"

#include <sodium.h>

#include "adapters/vault/files.h"

namespace ecluse {
namespace {

constexpr size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

bool Ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

absl::StatusOr<std::string> ReadVaultKey(const std::string& path) {
  if (!Ready()) return absl::InternalError("libsodium can't be started");
  auto text = ReadSecretFile(path, 2 * kKeyBytes + 16);
  if (!text.ok()) return text.status();
  auto key = ParseVaultKey(*text, path);
  Wipe(*text);
  return key;
}

absl::StatusOr<std::string> ParseVaultKey(std::string_view text, const std::string& path) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  std::string key(kKeyBytes, '\0');
  size_t length = 0;
  const char* end = nullptr;
  const bool good = text.size() == 2 * kKeyBytes &&
                    sodium_hex2bin(Bytes(key), key.size(), text.data(), text.size(), nullptr,
                                   &length, &end) == 0 &&
                    length == kKeyBytes && end == text.data() + text.size();
  if (!good) return absl::FailedPreconditionError(path + ": is not a vault key: 64 hex digits");
  return key;
}

absl::Status MakeVaultKey(const std::string& path) {
  if (!Ready()) return absl::InternalError("libsodium can't be started");
  std::string key(kKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  std::string digits(2 * kKeyBytes + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), Bytes(key), key.size());
  digits.back() = '\n';
  const absl::Status status = WriteNewFile(path, digits);
  Wipe(key);
  Wipe(digits);
  return status;
}

std::string Seal(const std::string& key, std::string_view purpose, std::string_view text) {
  std::string sealed(kNonceBytes + text.size() + kTagBytes, '\0');
  randombytes_buf(sealed.data(), kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed) + kNonceBytes, nullptr, Bytes(text),
                                             text.size(), Bytes(purpose), purpose.size(), nullptr,
                                             Bytes(sealed), Bytes(std::string_view(key)));
  return sealed;
}

absl::StatusOr<std::string> Unseal(const std::string& key, std::string_view purpose,
                                   std::string_view sealed) {
  const absl::Status refused = absl::DataLossError("the key is another, or the file is damaged");
  if (sealed.size() < kNonceBytes + kTagBytes || key.size() != kKeyBytes) return refused;
  const std::string_view rest = sealed.substr(kNonceBytes);
  std::string text(rest.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          Bytes(text), nullptr, nullptr, Bytes(rest), rest.size(), Bytes(purpose), purpose.size(),
          Bytes(sealed), Bytes(std::string_view(key))) != 0) {
    return refused;
  }
  return text;
}

void Wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace ecluse
