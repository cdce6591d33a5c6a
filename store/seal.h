// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// Compresses, encrypts and authenticates what may speak of a patient, so that it never lies on
// disk in the clear. FORMAT.md has the byte format and the reasons for the cipher.
namespace ecluse::store {

using KeyId = uint32_t;

// 32 secret bytes, wiped when they go.
class SecretKey {
 public:
  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  static SecretKey Random();

  std::array<unsigned char, 32> bytes{};
};

// What a sealed text is, bound into the seal so that none can stand in for another.
enum class Sealed : uint8_t {
  kKey = 1,         // a wrapped key
  kContent = 2,     // of a request
  kReference = 3,   // of a request
  kNote = 4,        // of a journal entry
  kAnswer = 5,      // the body of an inbox entry
  kAnswerFor = 6,   // the reference in an inbox entry
  kGateReason = 7,  // of a gate
  kHoldReason = 8,  // of a hold
  kGateSource = 9,  // who told the announced hour, and how
  kJobReason = 10,  // of a job
};

enum class Compress {
  kNo,
  kWhenSmaller,        // with the newest dictionary
  kWithoutDictionary,  // when smaller; as programs of format 2 did
};

// Seals and opens. Keeps the compressor's memory, its dictionaries and a stock of random bytes
// between calls, so it belongs to one thread.
class Sealer {
 public:
  Sealer();
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // Appends the sealed `text` to `out`. `owner` is the record's own key: the seal opens only
  // there. REQUIRES: text.size() <= kMaxText.
  void Seal(KeyId id, const SecretKey& key, Sealed what, std::string_view owner,
            std::string_view text, Compress compress, std::string& out);

  // DataLoss: not sealed by this key for this owner, or changed since.
  absl::StatusOr<std::string> Open(const SecretKey& key, Sealed what, std::string_view owner,
                                   std::string_view sealed) const;

  // Which key a sealed text needs. DataLoss: it is too short to be one.
  static absl::StatusOr<KeyId> KeyOf(std::string_view sealed);

  // No text is longer, and none is inflated beyond it.
  static constexpr size_t kMaxText = 16 << 20;
  // What a seal adds to a text that does not shrink.
  static constexpr size_t kOverhead = 4 + 1 + 24 + 16;

 private:
  struct Tools;
  std::unique_ptr<Tools> tools_;
};

// A keyed hash of parts, each with its length, so that no two lists of parts look alike.
class KeyedHash {
 public:
  KeyedHash(const SecretKey& key, size_t bytes);
  KeyedHash& Add(std::string_view part);
  std::string Finish();

 private:
  alignas(64) std::array<unsigned char, 384> state_;
  size_t bytes_;
};

}  // namespace ecluse::store
