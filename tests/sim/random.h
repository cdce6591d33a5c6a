// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>

namespace ecluse::sim {

// All chance of a story comes from one seed. Own code (splitmix64), because the distributions of
// the standard library differ from one library to the next, and a seed must tell one story.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // REQUIRES: most > 0. From 0 to most - 1.
  uint64_t Below(uint64_t most) { return Next() % most; }
  // Both ends included.
  int64_t Between(int64_t least, int64_t most) {
    return least + static_cast<int64_t>(Below(static_cast<uint64_t>(most - least) + 1));
  }
  absl::Duration Between(absl::Duration least, absl::Duration most) {
    const int64_t from = absl::ToInt64Microseconds(least);
    const int64_t to = absl::ToInt64Microseconds(most);
    return absl::Microseconds(Between(from, to < from ? from : to));
  }
  double Fraction() { return static_cast<double>(Next() >> 11) * 0x1p-53; }
  bool Chance(double probability) { return Fraction() < probability; }

 private:
  uint64_t state_;
};

}  // namespace ecluse::sim
