// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

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

// The least that a receipt costs: a kilobyte and a half at the end of a file, and a sync.
void RawWrite(const std::string& folder, double seconds) {
  const std::string path = folder + "/ceiling.raw";
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600);
  if (file < 0) GiveUp("no file can be made for the raw write");
  std::vector<double> each;
  const double start = Seconds();
  for (double now = start; now - start < seconds;) {
    const std::string& text = Content(each.size());
    if (::write(file, text.data(), text.size()) < 0 || ::fdatasync(file) != 0)
      GiveUp("a raw write");
    const double then = std::exchange(now, Seconds());
    each.push_back(now - then);
  }
  ::close(file);
  std::filesystem::remove(path);
  std::sort(each.begin(), each.end());
  Row("ceiling", "raw synced write p50", each[each.size() / 2] * 1e6, "us");
}

}  // namespace

void Ceiling(const std::string& folder, const Size& size) {
  RawWrite(folder, size.ceiling_seconds);
  for (const int group : {1, 8, 64, 512}) Group(folder, group, size.ceiling_seconds);
}

}  // namespace ecluse::bench
