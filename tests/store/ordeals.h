// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "tests/support/numbers.h"

namespace ecluse::store::sample {

// The seeds of an ordeal: `usual` of them, or ECLUSE_ORDEALS for a long run, from ECLUSE_FIRST_SEED
// on.
struct Seeds {
  uint64_t first = 1;
  uint64_t last = 0;
};
inline Seeds OrdealSeeds(uint64_t usual) {
  constexpr uint64_t kMost = uint64_t{1} << 62;  // so that the last one is a number, too
  Seeds seeds;
  seeds.first = NumberSaid("ECLUSE_FIRST_SEED", 1, kMost);
  seeds.last = seeds.first + NumberSaid("ECLUSE_ORDEALS", usual, kMost) - 1;
  return seeds;
}

}  // namespace ecluse::store::sample
