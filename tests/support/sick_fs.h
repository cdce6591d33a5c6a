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

// A disk that fails while it is used, by chance: a write that may leave a part of itself (torn), a
// sync that may lose what it should have kept, a read, an opening, a renaming; and one that has
// room for so many bytes only. It lies on real files, and never really syncs: the power stays.
class SickFs : public rocksdb::FileSystemWrapper {
 public:
  // Failures in ten thousand of each.
  struct Ills {
    uint32_t write = 0;
    uint32_t sync = 0;
    uint32_t read = 0;
    uint32_t open = 0;
    uint32_t rename = 0;
    // A planted fault: a failed write or sync says that all is well.
    bool lies = false;
  };

  explicit SickFs(uint64_t seed);

  static const char* kClassName() { return "SickFs"; }
  const char* Name() const override { return kClassName(); }

  void Ail(const Ills& ills);
  void Heal();  // nothing fails any more, and there is room without end
  // So many bytes more may be written; deletions give room back.
  void LeaveRoom(uint64_t bytes);
  // Only files whose name ends so fail to be written. Empty: all.
  void Only(std::string ending);
  uint64_t failures() const;

  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;

  // For the file handles.
  enum class Act { kWrite, kSync, kRead, kOpen, kRename };
  rocksdb::IOStatus Try(Act act, const std::string& name);
  struct Passed {
    size_t bytes = 0;  // of the write
    rocksdb::IOStatus told;
  };
  Passed Append(const std::string& name, size_t bytes);
  rocksdb::IOStatus Sync(const std::string& name);

 private:
  // REQUIRES: mutex_ held.
  bool Strikes(Act act, const std::string& name);
  rocksdb::IOStatus Failure(const char* what);

  mutable std::mutex mutex_;
  std::mt19937_64 random_;
  Ills ills_;
  std::string only_;
  std::optional<uint64_t> room_;
  uint64_t failures_ = 0;
  std::map<std::string, uint64_t> synced_;  // bytes of files that were written here
};

}  // namespace ecluse
