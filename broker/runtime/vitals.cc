// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/vitals.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace ecluse {

std::optional<uint64_t> FreeBytes(const std::string& path) {
  struct statvfs info = {};
  if (statvfs(path.c_str(), &info) != 0) return std::nullopt;
  return uint64_t{info.f_bavail} * info.f_frsize;
}

namespace {

// 0, or why the system refused.
int WriteAndRead(int fd) {
  const std::string text(size_t{1} << 20, 'x');
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t put = write(fd, text.data() + done, text.size() - done);
    if (put < 0) return errno;
    done += static_cast<size_t>(put);
  }
  if (fsync(fd) != 0) return errno;
  std::string back(text.size(), 0);
  const ssize_t got = pread(fd, back.data(), back.size(), 0);
  if (got < 0) return errno;
  return back == text ? 0 : EIO;
}

}  // namespace

absl::Status TryDisk(const std::string& directory, uint64_t room) {
  const std::optional<uint64_t> free = FreeBytes(directory);
  if (!free) {
    return absl::UnavailableError(fmt::format("{}: {}", directory, std::strerror(errno)));
  }
  if (*free < room) {
    return absl::ResourceExhaustedError(
        fmt::format("{} MiB free, {} MiB are needed", *free >> 20, room >> 20));
  }
  const std::string path = directory + "/TRIAL";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  int error = fd < 0 ? errno : WriteAndRead(fd);
  if (fd >= 0 && close(fd) != 0 && error == 0) error = errno;
  if (unlink(path.c_str()) != 0 && error == 0) error = errno;
  if (error == 0) return absl::OkStatus();
  const std::string why = fmt::format("{}: {}", path, std::strerror(error));
  if (error == ENOSPC || error == EDQUOT) return absl::ResourceExhaustedError(why);
  return absl::UnavailableError(why);
}

uint64_t DiskWatch::Trim(uint64_t free) {
  if (ballast_ == nullptr) return free;
  if (ballast_->taken()) {
    if (free >= kNearlyFull) return free;
    ballast_->GiveBack();
    spdlog::error(
        "disk nearly full: the ballast is given back, so that what has begun can be "
        "noted; make room");
    return free;
  }
  const uint64_t beside = free - std::min(free, Ballast::kBytes);
  if (beside < reserve_ + reserve_ / 4) return beside;
  // A file system may count as free what it does not give. Then it stays without.
  if (ballast_->Take().ok()) {
    spdlog::info("ballast: {} MiB of the disk are set aside", Ballast::kBytes >> 20);
  }
  return beside;
}

Vitals DiskWatch::Look(absl::Time now) {
  // A wall clock that was set back must not stop the looking.
  if (now >= looked_ && now - looked_ < kEvery) return vitals_;
  looked_ = now;
  const std::optional<uint64_t> told = free_bytes_();
  const uint64_t free = told ? Trim(*told) : 0;
  const uint64_t enough = vitals_.disk_low ? reserve_ + reserve_ / 4 : reserve_;
  const bool low = free < enough;
  if (low != vitals_.disk_low) {
    if (low && !told) {
      spdlog::error(
          "disk low: the free room of the store's directory can't be told; is its disk there? "
          "Intake stops");
    } else if (low) {
      spdlog::error("disk low: {} MiB free, reserve {} MiB: intake stops; make room", free >> 20,
                    reserve_ >> 20);
    } else {
      spdlog::warn("disk well again: {} MiB free: intake resumes", free >> 20);
    }
  }
  vitals_.disk_low = low;
  return vitals_;
}

}  // namespace ecluse
