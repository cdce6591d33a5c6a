// SPDX-License-Identifier: Apache-2.0
#include "tests/support/forgetful_fs.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ecluse {

namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

IOStatus Dark() { return IOStatus::IOError("the power is gone"); }

class WrittenFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WrittenFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name, ForgetfulFs& fs)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), fs_(fs) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* context) override {
    const auto passed = fs_.Append(name_, data.size());
    const IOStatus status =
        target()->Append(rocksdb::Slice(data.data(), passed.bytes), options, context);
    return passed.dark ? Dark() : status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* context) override {
    return Append(data, options, context);
  }
  // The real disk is not asked to sync: it would only cost time.
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return fs_.Sync(name_); }
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return fs_.Sync(name_); }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  std::string name_;
  ForgetfulFs& fs_;
};

class SyncedDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  SyncedDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string name,
                  ForgetfulFs& fs)
      : FSDirectoryWrapper(std::move(directory)), name_(std::move(name)), fs_(fs) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return fs_.SyncDirectory(name_); }
  IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*,
                               const rocksdb::DirFsyncOptions&) override {
    return fs_.SyncDirectory(name_);
  }

 private:
  std::string name_;
  ForgetfulFs& fs_;
};

std::string Read(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string ParentOf(const std::string& name) {
  return std::filesystem::path(name).parent_path().lexically_normal().string();
}

}  // namespace

ForgetfulFs::ForgetfulFs(uint64_t seed)
    : FileSystemWrapper(rocksdb::FileSystem::Default()), random_(seed) {}

void ForgetfulFs::CutAfter(uint64_t writes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  until_cut_ = writes;
}

void ForgetfulFs::CutNow() {
  const std::lock_guard<std::mutex> lock(mutex_);
  dark_ = true;
}

bool ForgetfulFs::dark() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return dark_;
}

bool ForgetfulFs::Strikes() {
  if (until_cut_ == 0 || --until_cut_ > 0) return false;
  dark_ = true;
  return true;
}

ForgetfulFs::Passed ForgetfulFs::Append(const std::string&, size_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (dark_) return {0, true};
  if (!Strikes()) return {bytes, false};
  return {random_() % (bytes + 1), true};
}

IOStatus ForgetfulFs::Sync(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (dark_) return Dark();
  const bool strikes = Strikes();
  // The power may go after the disk did its work and before it said so.
  if (!strikes || random_() % 2 == 0) {
    std::error_code error;
    files_[name].synced = std::filesystem::file_size(name, error);
  }
  return strikes ? Dark() : IOStatus::OK();
}

IOStatus ForgetfulFs::SyncDirectory(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (dark_ || Strikes()) return Dark();
  const std::string directory = std::filesystem::path(name).lexically_normal().string();
  for (auto& [file, state] : files_) {
    if (ParentOf(file) != directory) continue;
    state.entry_synced = true;
    state.before.reset();
  }
  return IOStatus::OK();
}

IOStatus ForgetfulFs::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      IODebugContext* context) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (dark_) return Dark();
    files_[name] = File();
  }
  std::unique_ptr<rocksdb::FSWritableFile> real;
  const IOStatus status = target()->NewWritableFile(name, options, &real, context);
  if (status.ok()) *file = std::make_unique<WrittenFile>(std::move(real), name, *this);
  return status;
}

IOStatus ForgetfulFs::ReopenWritableFile(const std::string& name,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* context) {
  if (dark()) return Dark();
  std::unique_ptr<rocksdb::FSWritableFile> real;
  const IOStatus status = target()->ReopenWritableFile(name, options, &real, context);
  if (status.ok()) *file = std::make_unique<WrittenFile>(std::move(real), name, *this);
  return status;
}

IOStatus ForgetfulFs::NewDirectory(const std::string& name, const IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   IODebugContext* context) {
  if (dark()) return Dark();
  std::unique_ptr<rocksdb::FSDirectory> real;
  const IOStatus status = target()->NewDirectory(name, options, &real, context);
  if (status.ok()) *directory = std::make_unique<SyncedDirectory>(std::move(real), name, *this);
  return status;
}

IOStatus ForgetfulFs::RenameFile(const std::string& from, const std::string& to,
                                 const IOOptions& options, IODebugContext* context) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (dark_) return Dark();
  File moved = files_[from];
  moved.entry_synced = false;
  // A second rename before the sync must still lead back to what the disk knows.
  const auto replaced = files_.find(to);
  if (replaced != files_.end() && !replaced->second.entry_synced) {
    moved.before = replaced->second.before;
  } else if (std::filesystem::exists(to)) {
    moved.before = Read(to);
  }
  const IOStatus status = target()->RenameFile(from, to, options, context);
  if (!status.ok()) return status;
  files_.erase(from);
  files_[to] = std::move(moved);
  return status;
}

IOStatus ForgetfulFs::DeleteFile(const std::string& name, const IOOptions& options,
                                 IODebugContext* context) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (dark_) return Dark();
  files_.erase(name);
  return target()->DeleteFile(name, options, context);
}

void ForgetfulFs::Restart() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [name, file] : files_) {
    std::error_code error;
    if (!file.entry_synced) {
      std::filesystem::remove(name, error);
      if (file.before) std::ofstream(name, std::ios::binary) << *file.before;
      continue;
    }
    const uint64_t size = std::filesystem::file_size(name, error);
    if (error || size <= file.synced) continue;
    const uint64_t kept = random_() % 2 == 0 ? 0 : random_() % (size - file.synced + 1);
    std::filesystem::resize_file(name, file.synced + kept, error);
  }
  files_.clear();
  dark_ = false;
  until_cut_ = 0;
}

}  // namespace ecluse
