// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/numbers.h"

namespace ecluse::peers {

// Which conversations are played: ECLUSE_PEERS_SEEDS of them or `usual`, from ECLUSE_PEERS_FIRST
// or 1 on. Seeds past 2^32 begin again at 0.
struct Seeds {
  unsigned first = 1;
  unsigned many = 0;
};
inline Seeds SeedsSaid(unsigned usual) {
  constexpr uint64_t kMost = UINT32_MAX;
  return {static_cast<unsigned>(NumberSaid("ECLUSE_PEERS_FIRST", 1, kMost)),
          static_cast<unsigned>(NumberSaid("ECLUSE_PEERS_SEEDS", usual, kMost))};
}

}  // namespace ecluse::peers
