// SPDX-License-Identifier: Apache-2.0
// What an opening for writing sets right: a store of an older format, and one that lives
// elsewhere than its head says.
#include <fmt/format.h>
#include <rocksdb/write_batch.h>

#include "store/home.h"
#include "store/rocks_open.h"
#include "store/rocks_reads.h"

namespace ecluse::store {

namespace {

constexpr size_t kKeysPerBatch = 10'000;

absl::Status WriteSynced(const Database& database, rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = database.sync;
  const rocksdb::Status status = database.db->Write(options, &batch);
  batch.Clear();
  return status.ok() ? absl::OkStatus() : Failed(status);
}

// Walks over the keys of one letter in `index`; `add` puts what is to be written into the batch.
template <class Add>
absl::Status EachKey(const Database& database, char letter, size_t per_batch, Add add) {
  rocksdb::WriteBatch batch;
  size_t keys = 0;
  const std::string prefix(1, letter);
  Range range(database, kIndexes, prefix, keyspace::Behind(prefix));
  for (; range.Valid(); range.Next()) {
    if (auto status = add(range.key(), batch); !status.ok()) return status;
    if (++keys % per_batch != 0) continue;
    if (auto status = WriteSynced(database, batch); !status.ok()) return status;
  }
  if (auto status = range.status(); !status.ok()) return status;
  return batch.Count() == 0 ? absl::OkStatus() : WriteSynced(database, batch);
}

absl::Status EraseAll(const Database& database, char letter, size_t per_batch) {
  return EachKey(database, letter, per_batch,
                 [&](std::string_view key, rocksdb::WriteBatch& batch) {
                   auto* family = database.families[kIndexes];
                   const auto status = batch.SingleDelete(family, SliceOf(key));
                   return status.ok() ? absl::OkStatus() : Failed(status);
                 });
}

absl::Status CopyLane(const Database& database, std::string_view key, rocksdb::WriteBatch& batch) {
  if (key.size() < 9) return absl::DataLossError("a key of a lane is too short");
  const RequestId id{keyspace::NumberAt(key, key.size() - 8)};
  std::string value;
  const auto found = database.Get(kEnvelopes, keyspace::Request(id), value);
  if (!found.ok()) return found.status();
  if (!*found) return absl::DataLossError("a lane names a request without an envelope");
  Envelope envelope;
  if (auto status = ReadEnvelope(database, id, value, envelope); !status.ok()) return status;
  const std::string now =
      keyspace::ReadyAt(envelope.destination, envelope.practice, envelope.RankOf());
  const auto status = batch.Put(database.families[kIndexes], now, rocksdb::Slice());
  return status.ok() ? absl::OkStatus() : Failed(status);
}

// The old lanes stay whole until the head says the new format, so that a crash at any point loses
// nothing, and even the program of before may be started in between: whatever was copied is
// dropped and copied again.
absl::Status FromFormat1(const Seam& seam, Database& database) {
  const size_t per_batch = seam.keys_per_batch != 0 ? seam.keys_per_batch : kKeysPerBatch;
  if (database.head.format == 1) {
    auto status = EraseAll(database, keyspace::kReady, per_batch);
    if (status.ok()) {
      status = EachKey(database, keyspace::kOldReady, per_batch,
                       [&](std::string_view key, rocksdb::WriteBatch& batch) {
                         return CopyLane(database, key, batch);
                       });
    }
    if (!status.ok()) return status;
    database.head.format = kFormat;
    if (status = WriteHead(database); !status.ok()) return status;
  }
  return EraseAll(database, keyspace::kOldReady, per_batch);
}

}  // namespace

absl::Status WriteHead(Database& database) {
  std::string value;
  record::Encode(database.head, value);
  rocksdb::WriteBatch batch;
  const auto put =
      batch.Put(database.families[kBooks], SliceOf(keyspace::kHead), rocksdb::Slice(value));
  if (!put.ok()) return Failed(put);
  return WriteSynced(database, batch);
}

absl::Status Migrate(const Seam& seam, Database& database) {
  if (auto status = FromFormat1(seam, database); !status.ok()) return status;
  if (database.head.format == kFormat) return absl::OkStatus();
  // Format 2 lacks nothing, but who reads it knows no dictionary: it must refuse from here on.
  database.head.format = kFormat;
  return WriteHead(database);
}

absl::Status SettleHome(const RocksOptions& options, const Seam& seam, Database& database) {
  record::Head& head = database.head;
  const Home home = HomeOf(options.directory, seam.machine_file, *database.keyring->Find(kHashKey));
  const bool away = IsAway(head, home);
  if (away || head.restored) {
    head.epoch = NextEpoch(head.epoch, options.now);
    head.restored = false;
    head.place.clear();
    head.machine.clear();
  } else if (head.place == home.place && (home.machine.empty() || head.machine == home.machine)) {
    return absl::OkStatus();
  }
  if (!home.place.empty()) head.place = home.place;
  if (!home.machine.empty()) head.machine = home.machine;
  return WriteHead(database);
}

}  // namespace ecluse::store
