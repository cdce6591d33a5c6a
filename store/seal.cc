// SPDX-License-Identifier: Apache-2.0
#include "store/seal.h"

#include <fmt/format.h>
#include <sodium.h>
#include <zstd.h>

#include <cstdlib>
#include <cstring>

#include "store/dictionary.h"

namespace ecluse::store {

namespace {

constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kHead = 5;  // key id, how
static_assert(kHead + kNonce + kTag == Sealer::kOverhead);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);

constexpr char kAsIs = 0;
constexpr char kZstd = 1;  // and above: with the dictionary of the number below it
// Below this a frame of zstd never pays.
constexpr size_t kWorthCompressing = 64;
constexpr int kZstdLevel = 1;

unsigned char* Bytes(char* p) { return reinterpret_cast<unsigned char*>(p); }
const unsigned char* Bytes(const char* p) { return reinterpret_cast<const unsigned char*>(p); }

// The head is authenticated too: a changed key id or marker does not open.
const std::string& About(std::string_view head, Sealed what, std::string_view owner,
                         std::string& about) {
  about.assign(head);
  about.push_back(static_cast<char>(what));
  about.append(owner);
  return about;
}

absl::StatusOr<std::string> Inflate(ZSTD_DCtx* context, const ZSTD_DDict* dictionary,
                                    std::string_view packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > Sealer::kMaxText) {
    return absl::DataLossError("the compressed text does not say a size within the limit");
  }
  std::string text(size, '\0');
  const size_t got = ZSTD_decompress_usingDDict(context, text.data(), text.size(), packed.data(),
                                                packed.size(), dictionary);
  if (ZSTD_isError(got) != 0 || got != size) {
    return absl::DataLossError("the compressed text does not inflate");
  }
  return text;
}

}  // namespace

struct Sealer::Tools {
  ZSTD_CCtx* pack = ZSTD_createCCtx();
  ZSTD_DCtx* unpack = ZSTD_createDCtx();
  ZSTD_CDict* newest = nullptr;
  std::array<ZSTD_DDict*, kNewestDictionary + 1> all{};  // [0] is none
  std::string packed;                                    // reused, as what follows
  std::string plainly;
  std::string about;
  std::string opened;
  // Random bytes are drawn in stocks: one system call for many nonces.
  std::array<unsigned char, 4096> stock;
  size_t left = 0;

  Tools() {
    // Without it libsodium uses none of the processor's better instructions.
    if (sodium_init() < 0) std::abort();
    const std::string_view last = DictionaryBytes(kNewestDictionary);
    newest = ZSTD_createCDict(last.data(), last.size(), kZstdLevel);
    ZSTD_CCtx_setParameter(pack, ZSTD_c_compressionLevel, kZstdLevel);
    // The seal says it in one byte.
    ZSTD_CCtx_setParameter(pack, ZSTD_c_dictIDFlag, 0);
    for (uint8_t i = 1; i <= kNewestDictionary; ++i) {
      const std::string_view bytes = DictionaryBytes(i);
      all[i] = ZSTD_createDDict(bytes.data(), bytes.size());
    }
  }
  ~Tools() {
    ZSTD_freeCCtx(pack);
    ZSTD_freeDCtx(unpack);
    ZSTD_freeCDict(newest);
    for (ZSTD_DDict* dictionary : all) ZSTD_freeDDict(dictionary);
  }
  Tools(const Tools&) = delete;
  Tools& operator=(const Tools&) = delete;

  void Nonce(char* out) {
    if (left < kNonce) {
      randombytes_buf(stock.data(), stock.size());
      left = stock.size();
    }
    left -= kNonce;
    std::memcpy(out, stock.data() + left, kNonce);
  }

  size_t PackInto(std::string& out, std::string_view text, const ZSTD_CDict* dictionary) {
    const size_t bound = ZSTD_compressBound(text.size());
    if (out.size() < bound) out.resize(bound);
    ZSTD_CCtx_refCDict(pack, dictionary);
    const size_t size = ZSTD_compress2(pack, out.data(), out.size(), text.data(), text.size());
    return ZSTD_isError(size) != 0 ? text.size() : size;
  }

  // The compressed text, and how; `text` itself when it would not shrink.
  std::string_view Pack(std::string_view text, Compress compress, char& how) {
    size_t size = text.size();
    if (compress == Compress::kWhenSmaller) {
      size = PackInto(packed, text, newest);
      how = static_cast<char>(kZstd + kNewestDictionary);
    }
    // The dictionary's tables are taken as they are, which makes a text worse that is not like the
    // others. What is like them shrinks better than this.
    const size_t usual = text.size() < 512 ? text.size() * 5 / 8 : text.size() / 3;
    if (size > usual) {
      const size_t without = PackInto(plainly, text, nullptr);
      if (without < size) {
        how = kZstd;
        return std::string_view(plainly).substr(0, without);
      }
    }
    if (size < text.size()) return std::string_view(packed).substr(0, size);
    how = kAsIs;
    return text;
  }
};

SecretKey::~SecretKey() { sodium_memzero(bytes.data(), bytes.size()); }

SecretKey SecretKey::Random() {
  SecretKey key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  return key;
}

Sealer::Sealer() : tools_(std::make_unique<Tools>()) {}
Sealer::~Sealer() {
  // It held texts in the clear.
  sodium_memzero(tools_->packed.data(), tools_->packed.size());
  sodium_memzero(tools_->plainly.data(), tools_->plainly.size());
  sodium_memzero(tools_->opened.data(), tools_->opened.size());
}

void Sealer::Seal(KeyId id, const SecretKey& key, Sealed what, std::string_view owner,
                  std::string_view text, Compress compress, std::string& out) {
  char how = kAsIs;
  if (compress != Compress::kNo && text.size() >= kWorthCompressing) {
    text = tools_->Pack(text, compress, how);
  }
  const size_t begin = out.size();
  out.resize(begin + kOverhead + text.size());
  char* at = out.data() + begin;
  for (int i = 0; i < 4; ++i) at[i] = static_cast<char>(id >> (24 - 8 * i));
  at[4] = how;
  tools_->Nonce(at + kHead);
  const std::string& about = About({at, kHead}, what, owner, tools_->about);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      Bytes(at + kHead + kNonce), nullptr, Bytes(text.data()), text.size(), Bytes(about.data()),
      about.size(), nullptr, Bytes(at + kHead), key.bytes.data());
}

absl::StatusOr<std::string> Sealer::Open(const SecretKey& key, Sealed what, std::string_view owner,
                                         std::string_view sealed) const {
  if (sealed.size() < kOverhead) return absl::DataLossError("the sealed text is too short");
  const std::string& about = About(sealed.substr(0, kHead), what, owner, tools_->about);
  const std::string_view body = sealed.substr(kHead + kNonce);
  const auto how = static_cast<unsigned char>(sealed[kHead - 1]);
  std::string plain;
  std::string& text = how == kAsIs ? plain : tools_->opened;
  text.resize(body.size() - kTag);
  const int wrong = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(text.data()), nullptr, nullptr, Bytes(body.data()), body.size(), Bytes(about.data()),
      about.size(), Bytes(sealed.data() + kHead), key.bytes.data());
  if (wrong != 0) {
    return absl::DataLossError("the seal does not open: another key, another owner, or damage");
  }
  if (how == kAsIs) return plain;
  if (how > kZstd + kNewestDictionary) {
    return absl::DataLossError(
        "the sealed text is packed in a way that this version does not know");
  }
  return Inflate(tools_->unpack, tools_->all[how - kZstd], text);
}

absl::StatusOr<KeyId> Sealer::KeyOf(std::string_view sealed) {
  if (sealed.size() < kOverhead) return absl::DataLossError("the sealed text is too short");
  KeyId id = 0;
  for (size_t i = 0; i < 4; ++i) id = id << 8 | static_cast<unsigned char>(sealed[i]);
  return id;
}

KeyedHash::KeyedHash(const SecretKey& key, size_t bytes) : bytes_(bytes) {
  static_assert(sizeof(crypto_generichash_state) <= sizeof(state_));
  crypto_generichash_init(reinterpret_cast<crypto_generichash_state*>(state_.data()),
                          key.bytes.data(), key.bytes.size(), bytes);
}

KeyedHash& KeyedHash::Add(std::string_view part) {
  auto* state = reinterpret_cast<crypto_generichash_state*>(state_.data());
  std::array<unsigned char, 8> size;
  for (size_t i = 0; i < 8; ++i) {
    size[i] = static_cast<unsigned char>(static_cast<uint64_t>(part.size()) >> (56 - 8 * i));
  }
  crypto_generichash_update(state, size.data(), size.size());
  crypto_generichash_update(state, Bytes(part.data()), part.size());
  return *this;
}

std::string KeyedHash::Finish() {
  std::string hash(bytes_, '\0');
  crypto_generichash_final(reinterpret_cast<crypto_generichash_state*>(state_.data()),
                           Bytes(hash.data()), hash.size());
  return hash;
}

}  // namespace ecluse::store
