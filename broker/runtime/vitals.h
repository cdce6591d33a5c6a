// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "broker/core/broker.h"

namespace ecluse {

// Free bytes of the file system that `path` is on; nullopt: it can't be told.
std::optional<uint64_t> FreeBytes(const std::string& path);

// Watches the room on the store's disk. Low below the reserve; well again only a quarter above it,
// so that intake does not flap. Each edge is logged, once. What can't be told counts as low.
class DiskWatch {
 public:
  static constexpr absl::Duration kEvery = absl::Milliseconds(100);

  DiskWatch(uint64_t reserve, std::function<std::optional<uint64_t>()> free_bytes)
      : reserve_(reserve), free_bytes_(std::move(free_bytes)) {}

  // Looks at the disk at most once in kEvery.
  Vitals Look(absl::Time now);

 private:
  uint64_t reserve_;
  std::function<std::optional<uint64_t>()> free_bytes_;
  absl::Time looked_ = absl::InfinitePast();
  Vitals vitals_;
};

}  // namespace ecluse
