// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>

#include <string>

#include "proto/names.h"
#include "store/records.h"
#include "store/seal.h"

namespace ecluse::store {

// Keys that are not a practice's.
inline constexpr KeyId kMasterKey = 0;  // never in the store
inline constexpr KeyId kOwnKey = 1;   // seals what belongs to no practice: reasons of gates, holds
inline constexpr KeyId kHashKey = 2;  // of business keys and digests
inline constexpr KeyId kFirstPracticeKey = 16;

// The data keys of the store, one per practice, in the clear in memory only.
class Keyring {
 public:
  struct Entry {
    KeyId id = 0;
    SecretKey key;
  };

  explicit Keyring(const SecretKey& master) : master_(master) {}

  // Unwraps a key that was read from the store.
  absl::Status Learn(KeyId id, const record::WrappedKey& wrapped, const Sealer& sealer);
  // Makes a key and wraps it; it must be stored before anything sealed with it.
  record::WrappedKey Make(KeyId id, const PracticeId& practice, Sealer& sealer);

  // nullptr: there is none.
  const SecretKey* Find(KeyId id) const;
  const Entry* Of(const PracticeId& practice) const;
  // The number that the next practice's key gets.
  KeyId next() const { return next_; }
  size_t size() const { return by_id_.size(); }

 private:
  void Keep(KeyId id, const PracticeId& practice, const SecretKey& key);

  SecretKey master_;
  absl::flat_hash_map<KeyId, SecretKey> by_id_;
  absl::flat_hash_map<PracticeId, Entry> by_practice_;
  KeyId next_ = kFirstPracticeKey;
};

}  // namespace ecluse::store
