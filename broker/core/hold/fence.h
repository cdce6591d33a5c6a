// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>

#include <optional>

#include "broker/core/books.h"

namespace ecluse {

// What a restored store does not know: whether a request that it finds unsent was sent after the
// backup was made. Each such request becomes a doubt, and the operator is asked, before anything
// else happens to it; a few at a time, so that doubts do not pile up faster than they are asked.
// Kept in memory only: a start begins the look anew.
class Fence {
 public:
  explicit Fence(Books& books) : books_(books) {}

  // May one more of the destination become a doubt now? Not before `silence` and `settle` have
  // passed since this life first looked.
  bool MayTurn(const Destination& destination, absl::Time now);
  // One did.
  void Turned(const Destination& destination, RequestId request);

  // Under the hold of a restored store no request has its turn: here they become doubts all the
  // same, so that all is known by the time a person lifts the hold.
  // REQUIRES: nothing else happened yet in this turn, so that all it reads is committed.
  void LookOn(const Destination& destination, const Turn& turn);

 private:
  // The lane that is looked at, and how far.
  struct Place {
    PracticeId practice;
    Share share = Share::kFresh;
    std::optional<Rank> after;
    bool done = false;
  };
  bool NextLane(const Destination& destination, Place& place) const;

  Books& books_;
  absl::Time first_look_ = absl::InfiniteFuture();
  absl::btree_map<Destination, Place> places_;
  absl::btree_map<Destination, absl::btree_set<RequestId>> unasked_;
};

}  // namespace ecluse
