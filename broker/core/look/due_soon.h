// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/time/time.h>

#include <cstdint>

#include "broker/core/books.h"

namespace ecluse {

// Unfinished requests, by destination, that should be at the operator by `until` and are not known
// to be there: those in a queue, set aside, deferred or in doubt. What a worker has in hand is on
// its way and not counted.
struct DueSoon {
  absl::btree_map<Destination, uint64_t> requests;
  // Not everything could be looked at in one turn: each count is "at least".
  bool at_least = false;
};
DueSoon CountDueSoon(Books& books, absl::Time until);

}  // namespace ecluse
