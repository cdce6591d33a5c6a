// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "proto/names.h"
#include "store/store.h"

namespace ecluse {

// The Ready requests of one practice for one destination, in order of number. The order lives in
// the store; memory holds the head of it and the count of all.
//
// INVARIANT: `window` holds the lowest numbers of the lane, without a gap.
class Lane {
 public:
  explicit Lane(uint64_t count) : count_(count) {}

  uint64_t count() const { return count_; }
  bool HasHead() const { return !window_.empty(); }
  RequestId Head() const { return window_.front(); }
  // How many of the lane go before this request; all of them if it is beyond the window.
  uint64_t Before(RequestId id) const;

  void Add(RequestId id);
  void Remove(RequestId id);
  // Reads on where the window ends, if it runs low.
  // REQUIRES: every Add and Remove so far is committed.
  void Refill(const store::Reads& reads, const Destination& destination, const PracticeId& practice,
              size_t at_most);

 private:
  uint64_t count_;
  std::deque<RequestId> window_;
  RequestId floor_;  // nothing of the lane is at or below it, but what is in the window
};

// One destination's lanes. They take turns, so that a chain never starves a shop.
class Queue {
 public:
  void Restore(const PracticeId& practice, uint64_t count);
  void Add(const PracticeId& practice, RequestId id);
  void Remove(const PracticeId& practice, RequestId id);
  void Refill(const store::Reads& reads, const Destination& destination);

  struct Next {
    PracticeId practice;
    RequestId id;
  };
  // Whose turn it is, passing over lanes that `stopped` names. The turn moves on; the request
  // stays until it is removed.
  std::optional<Next> TakeTurn(const std::function<bool(const PracticeId&)>& stopped);

  uint64_t size() const { return size_; }
  uint64_t CountOf(const PracticeId& practice) const;
  // How many requests go before the one of `practice` that has `ahead` of its own before it.
  uint64_t Before(const PracticeId& practice, uint64_t ahead) const;
  uint64_t AheadInLane(const PracticeId& practice, RequestId id) const;

 private:
  absl::btree_map<PracticeId, Lane> lanes_;  // ordered, so that turns are deterministic
  PracticeId last_;
  uint64_t size_ = 0;
};

}  // namespace ecluse
