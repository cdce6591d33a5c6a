// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "broker/core/broker.h"
#include "broker/runtime/ballast.h"

namespace ecluse {

// Free bytes of the file system that `path` is on; nullopt: it can't be told.
std::optional<uint64_t> FreeBytes(const std::string& path);

// Whether the disk of `directory` is well: `room` bytes are free, and a file is written, synced,
// read and removed there. ResourceExhausted: it is full. Unavailable: it fails.
absl::Status TryDisk(const std::string& directory, uint64_t room);

// Watches the room on the store's disk. Low below the reserve; well again only a quarter above it,
// so that intake does not flap. Each edge is logged, once. What can't be told counts as low.
//
// With a ballast: gives it back when less than kNearlyFull is left, and sets it aside again when
// there is room. Its room never counts as free. A disk that can't be told about costs no ballast.
class DiskWatch {
 public:
  static constexpr absl::Duration kEvery = absl::Milliseconds(100);
  static constexpr uint64_t kNearlyFull = Ballast::kBytes / 4;

  DiskWatch(uint64_t reserve, std::function<std::optional<uint64_t>()> free_bytes,
            Ballast* ballast = nullptr)
      : reserve_(reserve), free_bytes_(std::move(free_bytes)), ballast_(ballast) {}

  // Looks at the disk at most once in kEvery.
  Vitals Look(absl::Time now);

 private:
  // What is free beside the ballast.
  uint64_t Trim(uint64_t free);

  uint64_t reserve_;
  std::function<std::optional<uint64_t>()> free_bytes_;
  Ballast* ballast_;
  absl::Time looked_ = absl::InfinitePast();
  Vitals vitals_;
};

}  // namespace ecluse
