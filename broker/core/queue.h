// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "proto/names.h"
#include "store/store.h"

namespace ecluse {

// The Ready requests of one practice for one destination and of one share, in order of rank. The
// order lives in the store; memory holds the head of it and the count of all.
//
// INVARIANT: `window` holds the lowest ranks of the lane, without a gap.
class Lane {
 public:
  explicit Lane(uint64_t count) : count_(count) {}

  uint64_t count() const { return count_; }
  bool HasHead() const { return !window_.empty(); }
  RequestId Head() const { return window_.front().id; }
  // How many of the lane go before this request; all of them if it is beyond the window.
  uint64_t Before(const Rank& rank) const;

  void Add(const Rank& rank);
  void Remove(const Rank& rank);
  // Reads on where the window ends, if it runs low.
  // REQUIRES: every Add and Remove so far is committed.
  void Refill(const store::Reads& reads, const Destination& destination, const PracticeId& practice,
              Share share, size_t at_most);

 private:
  uint64_t count_;
  std::deque<Rank> window_;
  // Nothing of the lane is at or below it, but what is in the window. nullopt: nothing is known.
  std::optional<Rank> floor_;
};

// One destination's lanes, in two shares. Within a share the lanes take turns, so that a chain
// never starves a shop; between the shares turns follow `fresh_share`, so that neither starves the
// other.
class Queue {
 public:
  void Restore(const PracticeId& practice, Share share, uint64_t count);
  void Add(const PracticeId& practice, const Rank& rank);
  void Remove(const PracticeId& practice, const Rank& rank);
  void Refill(const store::Reads& reads, const Destination& destination);

  struct Next {
    PracticeId practice;
    RequestId id;
  };
  // Whose turn it is, passing over lanes that `stopped` names. The turn moves on; the request
  // stays until it is removed. `fresh_share`: of a hundred turns, how many are for Share::kFresh
  // when both shares have some.
  std::optional<Next> TakeTurn(const std::function<bool(const PracticeId&)>& stopped,
                               uint32_t fresh_share);

  // The heads of the lanes that `stopped` does not name, in the order of their turns; no turn
  // moves.
  std::vector<Next> Heads(const std::function<bool(const PracticeId&)>& stopped,
                          size_t at_most) const;

  uint64_t size() const { return fresh_.size + backlog_.size; }
  uint64_t CountOf(const PracticeId& practice) const;
  uint64_t CountOf(const PracticeId& practice, Share share) const;
  std::vector<PracticeId> Practices() const;  // that have some, in order of name
  // How many requests go before the one of `practice` that has `ahead` of its own before it.
  uint64_t Before(const PracticeId& practice, uint64_t ahead) const;
  uint64_t AheadInLane(const PracticeId& practice, const Rank& rank) const;

 private:
  struct Lanes {
    absl::btree_map<PracticeId, Lane> of;  // ordered, so that turns are deterministic
    PracticeId last;
    uint64_t size = 0;
  };
  Lanes& Of(Share share) { return share == Share::kFresh ? fresh_ : backlog_; }
  const Lanes& Of(Share share) const { return share == Share::kFresh ? fresh_ : backlog_; }

  Lanes fresh_;
  Lanes backlog_;
  uint32_t turn_ = 0;  // counts to a hundred
};

}  // namespace ecluse
