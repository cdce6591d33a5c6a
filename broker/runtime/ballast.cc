// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/ballast.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ecluse {

namespace {

namespace fs = std::filesystem;

std::string PathFor(const std::string& store_directory) {
  fs::path store(store_directory);
  if (!store.has_filename()) store = store.parent_path();
  const fs::path parent = store.has_parent_path() ? store.parent_path() : ".";
  struct stat inside = {};
  struct stat outside = {};
  const bool apart = stat(store.c_str(), &inside) == 0 && stat(parent.c_str(), &outside) == 0 &&
                     inside.st_dev != outside.st_dev;
  return apart ? (store / "BALLAST").string() : store.string() + ".ballast";
}

}  // namespace

Ballast::Ballast(const std::string& store_directory) : path_(PathFor(store_directory)) {
  struct stat there = {};
  taken_ =
      stat(path_.c_str(), &there) == 0 && static_cast<uint64_t>(there.st_blocks) * 512 >= kBytes;
}

absl::Status Ballast::Take() {
  const int fd = open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  int error = fd < 0 ? errno : posix_fallocate(fd, 0, static_cast<off_t>(kBytes));
  if (fd >= 0) close(fd);
  taken_ = error == 0;
  if (taken_) return absl::OkStatus();
  if (fd >= 0) GiveBack();
  return absl::UnavailableError(fmt::format("{}: {}", path_, std::strerror(error)));
}

void Ballast::GiveBack() {
  // A disk that refuses even this keeps the room; nothing better can be done about it.
  if (truncate(path_.c_str(), 0) != 0) errno = 0;
  taken_ = false;
}

void Ballast::Mark() const {
  const int fd = open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) close(fd);
}

bool Ballast::marked() const { return access(path_.c_str(), F_OK) == 0; }

}  // namespace ecluse
