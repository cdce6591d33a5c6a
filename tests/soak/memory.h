// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ecluse::soak {

// What was resident at which moment, and how that follows the number of those that wait. Its own
// memory is taken at the start.
class Memory {
 public:
  Memory() { samples_.reserve(20'000); }

  void Sample(uint64_t waiting);
  void Clear() { samples_.clear(); }
  // Rows: the least, the most, and the slope of the line that fits best.
  void Tell(const std::string& cell, bool slope) const;

 private:
  struct One {
    double waiting = 0;
    double resident = 0;
  };
  std::vector<One> samples_;
};

}  // namespace ecluse::soak
