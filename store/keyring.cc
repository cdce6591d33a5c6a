// SPDX-License-Identifier: Apache-2.0
#include "store/keyring.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "store/keyspace.h"

namespace ecluse::store {

namespace {

std::string OwnerOf(KeyId id, const PracticeId& practice) {
  return keyspace::DataKey(id) + practice.text;
}

}  // namespace

absl::Status Keyring::Learn(KeyId id, const record::WrappedKey& wrapped, const Sealer& sealer) {
  const auto bytes =
      sealer.Open(master_, Sealed::kKey, OwnerOf(id, wrapped.practice), wrapped.wrapped);
  SecretKey key;
  if (!bytes.ok() || bytes->size() != key.bytes.size()) {
    return absl::DataLossError(fmt::format("data key {} can't be unwrapped", id));
  }
  std::memcpy(key.bytes.data(), bytes->data(), bytes->size());
  Keep(id, wrapped.practice, key);
  return absl::OkStatus();
}

record::WrappedKey Keyring::Make(KeyId id, const PracticeId& practice, Sealer& sealer) {
  const SecretKey key = SecretKey::Random();
  record::WrappedKey wrapped{practice, {}};
  const std::string_view text(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  sealer.Seal(kMasterKey, master_, Sealed::kKey, OwnerOf(id, practice), text, Compress::kNo,
              wrapped.wrapped);
  Keep(id, practice, key);
  return wrapped;
}

void Keyring::Keep(KeyId id, const PracticeId& practice, const SecretKey& key) {
  by_id_[id] = key;
  if (id >= kFirstPracticeKey) by_practice_[practice] = {id, key};
  next_ = std::max(next_, id + 1);
}

const SecretKey* Keyring::Find(KeyId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

const Keyring::Entry* Keyring::Of(const PracticeId& practice) const {
  const auto found = by_practice_.find(practice);
  return found == by_practice_.end() ? nullptr : &found->second;
}

}  // namespace ecluse::store
