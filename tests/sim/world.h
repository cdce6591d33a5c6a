// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/accounts.h"
#include "tests/sim/backup.h"
#include "tests/sim/caller.h"
#include "tests/sim/checker.h"
#include "tests/sim/clock.h"
#include "tests/sim/host.h"
#include "tests/sim/network.h"
#include "tests/sim/operator.h"
#include "tests/sim/ops.h"
#include "tests/sim/practice.h"
#include "tests/sim/random.h"
#include "tests/sim/story.h"
#include "tests/sim/trace.h"
#include "tests/sim/worker.h"

namespace ecluse::sim {

// Bugs that can be planted from the outside; the others are patches of the core (museum/).
enum class Bug { kNone, kReplyBeforeCommit, kForgottenKey, kGateLostOnRecovery };

// Everything that one seed is about. Single-threaded; the parts know each other through it.
struct World {
  World(uint64_t seed, Bug bug, Trace::Mode mode);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Both phases: safety under faults, then liveness without. Stops at the first violation.
  void Run();

  const Faults& faults() const { return quiet ? none : story.faults; }
  Caller& NewCaller(const Peer& peer, Identity who, bool near = false);
  // A worker that is alive and serves this operator; nullptr: none now.
  Worker* AnyWorker(const OperatorId& run_by);
  // May be called by anything that rolls its own dice about crashes.
  bool Roll(double probability) { return random.Chance(probability); }

  Random random;
  const Bug bug;
  const Story story;
  const Faults none;
  bool quiet = false;
  bool restored = false;  // at least once: the broker forgot some of what it was told
  Clock clock;
  Trace trace;
  Checker checker;
  Network network;
  Host host;
  Accounts accounts;
  Backup backup;
  std::deque<std::unique_ptr<Caller>> callers;  // the dead stay: their events may still come up
  std::map<Destination, std::unique_ptr<Operator>> operators;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::unique_ptr<Practice>> practices;
  std::unique_ptr<Ops> ops;

 private:
  bool RunUntil(absl::Time end);
  void Settle();
  std::string WaitsFor() const;
  void KeepJumping();
};

}  // namespace ecluse::sim
