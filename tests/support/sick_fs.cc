// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sick_fs.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tests/support/sick_files.h"

namespace ecluse {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

SickFs::SickFs(uint64_t seed) : FileSystemWrapper(rocksdb::FileSystem::Default()), random_(seed) {}

void SickFs::Ail(const Ills& ills) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ills_ = ills;
}

void SickFs::Heal() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ills_ = {};
  room_.reset();
}

void SickFs::LeaveRoom(uint64_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  room_ = bytes;
}

void SickFs::Only(std::string ending) {
  const std::lock_guard<std::mutex> lock(mutex_);
  only_ = std::move(ending);
}

uint64_t SickFs::failures() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return failures_;
}

bool SickFs::Strikes(Act act, const std::string& name) {
  const bool of_writing = act == Act::kWrite || act == Act::kSync;
  if (of_writing && !name.ends_with(only_)) return false;
  const auto odds = [&] {
    switch (act) {
      case Act::kWrite:
        return ills_.write;
      case Act::kSync:
        return ills_.sync;
      case Act::kRead:
        return ills_.read;
      case Act::kOpen:
        return ills_.open;
      default:
        return ills_.rename;
    }
  }();
  if (random_() % 10'000 >= odds) return false;
  ++failures_;
  return true;
}

// RocksDB may try again by itself what it is told to be passing. It must not.
IOStatus SickFs::Failure(const char* what) {
  IOStatus status = IOStatus::IOError(what, "the disk is sick");
  status.SetRetryable(random_() % 2 == 0);
  return status;
}

IOStatus SickFs::Try(Act act, const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Strikes(act, name) ? Failure("planted") : IOStatus::OK();
}

SickFs::Passed SickFs::Append(const std::string& name, size_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Passed passed{bytes, IOStatus::OK()};
  if (Strikes(Act::kWrite, name)) {
    passed.bytes = random_() % 2 == 0 ? 0 : random_() % (bytes + 1);
    if (!ills_.lies) passed.told = Failure("write");
  } else if (room_ && *room_ < bytes && name.ends_with(only_)) {
    passed.bytes = static_cast<size_t>(*room_);
    passed.told = IOStatus::NoSpace("No space left on device", name);
    ++failures_;
  }
  if (room_) *room_ -= std::min<uint64_t>(*room_, passed.bytes);
  return passed;
}

IOStatus SickFs::Sync(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::error_code error;
  if (!Strikes(Act::kSync, name)) {
    synced_[name] = std::filesystem::file_size(name, error);
    return IOStatus::OK();
  }
  // The kernel may have thrown away the pages that it could not write.
  if (random_() % 2 == 0) std::filesystem::resize_file(name, synced_[name], error);
  return ills_.lies ? IOStatus::OK() : Failure("sync");
}

IOStatus SickFs::NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                   std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                   IODebugContext* context) {
  if (IOStatus sick = Try(Act::kOpen, name); !sick.ok()) return sick;
  std::unique_ptr<rocksdb::FSSequentialFile> real;
  const IOStatus status = target()->NewSequentialFile(name, options, &real, context);
  if (status.ok()) *file = sick::Sequential(std::move(real), name, *this);
  return status;
}

IOStatus SickFs::NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                     std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                     IODebugContext* context) {
  if (IOStatus sick = Try(Act::kOpen, name); !sick.ok()) return sick;
  std::unique_ptr<rocksdb::FSRandomAccessFile> real;
  const IOStatus status = target()->NewRandomAccessFile(name, options, &real, context);
  if (status.ok()) *file = sick::RandomAccess(std::move(real), name, *this);
  return status;
}

IOStatus SickFs::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                 std::unique_ptr<rocksdb::FSWritableFile>* file,
                                 IODebugContext* context) {
  if (IOStatus sick = Try(Act::kOpen, name); !sick.ok()) return sick;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    synced_[name] = 0;
  }
  std::unique_ptr<rocksdb::FSWritableFile> real;
  const IOStatus status = target()->NewWritableFile(name, options, &real, context);
  if (status.ok()) *file = sick::Writable(std::move(real), name, *this);
  return status;
}

IOStatus SickFs::NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                 std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                 IODebugContext* context) {
  if (IOStatus sick = Try(Act::kOpen, name); !sick.ok()) return sick;
  std::unique_ptr<rocksdb::FSRandomRWFile> real;
  const IOStatus status = target()->NewRandomRWFile(name, options, &real, context);
  if (status.ok()) *file = sick::ReadWrite(std::move(real), name, *this);
  return status;
}

IOStatus SickFs::NewDirectory(const std::string& name, const IOOptions& options,
                              std::unique_ptr<rocksdb::FSDirectory>* directory,
                              IODebugContext* context) {
  if (IOStatus sick = Try(Act::kOpen, name); !sick.ok()) return sick;
  std::unique_ptr<rocksdb::FSDirectory> real;
  const IOStatus status = target()->NewDirectory(name, options, &real, context);
  if (status.ok()) *directory = sick::Directory(std::move(real), name, *this);
  return status;
}

IOStatus SickFs::RenameFile(const std::string& from, const std::string& to,
                            const IOOptions& options, IODebugContext* context) {
  if (IOStatus sick = Try(Act::kRename, from); !sick.ok()) return sick;
  const IOStatus status = target()->RenameFile(from, to, options, context);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (status.ok()) synced_[to] = synced_[from];
  return status;
}

IOStatus SickFs::DeleteFile(const std::string& name, const IOOptions& options,
                            IODebugContext* context) {
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(name, error);
  const IOStatus status = target()->DeleteFile(name, options, context);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (status.ok() && room_ && !error) *room_ += size;
  return status;
}

}  // namespace ecluse
