// SPDX-License-Identifier: Apache-2.0
#include "tests/support/slow_fs.h"

#include <thread>
#include <utility>

namespace ecluse {

namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class SlowFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  SlowFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::chrono::microseconds per_sync)
      : FSWritableFileOwnerWrapper(std::move(file)), per_sync_(per_sync) {}

  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    std::this_thread::sleep_for(per_sync_);
    return target()->Sync(options, context);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    std::this_thread::sleep_for(per_sync_);
    return target()->Fsync(options, context);
  }
  IOStatus RangeSync(uint64_t offset, uint64_t bytes, const IOOptions& options,
                     IODebugContext* context) override {
    std::this_thread::sleep_for(per_sync_);
    return target()->RangeSync(offset, bytes, options, context);
  }

 private:
  const std::chrono::microseconds per_sync_;
};

class SlowDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  SlowDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, std::chrono::microseconds per_sync)
      : FSDirectoryWrapper(std::move(directory)), per_sync_(per_sync) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    std::this_thread::sleep_for(per_sync_);
    return FSDirectoryWrapper::Fsync(options, context);
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* context,
                               const rocksdb::DirFsyncOptions& how) override {
    std::this_thread::sleep_for(per_sync_);
    return FSDirectoryWrapper::FsyncWithDirOptions(options, context, how);
  }

 private:
  const std::chrono::microseconds per_sync_;
};

}  // namespace

IOStatus SlowFs::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                 std::unique_ptr<rocksdb::FSWritableFile>* file,
                                 IODebugContext* context) {
  std::unique_ptr<rocksdb::FSWritableFile> real;
  const IOStatus status = target()->NewWritableFile(name, options, &real, context);
  if (status.ok()) *file = std::make_unique<SlowFile>(std::move(real), per_sync_);
  return status;
}

IOStatus SlowFs::ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    IODebugContext* context) {
  std::unique_ptr<rocksdb::FSWritableFile> real;
  const IOStatus status = target()->ReopenWritableFile(name, options, &real, context);
  if (status.ok()) *file = std::make_unique<SlowFile>(std::move(real), per_sync_);
  return status;
}

IOStatus SlowFs::NewDirectory(const std::string& name, const IOOptions& options,
                              std::unique_ptr<rocksdb::FSDirectory>* directory,
                              IODebugContext* context) {
  std::unique_ptr<rocksdb::FSDirectory> real;
  const IOStatus status = target()->NewDirectory(name, options, &real, context);
  if (status.ok()) *directory = std::make_unique<SlowDirectory>(std::move(real), per_sync_);
  return status;
}

}  // namespace ecluse
