// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/time/time.h>

#include "proto/gate.h"
#include "store/store.h"

namespace ecluse {

// Tells the log when a gate changes, and when its announced hour does: on edges only, however
// often its record is written. People's own words stay in the store.
class GateLog {
 public:
  void Note(const store::Batch& batch);

 private:
  struct Known {
    GateCode code;
    absl::Time announced;
  };
  absl::btree_map<Destination, Known> gates_;
};

}  // namespace ecluse
