// SPDX-License-Identifier: Apache-2.0
#include "store/rocks_store.h"

#include <fmt/format.h>

#include <string>

#include "store/rocks_promise.h"
#include "store/rocks_reads.h"

namespace ecluse::store {

namespace {
// How RocksDB begins to tell damage.
constexpr char kCorruption[] = "Corruption";
}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksOptions& options) {
  return OpenRocksStore(options, Seam());
}

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksOptions& options,
                                                      const Seam& seam) {
  auto database = OpenDatabase(options, seam, Access::kWrite);
  if (!database.ok()) return database.status();
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(*database)));
}

RocksStore::RocksStore(std::unique_ptr<Database> database)
    : database_(std::move(database)), writes_(*database_, low_water_) {}

RocksStore::~RocksStore() = default;

absl::Status RocksStore::Write(const Batch& batch) {
  Latch& latch = *database_->latch;
  if (latch.set()) {
    const std::string why =
        fmt::format("the store failed before ({}): stop and recover", latch.why());
    const bool damaged = latch.why().starts_with(kCorruption);
    return damaged ? absl::DataLossError(why) : absl::UnavailableError(why);
  }
  if (batch.empty()) return absl::OkStatus();
  rocksdb::WriteOptions options;
  options.sync = database_->sync;
  rocksdb::Status status = database_->db->Write(options, &writes_.Of(batch));
  if (status.ok()) status = database_->promise->Commit(database_->db->GetLatestSequenceNumber());
  if (status.ok()) return absl::OkStatus();
  latch.Set(status.ToString());
  return Failed(status);
}

void RocksStore::Unsound(const absl::Status& status) const {
  const std::string what(status.message());
  const bool told = what.starts_with(kCorruption) || !absl::IsDataLoss(status);
  database_->latch->Set(told ? what : fmt::format("{}: {}", kCorruption, what));
}

std::string DigestOf(const Keyring& keyring, Kind kind, std::string_view format,
                     std::string_view content) {
  return KeyedHash(*keyring.Find(kHashKey), 16)
      .Add("content")
      .Add(std::string(1, static_cast<char>(kind)))
      .Add(format)
      .Add(content)
      .Finish();
}

std::string RocksStore::Digest(Kind kind, const std::string& format,
                               const std::string& content) const {
  return DigestOf(*database_->keyring, kind, format, content);
}

}  // namespace ecluse::store
