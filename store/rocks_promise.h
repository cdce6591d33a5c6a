// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <rocksdb/db.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "store/promise.h"

// The file of the promise, kept and checked. For store/rocks_*.cc only.
namespace ecluse::store {

// Writes what is durable, after it is. INVARIANT: whatever of the file reaches the disk, and
// whenever, was true before it was written; so no commit waits for it, and a power cut leaves at
// worst an older promise.
class PromiseKeeper {
 public:
  // Takes over the file that is there, or makes one. Before that the other calls do nothing.
  absl::Status Begin(rocksdb::Env& env, const std::string& directory);

  // All up to `sequence` is synced. No sync of its own.
  rocksdb::Status Commit(uint64_t sequence);
  // The manifest as it is now. Synced. From any thread, without RocksDB's locks.
  rocksdb::Status Settle(rocksdb::DB& db);

 private:
  rocksdb::Status Write();  // REQUIRES: mutex_ held

  rocksdb::Env* env_ = nullptr;
  std::string directory_;
  std::unique_ptr<rocksdb::RandomRWFile> file_;
  std::atomic<bool> begun_ = false;
  std::mutex settling_;  // taken before mutex_
  std::mutex mutex_;
  Promise promise_;
  uint64_t turn_ = 0;
};

// Before the database is opened: whether its logs and its manifest still have what was promised.
// DataLoss says what is missing. Without a promise, and where RocksDB will refuse by itself, all is
// well. Changes nothing.
//
// `look` gives the last sequence number of the database, opened for reading only; asked where the
// logs alone don't tell, which is rare: after a death between a flush and the next commit.
absl::Status CheckPromise(rocksdb::Env& env, const std::string& directory,
                          const std::function<std::optional<uint64_t>()>& look);

}  // namespace ecluse::store
