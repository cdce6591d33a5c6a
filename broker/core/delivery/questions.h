// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/time/time.h>

#include <cstdint>

#include "broker/core/policy.h"
#include "proto/names.h"

namespace ecluse {

// What operators are being asked about just now: probes handed out and not yet answered. After an
// outage there may be thousands of doubts, and the operator that has just come back must not fall
// over the questions. Pure; kept in memory only.
class Questions {
 public:
  // May one more be asked? `doubt`: whether it was sent at all; else what became of it.
  // `open`: the gate is open, not on its way up.
  bool MayAsk(const Destination& destination, bool doubt, bool open, const Policy& policy,
              absl::Time now) const;
  // Asked. A question whose answer is lost takes its place until then.
  void Ask(const Destination& destination, RequestId request, bool doubt, absl::Time until,
           absl::Time now);
  // Some are due and must wait until others are answered, or none is.
  void Wait(const Destination& destination, bool some);
  // Answered, or the worker could not tell. True: another waited for its place.
  bool End(const Destination& destination, RequestId request);
  // When the first of them is given up; InfiniteFuture: none is under way.
  absl::Time NextEnd(const Destination& destination, absl::Time now) const;

 private:
  struct Question {
    absl::Time until;
    bool doubt = false;
  };
  absl::btree_map<Destination, absl::btree_map<RequestId, Question>> under_way_;
  absl::btree_set<Destination> waits_;
};

}  // namespace ecluse
