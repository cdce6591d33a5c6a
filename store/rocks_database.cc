// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "store/rocks_parts.h"
#include "store/rocks_promise.h"

namespace ecluse::store {

void Latch::Set(std::string why) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (why_.empty()) why_ = std::move(why);
  set_.store(true, std::memory_order_release);
}

std::string Latch::why() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return why_;
}

Database::~Database() {
  // Logs that were closed in the meantime are in the manifest.
  if (db != nullptr && promise != nullptr && !latch->set())
    promise->Settle(*db).PermitUncheckedError();
  for (auto* family : families) {
    if (family != nullptr) db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  db.reset();
  if (lock != nullptr) env->UnlockFile(lock).PermitUncheckedError();
}

absl::StatusOr<bool> Database::Get(Family family, std::string_view key, std::string& value) const {
  rocksdb::PinnableSlice pinned(&value);
  const rocksdb::Status status =
      db->Get(rocksdb::ReadOptions(), families[family], SliceOf(key), &pinned);
  if (status.IsNotFound()) return false;
  if (!status.ok()) return Failed(status);
  if (pinned.IsPinned()) value.assign(pinned.data(), pinned.size());
  return true;
}

absl::StatusOr<std::string> Database::Open(Sealed what, std::string_view owner,
                                           std::string_view sealed) const {
  const auto id = Sealer::KeyOf(sealed);
  if (!id.ok()) return id.status();
  const SecretKey* key = keyring->Find(*id);
  if (key == nullptr) return absl::DataLossError(fmt::format("data key {} is missing", *id));
  return sealer.Open(*key, what, owner, sealed);
}

absl::Status Failed(const rocksdb::Status& status) {
  if (status.IsCorruption()) return absl::DataLossError(status.ToString());
  return absl::UnavailableError(status.ToString());
}

}  // namespace ecluse::store
