// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace ecluse::soak {

// What chance gives to the n-th of something: always the same, so that nothing of it need be kept.
// SplitMix64 over the seed, the number and what is asked of it.
class Chance {
 public:
  explicit Chance(uint64_t seed) : seed_(seed) {}

  uint64_t Of(uint64_t n, uint64_t what) const {
    uint64_t z = seed_ * 0x9E3779B97F4A7C15 + n * 0xD1B54A32D192ED03 + what * 0x8CB92BA72F3D8DD7;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  // 0 to below-1.
  uint32_t Below(uint32_t below, uint64_t n, uint64_t what) const {
    return static_cast<uint32_t>(Of(n, what) % below);
  }

 private:
  uint64_t seed_;
};

}  // namespace ecluse::soak
