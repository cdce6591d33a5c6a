// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>

namespace ecluse {

// A file system that forgets at a power cut what was not synced: the unsynced end of a file (all
// or a random part of it), a new file or a rename whose directory was not synced. It lies on real
// files. Deletions are final at once; pages of one file are never lost out of order.
class ForgetfulFs : public rocksdb::FileSystemWrapper {
 public:
  explicit ForgetfulFs(uint64_t seed);

  static const char* kClassName() { return "ForgetfulFs"; }
  const char* Name() const override { return kClassName(); }

  // The power goes at the `writes`-th write or sync from now, in its middle. From then on
  // everything fails.
  void CutAfter(uint64_t writes);
  void CutNow();
  bool dark() const;
  // The power is back: what was not synced is gone. Nothing may be open any more.
  void Restart();

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;

  // For the file handles. How much of an append gets through, and whether the power went in it.
  struct Passed {
    size_t bytes;
    bool dark;
  };
  Passed Append(const std::string& name, size_t bytes);
  rocksdb::IOStatus Sync(const std::string& name);
  rocksdb::IOStatus SyncDirectory(const std::string& name);

 private:
  struct File {
    uint64_t synced = 0;
    bool entry_synced = false;
    std::optional<std::string> before;  // what a rename replaced, until its directory is synced
  };

  // REQUIRES: mutex_ held. Counts down to the cut. True: this one is it.
  bool Strikes();

  mutable std::mutex mutex_;
  std::mt19937_64 random_;
  std::map<std::string, File> files_;
  bool dark_ = false;
  uint64_t until_cut_ = 0;  // 0: none is planned
};

}  // namespace ecluse
