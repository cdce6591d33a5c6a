// SPDX-License-Identifier: Apache-2.0
#include "store/master_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ecluse::store {

namespace {

constexpr size_t kDigits = 64;

absl::Status CheckPlace(const std::string& file, const std::string& store_dir) {
  std::error_code error;
  const auto key = std::filesystem::weakly_canonical(file, error);
  const auto store = std::filesystem::weakly_canonical(store_dir, error);
  auto k = key.begin();
  auto s = store.begin();
  while (s != store.end() && !s->empty() && k != key.end() && *k == *s) ++k, ++s;
  if (s == store.end() || s->empty()) {
    return absl::FailedPreconditionError(fmt::format(
        "the master key {} lies inside the store {}: a copy of the store would carry its own key. "
        "Move the key file elsewhere and say so in the configuration",
        file, store_dir));
  }
  return absl::OkStatus();
}

// systemd hands credentials over as mode 0440 with an access list, so the group's right to read
// is no reason to refuse.
absl::Status CheckMode(const std::string& file, mode_t mode) {
  if (!S_ISREG(mode)) {
    return absl::FailedPreconditionError(fmt::format("the master key {} is not a file", file));
  }
  if ((mode & (S_IRWXO | S_IWGRP)) != 0) {
    return absl::PermissionDeniedError(fmt::format(
        "the master key {} has mode {:04o}: others may read or change it. Make it readable by the "
        "service alone (chmod 600), and think about who may have seen it",
        file, mode & 07777));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SecretKey> ParseMasterKey(const std::string& file, std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  SecretKey key;
  size_t bytes = 0;
  const char* end = nullptr;
  const bool good =
      text.size() == kDigits && sodium_hex2bin(key.bytes.data(), key.bytes.size(), text.data(),
                                               text.size(), nullptr, &bytes, &end) == 0;
  if (!good || bytes != key.bytes.size() || end != text.data() + text.size()) {
    return absl::FailedPreconditionError(
        fmt::format("the master key {} is not 64 hex digits: put the right file there", file));
  }
  return key;
}

absl::StatusOr<SecretKey> ReadMasterKey(const std::string& file, const std::string& store_dir) {
  if (absl::Status status = CheckPlace(file, store_dir); !status.ok()) return status;
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return absl::FailedPreconditionError(
        fmt::format("the master key {} can't be read: {}. Without it no content of the store can "
                    "be opened; bring it back, or for a new store make one",
                    file, std::strerror(errno)));
  }
  struct stat info {};
  char text[kDigits + 16];
  absl::Status status = absl::OkStatus();
  ssize_t size = -1;
  if (fstat(fd, &info) == 0) {
    status = CheckMode(file, info.st_mode);
    if (status.ok()) size = read(fd, text, sizeof(text));
  }
  close(fd);
  if (!status.ok()) return status;
  if (size < 0) {
    return absl::FailedPreconditionError(fmt::format("the master key {} can't be read", file));
  }
  auto key = ParseMasterKey(file, {text, static_cast<size_t>(size)});
  sodium_memzero(text, sizeof(text));
  return key;
}

absl::Status CreateMasterKey(const std::string& file) {
  const SecretKey key = SecretKey::Random();
  char text[kDigits + 1];
  sodium_bin2hex(text, sizeof(text), key.bytes.data(), key.bytes.size());
  text[kDigits] = '\n';
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    return absl::FailedPreconditionError(
        fmt::format("the master key {} can't be made: {}", file, std::strerror(errno)));
  }
  const bool written = write(fd, text, sizeof(text)) == static_cast<ssize_t>(sizeof(text));
  const bool synced = written && fsync(fd) == 0;
  close(fd);
  sodium_memzero(text, sizeof(text));
  if (!synced) {
    return absl::UnavailableError(fmt::format("the master key {} was not written whole", file));
  }
  return absl::OkStatus();
}

std::string Fingerprint(const SecretKey& master) {
  // BLAKE2b gives at least 16 bytes; 8 are enough to tell keys apart.
  return KeyedHash(master, 16).Add("which master key is this").Finish().substr(0, 8);
}

}  // namespace ecluse::store
