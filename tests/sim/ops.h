// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <set>

#include "proto/hold.h"
#include "proto/wire.h"
#include "tests/sim/caller.h"
#include "tests/sim/jobs.h"

namespace ecluse::sim {

struct World;

// The people who run the broker. They tell the truth: a doubt is resolved only after they asked
// the operator. When the world is quiet, they put everything right.
class Ops {
 public:
  explicit Ops(World& world);

  void Start();
  // Asks for the counts; the checker compares them with its own. True once they were heard.
  void AskCounts();
  bool counted() const { return counted_; }

 private:
  void ActLater();
  void Act();
  void PutRight();

  void Gate(wire::CallBody body);
  void Close();
  void PlaceHold();
  void PlaceRule();
  void Announce();
  void PlanJob();
  void LiftHold(HoldId hold);
  void LookAtHolds(double lifts);
  void LookAfter(StateCode code, RequestId after);
  void LookAt(const wire::ListRow& row);
  Destination AnyDestination();
  Scope DrawScope();

  World& world_;
  Caller& caller_;
  Jobs jobs_;
  std::set<HoldId> holds_;
  uint64_t requests_seen_ = 0;
  bool counted_ = false;
};

}  // namespace ecluse::sim
