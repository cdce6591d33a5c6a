// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>
#include <absl/time/time.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "broker/core/gate/gate.h"
#include "proto/names.h"
#include "proto/state.h"

namespace ecluse {

// What workers have in hand: the Leased and the Sending, by end of their time and by worker. An
// index derived from states; its size follows what is in flight, never the backlog.
class Flight {
 public:
  // Tells the index that the state of a request changed. States that are not in flight leave it.
  void Note(RequestId id, const Destination& destination, const State& before, const State& after);

  // The first whose time is over, or nothing.
  std::vector<RequestId> Overdue(absl::Time now, size_t at_most) const;
  absl::Time NextEnd() const;
  std::vector<RequestId> LeasedTo(WorkerId worker) const;
  InHand Of(const Destination& destination) const;

 private:
  void Enter(RequestId id, const Destination& destination, const State& state);
  void Leave(RequestId id, const Destination& destination, const State& state);

  absl::btree_set<std::pair<absl::Time, RequestId>> ends_;
  absl::flat_hash_map<WorkerId, absl::btree_set<RequestId>> leased_;
  absl::btree_map<Destination, InHand> in_hand_;
};

}  // namespace ecluse
