// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>

namespace ecluse::store::sample {

// The seeds of an ordeal: `usual` of them, or ECLUSE_ORDEALS for a long run, from ECLUSE_FIRST_SEED
// on.
struct Seeds {
  uint64_t first = 1;
  uint64_t last = 0;
};
inline Seeds OrdealSeeds(uint64_t usual) {
  const char* many = std::getenv("ECLUSE_ORDEALS");
  const char* first = std::getenv("ECLUSE_FIRST_SEED");
  Seeds seeds;
  if (first != nullptr) seeds.first = std::strtoull(first, nullptr, 10);
  seeds.last = seeds.first + (many != nullptr ? std::strtoull(many, nullptr, 10) : usual) - 1;
  return seeds;
}

}  // namespace ecluse::store::sample
