// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <memory>

#include "tests/bench/row.h"
#include "tests/bench/workloads.h"

namespace ecluse::bench {
namespace {

// About what envelope, state, journal, business key and index need beside the content.
constexpr size_t kRecordBytes = 400;

void Group(const std::string& folder, int group, double seconds) {
  const std::string directory = fmt::format("{}/ceiling", folder);
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kNoCompression;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, directory, &opened);
  if (!status.ok()) GiveUp(status.ToString());
  std::unique_ptr<rocksdb::DB> db(opened);

  rocksdb::WriteOptions synced;
  synced.sync = true;
  uint64_t requests = 0;
  uint64_t commits = 0;
  const double start = Seconds();
  double now = start;
  for (; now - start < seconds; now = Seconds()) {
    rocksdb::WriteBatch batch;
    for (int i = 0; i < group; ++i) {
      ++requests;
      batch.Put(fmt::format("c{:016x}", requests), Content(requests));
      batch.Put(fmt::format("r{:016x}", requests), std::string(kRecordBytes, 'r'));
    }
    if (!db->Write(synced, &batch).ok()) GiveUp("the ceiling's own write failed");
    ++commits;
  }
  const std::string cell = fmt::format("group={}", group);
  Row("ceiling", cell, static_cast<double>(requests) / (now - start), "requests/s");
  Row("ceiling", cell + " commit", (now - start) * 1e6 / static_cast<double>(commits), "us");
  db.reset();
  std::filesystem::remove_all(directory);
}

}  // namespace

void Ceiling(const std::string& folder, const Size& size) {
  for (const int group : {1, 8, 64, 512}) Group(folder, group, size.ceiling_seconds);
}

}  // namespace ecluse::bench
