// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <rocksdb/db.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "store/keyring.h"
#include "store/records.h"
#include "store/rocks_store.h"
#include "store/seal.h"

// What the files of the RocksDB store share. For store/*.cc and the store's own tests only.
namespace ecluse::store {

// The column families, in the order of kFamilyNames. What lives in each is in FORMAT.md.
enum Family { kBooks, kEnvelopes, kStates, kContents, kJournal, kIndexes, kBusiness, kInboxes };
inline constexpr size_t kFamilies = 8;
extern const std::array<std::string, kFamilies> kFamilyNames;

inline constexpr uint32_t kFormat = 3;

// What tests replace.
struct Seam {
  rocksdb::Env* env = nullptr;  // nullptr: the real one
  bool sync = true;             // false only as a planted fault
  size_t memtable_bytes = 0;    // 0: the usual; small: flushes happen often
  size_t keys_per_batch = 0;    // of a migration; 0: the usual
  std::string machine_file = "/etc/machine-id";
};

// Whether the store may still be trusted. Background threads of RocksDB set it too.
class Latch {
 public:
  void Set(std::string why);
  bool set() const { return set_.load(std::memory_order_acquire); }
  std::string why() const;

 private:
  std::atomic<bool> set_ = false;
  mutable std::mutex mutex_;
  std::string why_;
};

class PromiseKeeper;

// An open database, and what must be known to read it.
struct Database {
  rocksdb::Env* env = nullptr;
  rocksdb::FileLock* lock = nullptr;  // held while reading offline; a writer's is RocksDB's own
  std::unique_ptr<rocksdb::DB> db;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies> families{};
  std::shared_ptr<Latch> latch = std::make_shared<Latch>();
  std::shared_ptr<PromiseKeeper> promise;  // of a writer
  std::unique_ptr<Keyring> keyring;
  Sealer sealer;
  bool sync = true;
  record::Head head;
  record::Numbers numbers;

  Database() = default;
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Nothing: there is no such key. An error is a failed read.
  absl::StatusOr<bool> Get(Family family, std::string_view key, std::string& value) const;
  // Opens a text sealed with any key of the ring.
  absl::StatusOr<std::string> Open(Sealed what, std::string_view owner,
                                   std::string_view sealed) const;
};

enum class Access {
  kWrite,
  kReadOnly,
  kRestore,  // writes, and does not care where the store lives: it will be moved
};

// Opens, or says for a person why not. kReadOnly changes no byte of the store.
absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(const RocksOptions& options,
                                                       const Seam& seam, Access access);

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksOptions& options,
                                                      const Seam& seam);

// rocks_tuning.cc: all that bounds memory, and what RocksDB must check.
// `promise` may be empty.
rocksdb::DBOptions TunedOptions(const Seam& seam, std::shared_ptr<Latch> latch,
                                std::shared_ptr<PromiseKeeper> promise);
std::vector<rocksdb::ColumnFamilyDescriptor> TunedFamilies(const Seam& seam);

absl::Status Failed(const rocksdb::Status& status);

inline rocksdb::Slice SliceOf(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace ecluse::store
