// SPDX-License-Identifier: Apache-2.0
#include "store/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace ecluse::store {

namespace fs = std::filesystem;

// What is written and not synced stands in memory, and in the way of who has to sync.
static constexpr size_t kUnsynced = size_t{16} << 20;

absl::Status SystemError(const std::string& what, int error) {
  const std::string text = fmt::format("{}: {}", what, std::strerror(error));
  if (error == ENOSPC || error == EDQUOT) return absl::ResourceExhaustedError(text);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(text);
  return absl::UnavailableError(text);
}

absl::Status SyncPath(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return SystemError(path + " can't be opened", errno);
  const int error = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return error == 0 ? absl::OkStatus() : SystemError(path + " can't be made durable", error);
}

absl::Status SyncAll(const std::string& directory) {
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_regular_file(error)) continue;
    if (auto status = SyncPath(it->path()); !status.ok()) return status;
  }
  if (error) return SystemError(directory + " can't be listed", error.value());
  return SyncPath(directory);
}

absl::Status CopyFile(const std::string& from, const std::string& to,
                      const std::function<bool()>& go_on) {
  const int in = open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (in < 0) return SystemError(from + " can't be read", errno);
  const int out = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) {
    const int error = errno;
    close(in);
    return SystemError(to + " can't be made", error);
  }
  absl::Status status = absl::OkStatus();
  static thread_local std::array<char, 256 << 10> buffer;
  size_t unsynced = 0;
  for (ssize_t got = 1; status.ok() && got > 0;) {
    if (go_on && !go_on()) {
      status = absl::CancelledError();
      break;
    }
    got = read(in, buffer.data(), buffer.size());
    if (got < 0) status = SystemError(from + " can't be read", errno);
    for (ssize_t done = 0; status.ok() && done < got;) {
      const ssize_t put = write(out, buffer.data() + done, static_cast<size_t>(got - done));
      if (put < 0) status = SystemError(to + " can't be written", errno);
      done += std::max<ssize_t>(put, 0);
    }
    unsynced += static_cast<size_t>(std::max<ssize_t>(got, 0));
    if (unsynced < kUnsynced || !status.ok()) continue;
    if (fdatasync(out) != 0) status = SystemError(to + " can't be made durable", errno);
    unsynced = 0;
  }
  if (status.ok() && fsync(out) != 0) status = SystemError(to + " can't be made durable", errno);
  close(in);
  close(out);
  return status;
}

int Rename(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL) return errno;
  // A file system over a network may not know how to keep what is there.
  std::error_code error;
  if (fs::exists(fs::symlink_status(to, error))) return EEXIST;
  return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

std::string ParentOf(const std::string& path) {
  fs::path parent(path);
  if (!parent.has_filename()) parent = parent.parent_path();
  parent = parent.parent_path();
  return parent.empty() ? "." : parent.string();
}

bool LiesIn(const std::string& path, const std::string& directory) {
  std::error_code error;
  const auto inner = fs::weakly_canonical(path, error);
  const auto outer = fs::weakly_canonical(directory, error);
  const auto [at, unused] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return at == outer.end() || at->empty();
}

Unfinished::~Unfinished() {
  std::error_code error;
  if (!keep_) fs::remove_all(path_, error);
}

}  // namespace ecluse::store
