// SPDX-License-Identifier: Apache-2.0
#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/table_properties_collectors.h>
#include <sys/resource.h>

#include <algorithm>

#include "store/rocks_parts.h"
#include "store/rocks_promise.h"

namespace ecluse::store {

namespace {

constexpr size_t kMiB = 1 << 20;
// Together the bound on memory: cache (data, index and filter blocks), and memtables, of which one
// more set may be on its way to disk.
constexpr size_t kCacheBytes = 16 * kMiB;
constexpr size_t kMemtableBytes = 24 * kMiB;
// What a restart reads back at most: some 18,000 deposits.
constexpr size_t kLogBytes = 8 * kMiB;
// Keys in no order rewrite all of the first level again and again, so it must not be large.
constexpr size_t kLooseLevelBytes = 32 * kMiB;

// Ten million requests lie in some two thousand files, and to open one takes longer than to read
// from it. Connections get the rest of what the machine allows (MostConnections).
constexpr rlim_t kMostFiles = 2048;

int MostOpenFiles() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 128;
  return static_cast<int>(std::min(kMostFiles, limit.rlim_cur / 4));
}

// Failures of flush and compaction happen behind our back; they end the store like any other.
class Watch : public rocksdb::EventListener {
 public:
  Watch(std::shared_ptr<Latch> latch, std::shared_ptr<PromiseKeeper> promise)
      : latch_(std::move(latch)), promise_(std::move(promise)) {}

  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
    latch_->Set(status->ToString());
  }
  // Nobody knows what was lost: only a restart may go on.
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status status,
                            bool* auto_recovery) override {
    latch_->Set(status.ToString());
    *auto_recovery = false;
  }
  // The manifest has grown.
  void OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo&) override { Settle(*db); }
  void OnCompactionCompleted(rocksdb::DB* db, const rocksdb::CompactionJobInfo& job) override {
    if (job.status.ok()) Settle(*db);
  }

 private:
  void Settle(rocksdb::DB& db) {
    if (promise_ == nullptr || latch_->set()) return;
    if (auto status = promise_->Settle(db); !status.ok()) latch_->Set(status.ToString());
  }

  std::shared_ptr<Latch> latch_;
  std::shared_ptr<PromiseKeeper> promise_;
};

rocksdb::BlockBasedTableOptions TableOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = false;
  // Partitions: a file's index and filter are not one lump that fills the cache.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.metadata_block_size = 4096;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  table.verify_compression = false;
  return table;
}

rocksdb::ColumnFamilyOptions FamilyOptions(Family family,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(TableOptions(cache)));
  options.write_buffer_size = 8 * kMiB;
  options.max_write_buffer_number = 2;
  options.arena_block_size = 256 << 10;
  options.target_file_size_base = 32 * kMiB;
  options.max_bytes_for_level_base = 128 * kMiB;
  options.compression = rocksdb::kLZ4Compression;
  options.force_consistency_checks = true;
  // Keys come in order, or nearly: within a letter of the books and indexes, by number elsewhere. A
  // memtable that remembers where the last one went finds the place of the next in a few steps.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  switch (family) {
    case kContents:
      options.write_buffer_size = 16 * kMiB;
      options.enable_blob_files = true;
      options.min_blob_size = 256;
      options.blob_file_size = 64 * kMiB;
      options.compression = rocksdb::kNoCompression;  // sealed bytes do not shrink
      break;
    case kInboxes:
      // REQUIRES: no range is deleted in a family with hints. RocksDB keeps ranges in a list of
      // their own and takes the hints of the other for it (in 7.8 at least).
      options.memtable_insert_with_hint_prefix_extractor.reset();
      options.enable_blob_files = true;
      options.min_blob_size = 16 << 10;
      options.blob_file_size = 16 * kMiB;
      options.enable_blob_garbage_collection = true;
      // Most answers are gone within the hour; with a file of them full of graves, the room is
      // given back.
      options.table_properties_collector_factories.push_back(
          rocksdb::NewCompactOnDeletionCollectorFactory(4096, 1024, 0.5));
      options.compression = rocksdb::kNoCompression;
      break;
    case kBusiness:
      options.compression = rocksdb::kNoCompression;  // hashes do not shrink either
      // Hashes come in no order, and every deposit asks for one that is not there.
      options.memtable_insert_with_hint_prefix_extractor.reset();
      options.memtable_prefix_bloom_size_ratio = 0.04;
      options.memtable_whole_key_filtering = true;
      // A short log makes small files, and each compaction of hashes rewrites all of a level. Looks
      // into many files are cheap: filters answer them.
      options.level0_file_num_compaction_trigger = 12;
      options.max_bytes_for_level_base = kLooseLevelBytes;
      break;
    case kIndexes:
      options.level0_file_num_compaction_trigger = 6;
      options.max_bytes_for_level_base = kLooseLevelBytes;
      // A queue leaves graves behind; a file full of them is compacted at once.
      options.table_properties_collector_factories.push_back(
          rocksdb::NewCompactOnDeletionCollectorFactory(4096, 1024, 0.5));
      break;
    default:
      break;
  }
  return options;
}

}  // namespace

const std::array<std::string, kFamilies> kFamilyNames = {rocksdb::kDefaultColumnFamilyName,
                                                         "envelope",
                                                         "state",
                                                         "content",
                                                         "journal",
                                                         "index",
                                                         "business",
                                                         "inbox"};

rocksdb::DBOptions TunedOptions(const Seam& seam, std::shared_ptr<Latch> latch,
                                std::shared_ptr<PromiseKeeper> promise) {
  // RocksDB counts every comparison of keys, for nobody. Only the thread itself can stop it, and
  // this one is about to read the log back.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
  rocksdb::DBOptions options;
  if (seam.env != nullptr) options.env = seam.env;
  // FORMAT.md says why this mode: a torn end is what an unsynced write leaves, anything else is
  // damage and must be seen.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.track_and_verify_wals_in_manifest = true;
  options.paranoid_checks = true;
  options.max_bgerror_resume_count = 0;
  options.listeners.push_back(std::make_shared<Watch>(std::move(latch), std::move(promise)));

  options.db_write_buffer_size = seam.memtable_bytes != 0 ? seam.memtable_bytes : kMemtableBytes;
  options.max_total_wal_size = kLogBytes;
  options.max_open_files = MostOpenFiles();
  options.max_background_jobs = 2;
  // One thread writes.
  options.allow_concurrent_memtable_write = false;
  options.enable_write_thread_adaptive_yield = false;
  options.max_manifest_file_size = 16 * kMiB;

  options.keep_log_file_num = 1;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.skip_stats_update_on_db_open = true;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> TunedFamilies(const Seam& seam) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kCacheBytes, 2);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (size_t i = 0; i < kFamilies; ++i) {
    families.emplace_back(kFamilyNames[i], FamilyOptions(static_cast<Family>(i), cache));
    if (seam.memtable_bytes != 0) families.back().options.arena_block_size = 4096;
  }
  return families;
}

}  // namespace ecluse::store
