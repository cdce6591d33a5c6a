// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sick_files.h"

#include <utility>

#include "tests/support/sick_fs.h"

namespace ecluse::sick {

namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class SequentialFile : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  SequentialFile(std::unique_ptr<rocksdb::FSSequentialFile> file, std::string name, SickFs& fs)
      : FSSequentialFileOwnerWrapper(std::move(file)), name_(std::move(name)), fs_(fs) {}

  IOStatus Read(size_t n, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* context) override {
    if (IOStatus sick = fs_.Try(SickFs::Act::kRead, name_); !sick.ok()) return sick;
    return FSSequentialFileOwnerWrapper::Read(n, options, result, scratch, context);
  }

 private:
  std::string name_;
  SickFs& fs_;
};

class RandomAccessFile : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomAccessFile(std::unique_ptr<rocksdb::FSRandomAccessFile> file, std::string name, SickFs& fs)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), name_(std::move(name)), fs_(fs) {}

  IOStatus Read(uint64_t offset, size_t n, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* context) const override {
    if (IOStatus sick = fs_.Try(SickFs::Act::kRead, name_); !sick.ok()) return sick;
    return FSRandomAccessFileOwnerWrapper::Read(offset, n, options, result, scratch, context);
  }

 private:
  std::string name_;
  SickFs& fs_;
};

class WritableFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name, SickFs& fs)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), fs_(fs) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
    const SickFs::Passed passed = fs_.Append(name_, data.size());
    const IOStatus status = target()->Append(Slice(data.data(), passed.bytes), options, context);
    return passed.told.ok() ? status : passed.told;
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* context) override {
    return Append(data, options, context);
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return fs_.Sync(name_); }
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return fs_.Sync(name_); }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }
  // Room is given by the byte, not set aside.
  IOStatus Allocate(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  std::string name_;
  SickFs& fs_;
};

class ReadWriteFile : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  ReadWriteFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string name, SickFs& fs)
      : FSRandomRWFileOwnerWrapper(std::move(file)), name_(std::move(name)), fs_(fs) {}

  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* context) override {
    if (IOStatus sick = fs_.Try(SickFs::Act::kWrite, name_); !sick.ok()) return sick;
    return FSRandomRWFileOwnerWrapper::Write(offset, data, options, context);
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return fs_.Try(SickFs::Act::kSync, name_);
  }

 private:
  std::string name_;
  SickFs& fs_;
};

class SickDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  SickDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string name, SickFs& fs)
      : FSDirectoryWrapper(std::move(directory)), name_(std::move(name)), fs_(fs) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return fs_.Try(SickFs::Act::kSync, name_);
  }
  IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*,
                               const rocksdb::DirFsyncOptions&) override {
    return fs_.Try(SickFs::Act::kSync, name_);
  }

 private:
  std::string name_;
  SickFs& fs_;
};

}  // namespace

std::unique_ptr<rocksdb::FSSequentialFile> Sequential(
    std::unique_ptr<rocksdb::FSSequentialFile> file, std::string name, SickFs& fs) {
  return std::make_unique<SequentialFile>(std::move(file), std::move(name), fs);
}
std::unique_ptr<rocksdb::FSRandomAccessFile> RandomAccess(
    std::unique_ptr<rocksdb::FSRandomAccessFile> file, std::string name, SickFs& fs) {
  return std::make_unique<RandomAccessFile>(std::move(file), std::move(name), fs);
}
std::unique_ptr<rocksdb::FSWritableFile> Writable(std::unique_ptr<rocksdb::FSWritableFile> file,
                                                  std::string name, SickFs& fs) {
  return std::make_unique<WritableFile>(std::move(file), std::move(name), fs);
}
std::unique_ptr<rocksdb::FSRandomRWFile> ReadWrite(std::unique_ptr<rocksdb::FSRandomRWFile> file,
                                                   std::string name, SickFs& fs) {
  return std::make_unique<ReadWriteFile>(std::move(file), std::move(name), fs);
}
std::unique_ptr<rocksdb::FSDirectory> Directory(std::unique_ptr<rocksdb::FSDirectory> directory,
                                                std::string name, SickFs& fs) {
  return std::make_unique<SickDirectory>(std::move(directory), std::move(name), fs);
}

}  // namespace ecluse::sick
