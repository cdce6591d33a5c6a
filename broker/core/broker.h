// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <memory>

#include "broker/core/policy.h"
#include "broker/core/request/routes.h"
#include "broker/core/step.h"
#include "proto/identity.h"
#include "proto/wire.h"
#include "store/store.h"

namespace ecluse {

// A call that was decoded, from a peer whose key is known.
struct Inbound {
  Peer peer;
  Identity who;
  wire::Call call;
};

// What the shell sees of the machine, told at each Tick.
struct Vitals {
  bool disk_low = false;  // refuse intake, suspend delivery; reports are still noted
};

// Decides. Pure: no clock, socket, thread, logger or random source; all that it knows comes by
// its arguments and from `reads`, which shows what is committed.
//
// A turn is: Tick, then Handle for each call that arrived, then a commit of the step's batch. The
// next turn begins only after that commit. If it fails, the broker is thrown away.
class Broker {
 public:
  // `reads` must outlive the broker. `recovered` is what the same store gave by Recover().
  Broker(const store::Reads& reads, Policies policies, Routes routes,
         const store::Recovered& recovered, absl::Time now, House house = {});
  ~Broker();

  // Time's own causes: lapses, retries, announced hours; and work for workers that wait.
  void Tick(const Vitals& vitals, absl::Time now, Step& step);
  void Handle(const Inbound& inbound, absl::Time now, Step& step);
  // Closes the turn: hands out work and writes the counts. Nothing may follow but the commit.
  void Finish(absl::Time now, Step& step);

  // When to Tick again at the latest, if nothing arrives.
  absl::Time NextWakeup() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ecluse
