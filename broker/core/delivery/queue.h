// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>

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
// INVARIANT: the window holds exactly the ranks of the lane up to `known_`, those of this turn too.
class Lane {
 public:
  explicit Lane(uint64_t count) : count_(count), whole_(count == 0) {}

  uint64_t count() const { return count_; }
  bool HasHead() const { return !window_.empty(); }
  RequestId Head() const { return window_.front().id; }
  // Less than half of `at_most` is in the window, and there is more.
  bool RunsLow(size_t at_most) const { return !whole_ && window_.size() * 2 <= at_most; }
  // How many of the lane go before this request. Beyond the window the store is read, some hundred
  // ranks far; what is deeper counts as behind all of the lane.
  uint64_t Before(const store::Reads& reads, const Destination& destination,
                  const PracticeId& practice, const Rank& rank) const;

  // The window keeps `at_most` ranks, or a few more.
  void Add(const Rank& rank, size_t at_most);
  void Remove(const Rank& rank);
  // Reads on behind what is known. The store may lag behind by what this turn added and removed.
  void Refill(const store::Reads& reads, const Destination& destination, const PracticeId& practice,
              Share share, size_t at_most);
  // The store knows all by now.
  void Committed();

 private:
  uint64_t count_;
  bool whole_;  // the window is the whole lane
  std::optional<Rank> known_;
  std::deque<Rank> window_;
  // What the store does not know yet.
  absl::btree_set<Rank> added_;
  absl::btree_set<Rank> removed_;
};

// One destination's lanes, in two shares. Within a share the lanes take turns, so that a chain
// never starves a shop; between the shares turns follow `fresh_share`, so that neither starves the
// other.
class Queue {
 public:
  void Restore(const PracticeId& practice, Share share, uint64_t count);
  void Add(const PracticeId& practice, const Rank& rank);
  void Remove(const PracticeId& practice, const Rank& rank);
  // Fills windows that run low: some of them, if they are many.
  void Refill(const store::Reads& reads, const Destination& destination);
  // A new turn begins: what was added and removed is committed, and lanes that were stopped are
  // looked at again, some of them if they are many.
  void Committed();

  struct Next {
    PracticeId practice;
    RequestId id;
  };
  // Whose turn it is, passing over lanes that `stopped` names; these are passed over for the rest
  // of the turn. The turn moves on; the request stays until it is removed. `fresh_share`: of a
  // hundred turns, how many are for Share::kFresh when both shares have some.
  std::optional<Next> TakeTurn(const std::function<bool(const PracticeId&)>& stopped,
                               uint32_t fresh_share);

  // The heads of the lanes that `stopped` does not name, in the order of their turns; no turn
  // moves. Those that it names are passed over for the rest of the turn here too.
  std::vector<Next> Heads(const std::function<bool(const PracticeId&)>& stopped, size_t at_most);

  uint64_t size() const { return fresh_.size + backlog_.size; }
  uint64_t CountOf(const PracticeId& practice) const;
  uint64_t CountOf(const PracticeId& practice, Share share) const;
  std::vector<PracticeId> Practices() const;  // that have some, in order of name
  // The next of them behind this one.
  std::optional<PracticeId> PracticeBehind(const PracticeId& practice) const;
  // How many requests go before the one of `practice` that has `ahead` of its own before it.
  uint64_t Before(const PracticeId& practice, uint64_t ahead) const;
  uint64_t AheadInLane(const store::Reads& reads, const Destination& destination,
                       const PracticeId& practice, const Rank& rank) const;

 private:
  // Ordered, so that turns are deterministic.
  struct Lanes {
    absl::btree_map<PracticeId, Lane> of;  // an empty one stays until the turn ends
    // Every lane is in one of these two.
    absl::btree_set<PracticeId> awake;
    absl::btree_set<PracticeId> asleep;  // found stopped, and not looked at since
    absl::btree_set<PracticeId> low;     // windows to fill
    absl::btree_set<PracticeId> changed;
    PracticeId last;
    PracticeId last_woken;
    uint64_t size = 0;
  };
  Lanes& Of(Share share) { return share == Share::kFresh ? fresh_ : backlog_; }
  const Lanes& Of(Share share) const { return share == Share::kFresh ? fresh_ : backlog_; }
  size_t Window() const;
  static std::optional<Next> TakeTurn(Lanes& lanes,
                                      const std::function<bool(const PracticeId&)>& stopped);
  static void Wake(Lanes& lanes);
  static void LetSleep(Lanes& lanes, const std::vector<PracticeId>& found_stopped);

  // How long the lanes are: sorted, and summed up to each. For Before(), which is asked for many
  // requests in a row.
  struct Depths {
    std::vector<uint64_t> lanes;
    std::vector<uint64_t> sums;
  };
  const Depths& DepthsNow() const;

  Lanes fresh_;
  Lanes backlog_;
  mutable std::optional<Depths> depths_;  // until the next change
  uint32_t turn_ = 0;                     // counts to a hundred
};

}  // namespace ecluse
