// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace ecluse {
namespace {

absl::Status Refused(const std::string& path, const std::string& rule) {
  return absl::FailedPreconditionError(path + ": " + rule);
}

std::string SystemError() { return std::strerror(errno); }

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

// systemd hands credentials over with an access list, which shows as a group-readable mode though
// nobody else can enter the folder.
bool IsSystemdCredential(const std::string& path) {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  return folder != nullptr && path.starts_with(std::string(folder) + "/");
}

bool WriteAll(int fd, const std::string& bytes) {
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t n = write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// A name is on disk only once its folder is.
absl::Status SyncFolderOf(const std::string& path) {
  const File folder(open(FolderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.fd() < 0 || fsync(folder.fd()) != 0) return Refused(path, SystemError());
  return absl::OkStatus();
}

// What root writes for a service belongs to the service: to the owner of the file that was there,
// else of the folder.
bool GiveToOwner(const std::string& path, int fd) {
  if (geteuid() != 0) return true;
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0 && stat(FolderOf(path).c_str(), &info) != 0) return false;
  return fchown(fd, info.st_uid, info.st_gid) == 0;
}

absl::Status WriteSynced(const std::string& path, int fd, const std::string& bytes) {
  if (fd < 0 || !GiveToOwner(path, fd)) return Refused(path, SystemError());
  if (fchmod(fd, 0600) != 0 || !WriteAll(fd, bytes) || fsync(fd) != 0) {
    return Refused(path, SystemError());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadSecretFile(const std::string& path, size_t most_bytes) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.fd() < 0 && errno == ENOENT) return absl::NotFoundError(path + ": is not there");
  struct stat info = {};
  if (file.fd() < 0 || fstat(file.fd(), &info) != 0) return Refused(path, SystemError());
  if (!S_ISREG(info.st_mode)) return Refused(path, "is not a file");
  if ((info.st_mode & 077) != 0 && !IsSystemdCredential(path)) {
    return absl::PermissionDeniedError(
        path + ": others than its owner may read or change it: chmod 600 it");
  }
  if (static_cast<size_t>(info.st_size) > most_bytes) return Refused(path, "is too long");
  std::string bytes(most_bytes + 1, '\0');
  size_t length = 0;
  while (length < bytes.size()) {
    const ssize_t n = read(file.fd(), bytes.data() + length, bytes.size() - length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Refused(path, SystemError());
    if (n == 0) break;
    length += static_cast<size_t>(n);
  }
  if (length > most_bytes) return Refused(path, "is too long");
  bytes.resize(length);
  return bytes;
}

absl::Status ReplaceFile(const std::string& path, const std::string& bytes) {
  std::string fresh = path + ".XXXXXX";
  const File file(mkostemp(fresh.data(), O_CLOEXEC));
  absl::Status status = WriteSynced(path, file.fd(), bytes);
  if (status.ok() && rename(fresh.c_str(), path.c_str()) != 0) {
    status = Refused(path, SystemError());
  }
  if (!status.ok()) {
    unlink(fresh.c_str());
    return status;
  }
  return SyncFolderOf(path);
}

absl::Status WriteNewFile(const std::string& path, const std::string& bytes) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.fd() < 0 && errno == EEXIST) {
    return absl::AlreadyExistsError(path + ": is there already, and is not written over");
  }
  const absl::Status status = WriteSynced(path, file.fd(), bytes);
  return status.ok() ? SyncFolderOf(path) : status;
}

std::optional<FileStamp> StampOf(const std::string& path) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) return std::nullopt;
  return FileStamp{info.st_ino, info.st_size,
                   info.st_mtim.tv_sec * int64_t{1'000'000'000} + info.st_mtim.tv_nsec};
}

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) { return Take(path, LOCK_EX); }

absl::StatusOr<FileLock> FileLock::TryTake(const std::string& path) {
  return Take(path, LOCK_EX | LOCK_NB);
}

absl::StatusOr<FileLock> FileLock::Take(const std::string& path, int how) {
  const std::string name = path + ".lock";
  const int fd = open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Refused(name, SystemError());
  FileLock lock(fd);
  if (!GiveToOwner(path, fd)) return Refused(name, SystemError());
  while (flock(fd, how) != 0) {
    if (errno == EWOULDBLOCK) return absl::AlreadyExistsError(name + ": another process has it");
    if (errno != EINTR) return Refused(name, SystemError());
  }
  return lock;
}

FileLock::~FileLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace ecluse
