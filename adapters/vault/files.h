// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>

// Files that are small, secret and must survive: how the vault's folder is read and written.
namespace ecluse {

// The whole file; NotFound where there is none. Refuses a file that others than its owner may read
// or change, save for what systemd hands over as a credential. The status names the file and the
// rule.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path, size_t most_bytes);

// Replaces the file as a whole, mode 600. On return it is on disk; after an error the old one is
// still there.
absl::Status ReplaceFile(const std::string& path, const std::string& bytes);
// As ReplaceFile, but a file that is there already is an error.
absl::Status WriteNewFile(const std::string& path, const std::string& bytes);

// Tells one content of a path from the next, as far as the file system knows.
struct FileStamp {
  uint64_t inode = 0;
  int64_t bytes = 0;
  int64_t changed = 0;  // in nanoseconds
  bool operator==(const FileStamp&) const = default;
};
// nullopt: there is no file.
std::optional<FileStamp> StampOf(const std::string& path);

// While it lives, no other process that takes the same lock goes on. `path` itself is never
// opened: beside it a file with ".lock" is left.
class FileLock {
 public:
  static absl::StatusOr<FileLock> Take(const std::string& path);
  // Does not wait. AlreadyExists: another process has it.
  static absl::StatusOr<FileLock> TryTake(const std::string& path);
  FileLock(FileLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  static absl::StatusOr<FileLock> Take(const std::string& path, int how);
  int fd_;
};

}  // namespace ecluse
