// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <optional>

#include "broker/core/books.h"

namespace ecluse {

// Sets aside what a practice in quarantine had deposited before, so that none of it goes when one
// person lifts the quarantine: two people release it, or destroy it. A page in each turn; what has
// its turn before it was reached is set aside by Clearance. What two people released stays.
class Quarantine {
 public:
  explicit Quarantine(Books& books) : books_(books) {}

  // REQUIRES: what it reads is committed, or was looked up in this turn.
  void SetAside(const Turn& turn);
  bool HasWork() const;

 private:
  // How far the look has come: the lanes of each destination, then what waits outside of lanes.
  struct Place {
    std::optional<Destination> destination;
    Share share = Share::kFresh;
    std::optional<Rank> after;
    StateCode outside = StateCode::kReady;  // kDeferred, then kWaiting; kReady: still in lanes
    RequestId looked;
    bool done = false;
  };
  void LookAtLanes(const PracticeId& practice, Place& place, const Turn& turn);
  void LookOutside(const PracticeId& practice, Place& place, const Turn& turn);
  void Park(const PracticeId& practice, RequestId id, const Turn& turn);

  Books& books_;
  absl::btree_map<PracticeId, Place> places_;
};

}  // namespace ecluse
