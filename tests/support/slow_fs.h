// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/file_system.h>

#include <chrono>
#include <memory>
#include <string>

namespace ecluse {

// The file system of a slow disk: every sync, of a file, of a part of it or of a directory, really
// happens and takes so much longer.
class SlowFs : public rocksdb::FileSystemWrapper {
 public:
  explicit SlowFs(std::chrono::microseconds per_sync)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), per_sync_(per_sync) {}

  static const char* kClassName() { return "SlowFs"; }
  const char* Name() const override { return kClassName(); }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* context) override;

 private:
  const std::chrono::microseconds per_sync_;
};

}  // namespace ecluse
