// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <set>

#include "proto/gate.h"
#include "proto/hold.h"
#include "proto/wire.h"
#include "tests/sim/page.h"

namespace ecluse::sim {

// What ops was told about gates and holds. A word that tightens counts from the moment it was
// said to ops; one that loosens, from the moment it reached the broker. So what is forbidden here
// is forbidden for sure.
class Permits {
 public:
  // `order` numbers everything that reached the broker.
  void Handed(const wire::CallBody& call, uint64_t order);
  void Told(const wire::CallBody& call, uint64_t order, const wire::ReplyBody& reply);
  // The operator took a request: after a canary the gate may be open.
  void Took(const Destination& destination);
  void TimeIs(absl::Time house);

  // Gates and holds of people; the holds of rules are the affair of Logins.
  Permit MayBegin(const Page& page) const;
  bool Held(const Page& page) const;
  // A hold of a person that stands for sure, and is not in this list of all, which was asked for at
  // `order`; 0: none.
  HoldId Missing(const wire::HoldsResult& all, uint64_t order) const;

  // A try under `permit` was told to proceed. False: it must not have been. `alone`: no other
  // request of the destination is being sent.
  bool Proceeds(const Destination& destination, Permit permit, uint64_t permit_order, bool alone);

 private:
  struct Known {
    GateCode code = GateCode::kOpen;
    absl::Time announced = absl::InfiniteFuture();
    uint32_t allowance = 0;
    uint64_t closed = 0;  // orders of the calls
    uint64_t loosened = 0;
    uint64_t drained = 0;
  };
  void ToldGate(const wire::CallBody& call, uint64_t order, const GateState& gate, Known& known);
  Permit Of(const Destination& destination) const;

  std::map<Destination, Known> gates_;
  struct Standing {
    Scope scope;
    absl::Time until;
    uint64_t told = 0;
  };
  std::map<HoldId, Standing> holds_;
  std::set<HoldId> lifted_;
};

}  // namespace ecluse::sim
