// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/seal.h"

#include <absl/status/status.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

namespace ecluse::mail {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;

struct Free {
  void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

const unsigned char* In(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}
unsigned char* Out(std::string& s, size_t at) {
  return reinterpret_cast<unsigned char*>(s.data() + at);
}
int Size(std::string_view s) { return static_cast<int>(s.size()); }

// What was to be kept secret is not kept at all rather than in clear.
void Must(bool done) {
  if (!done) std::abort();
}

}  // namespace

absl::StatusOr<Seal> Seal::Open(const std::string& key_file) {
  std::ifstream file(key_file, std::ios::binary);
  const std::string key((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (key.size() != kKeyBytes) {
    return absl::InvalidArgumentError(key_file + ": not a key of 32 bytes");
  }
  return Seal(key);
}

std::string Seal::Close(std::string_view plain, std::string_view place) const {
  std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
  Must(RAND_bytes(Out(sealed, 0), kNonceBytes) == 1);
  const Context c(EVP_CIPHER_CTX_new());
  int bytes = 0;
  Must(c && EVP_EncryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, In(key_), In(sealed)) == 1 &&
       EVP_EncryptUpdate(c.get(), nullptr, &bytes, In(place), Size(place)) == 1 &&
       EVP_EncryptUpdate(c.get(), Out(sealed, kNonceBytes), &bytes, In(plain), Size(plain)) == 1 &&
       EVP_EncryptFinal_ex(c.get(), Out(sealed, kNonceBytes + plain.size()), &bytes) == 1 &&
       EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                           Out(sealed, kNonceBytes + plain.size())) == 1);
  return sealed;
}

absl::StatusOr<std::string> Seal::Open(std::string_view sealed, std::string_view place) const {
  if (sealed.size() < kNonceBytes + kTagBytes) return absl::DataLossError("a torn sealed record");
  const std::string_view text = sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string plain(text.size(), '\0');
  const Context c(EVP_CIPHER_CTX_new());
  int bytes = 0;
  std::string end(kTagBytes, '\0');
  if (!c || EVP_DecryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, In(key_), In(sealed)) != 1 ||
      EVP_DecryptUpdate(c.get(), nullptr, &bytes, In(place), Size(place)) != 1 ||
      EVP_DecryptUpdate(c.get(), Out(plain, 0), &bytes, In(text), Size(text)) != 1 ||
      EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(c.get(), Out(end, 0), &bytes) != 1) {
    return absl::DataLossError("a sealed record does not open with this key");
  }
  return plain;
}

std::string Digest(std::string_view bytes) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  Must(EVP_Digest(bytes.data(), bytes.size(), Out(digest, 0), &size, EVP_sha256(), nullptr) == 1);
  digest.resize(size);
  return digest;
}

}  // namespace ecluse::mail
