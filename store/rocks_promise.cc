// SPDX-License-Identifier: Apache-2.0
#include "store/rocks_promise.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/crc32c.h"
#include "store/rocks_parts.h"

namespace ecluse::store {

namespace {

// Makes the file in one step, so that it is never found half made.
rocksdb::Status Make(rocksdb::Env& env, const std::string& directory) {
  const std::string path = directory + "/" + kPromiseFile;
  const std::string draft = path + ".dbtmp";
  std::string bytes = EncodePromise({}, 0);
  bytes.resize(kPromiseBytes);
  rocksdb::Status status = rocksdb::WriteStringToFile(&env, bytes, draft, true);
  if (status.ok()) status = env.RenameFile(draft, path);
  std::unique_ptr<rocksdb::Directory> entry;
  if (status.ok()) status = env.NewDirectory(directory, &entry);
  return status.ok() ? entry->Fsync() : status;
}

// What the manifest has now, up to where RocksDB has synced it.
rocksdb::Status LookAt(rocksdb::Env& env, const std::string& directory, rocksdb::DB& db,
                       Promise& promise) {
  std::vector<std::string> files;
  rocksdb::Status status = db.GetLiveFiles(files, &promise.manifest_bytes, false);
  if (!status.ok()) return status;
  constexpr std::string_view kPrefix = "/MANIFEST-";
  const auto found = std::find_if(files.begin(), files.end(), [&](const std::string& name) {
    return name.starts_with(kPrefix);
  });
  if (found == files.end()) return rocksdb::Status::Corruption("there is no manifest");
  promise.manifest = std::strtoull(found->c_str() + kPrefix.size(), nullptr, 10);
  std::string text;
  status = rocksdb::ReadFileToString(&env, directory + *found, &text);
  if (!status.ok()) return status;
  if (text.size() < promise.manifest_bytes) {
    return rocksdb::Status::Corruption("the manifest is shorter than it was");
  }
  promise.manifest_crc = Crc32c(std::string_view(text).substr(0, promise.manifest_bytes));
  return status;
}

}  // namespace

absl::Status PromiseKeeper::Begin(rocksdb::Env& env, const std::string& directory) {
  const std::string path = directory + "/" + kPromiseFile;
  rocksdb::Status status = env.FileExists(path);
  if (status.IsNotFound()) status = Make(env, directory);
  std::string bytes;
  if (status.ok()) status = rocksdb::ReadFileToString(&env, path, &bytes);
  if (!status.ok()) return Failed(status);
  const auto taken = DecodePromise(bytes);
  if (!taken.ok()) return taken.status();
  promise_ = taken->promise;
  turn_ = taken->turn;
  status = env.NewRandomRWFile(path, &file_, rocksdb::EnvOptions());
  if (!status.ok()) return Failed(status);
  env_ = &env;
  directory_ = directory;
  begun_ = true;
  return absl::OkStatus();
}

rocksdb::Status PromiseKeeper::Write() {
  ++turn_;
  return file_->Write(turn_ % 2 * kPromiseSlot, EncodePromise(promise_, turn_));
}

rocksdb::Status PromiseKeeper::Commit(uint64_t sequence) {
  if (!begun_) return rocksdb::Status::OK();
  const std::lock_guard<std::mutex> lock(mutex_);
  promise_.sequence = std::max(promise_.sequence, sequence);
  return Write();
}

rocksdb::Status PromiseKeeper::Settle(rocksdb::DB& db) {
  if (!begun_) return rocksdb::Status::OK();
  // Of two threads the later has the newer manifest. No commit waits for the look and the sync.
  const std::lock_guard<std::mutex> one(settling_);
  Promise seen;
  rocksdb::Status status = LookAt(*env_, directory_, db, seen);
  // It has a successor already, and that will be settled in its turn.
  if (status.IsPathNotFound() || status.IsNotFound()) return rocksdb::Status::OK();
  if (!status.ok()) return status;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    seen.sequence = promise_.sequence;
    promise_ = seen;
    status = Write();
  }
  return status.ok() ? file_->Sync() : status;
}

}  // namespace ecluse::store
