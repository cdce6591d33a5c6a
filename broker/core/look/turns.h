// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "broker/core/delivery/queue.h"

namespace ecluse {

// How many go before a request, as the lanes of a destination take turns (queue.h): within a share
// one of each lane in every round, and between the shares by `fresh_share`. Made once from the
// sizes of the lanes, it then tells of any place in any lane at once. Who begins the first round is
// not known to it: it may be wrong by one round.
class Turns {
 public:
  // Lanes that `stopped` names stand still and keep nobody waiting.
  Turns(const Queue& queue, uint32_t fresh_share,
        const std::function<bool(const PracticeId&)>& stopped);

  // Before the request that has `ahead` of its own lane before it, in a lane of `count`.
  uint64_t Before(Share share, uint64_t count, uint64_t ahead) const;
  uint64_t size() const { return fresh_.total + backlog_.total; }

 private:
  struct Sizes {
    std::vector<uint64_t> sorted;  // of its lanes, ascending
    std::vector<uint64_t> sums;    // sums[i]: of the first i of them
    uint64_t total = 0;
    // All that went after `rounds` rounds.
    uint64_t Gone(uint64_t rounds) const;
  };
  static Sizes Sorted(std::vector<uint64_t> sizes);

  Sizes fresh_;
  Sizes backlog_;
  uint32_t fresh_share_;
};

}  // namespace ecluse
