// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/vitals.h"

#include <spdlog/spdlog.h>
#include <sys/statvfs.h>

namespace ecluse {

std::optional<uint64_t> FreeBytes(const std::string& path) {
  struct statvfs info = {};
  if (statvfs(path.c_str(), &info) != 0) return std::nullopt;
  return uint64_t{info.f_bavail} * info.f_frsize;
}

Vitals DiskWatch::Look(absl::Time now) {
  // A wall clock that was set back must not stop the looking.
  if (now >= looked_ && now - looked_ < kEvery) return vitals_;
  looked_ = now;
  const uint64_t free = free_bytes_().value_or(0);
  const uint64_t enough = vitals_.disk_low ? reserve_ + reserve_ / 4 : reserve_;
  const bool low = free < enough;
  if (low != vitals_.disk_low) {
    if (low) {
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
