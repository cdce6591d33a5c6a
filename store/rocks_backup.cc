// SPDX-License-Identifier: Apache-2.0
// A copy of a store that is in use: RocksDB's checkpoint.
#include <fmt/format.h>
#include <rocksdb/utilities/checkpoint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>

#include "store/files.h"
#include "store/rocks_reads.h"

namespace ecluse::store {

namespace {

absl::Status CheckTarget(const std::string& directory, const std::string& store) {
  std::error_code error;
  if (directory.empty() || std::filesystem::exists(directory, error)) {
    return absl::AlreadyExistsError(
        fmt::format("{} exists already: name a directory for the backup that does not", directory));
  }
  if (!std::filesystem::is_directory(ParentOf(directory), error)) {
    return absl::NotFoundError(
        fmt::format("{} is no directory: make it first", ParentOf(directory)));
  }
  if (LiesIn(directory, store) && !LiesIn(directory, store + "/" + kAside)) {
    return absl::FailedPreconditionError(
        fmt::format("{} lies inside the store: name a place outside", directory));
  }
  return absl::OkStatus();
}

}  // namespace

// No other thread writes meanwhile, so the checkpoint is of one moment. It flushes what is in
// memory and links the files, or copies them where links do not reach.
absl::Status RocksStore::Backup(const std::string& directory) const {
  std::string target = directory;
  while (target.size() > 1 && target.back() == '/') target.pop_back();
  if (auto status = CheckTarget(target, database_->db->GetName()); !status.ok()) return status;
  if (database_->latch->set()) {
    return absl::UnavailableError("the store failed before: stop and recover");
  }
  const std::string part = fmt::format("{}.part-{}", target, getpid());
  Unfinished unfinished(part);
  Unfinished deeper(part + ".tmp");  // RocksDB's own
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status done = rocksdb::Checkpoint::Create(database_->db.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (done.ok()) done = checkpoint->CreateCheckpoint(part, 0);
  if (!done.ok()) return Failed(done);
  if (chmod(part.c_str(), 0700) != 0) return SystemError(part, errno);
  if (auto status = SyncAll(part); !status.ok()) return status;
  if (const int error = Rename(part, target); error != 0) {
    return SystemError(target + " can't be made", error);
  }
  unfinished.Keep();
  return SyncPath(ParentOf(target));
}

}  // namespace ecluse::store
