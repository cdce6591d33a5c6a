// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <functional>
#include <string>
#include <vector>

#include "broker/core/broker.h"
#include "broker/net/transport.h"
#include "broker/runtime/edge.h"
#include "broker/runtime/gate_log.h"
#include "store/store.h"

namespace ecluse {

// Hear, decide, remember, speak. Holds no policy: what a turn does is the broker's affair.
class Loop {
 public:
  struct Ports {
    Transport& transport;
    store::Store& store;
    Broker& broker;
    const Edge& edge;
    std::function<absl::Time()> now;
    std::function<Vitals(absl::Time)> vitals;
    // Where live copies of the store are made; empty: nowhere.
    std::string backup_directory = {};
  };
  // What the log tells when the broker stops.
  struct Counts {
    uint64_t turns = 0;
    uint64_t calls = 0;
    uint64_t bad_messages = 0;
    uint64_t replies = 0;
  };

  // No turn waits longer for something to arrive, so that vitals and watchdog are never forgotten.
  static constexpr absl::Duration kMostPatience = absl::Seconds(1);

  explicit Loop(Ports ports) : ports_(std::move(ports)) {}

  // One turn. An error means that the commit failed: nothing of the turn was said, and the process
  // must end, because nobody knows whether the turn will be remembered.
  absl::Status Turn();

  const Counts& counts() const { return counts_; }

 private:
  void Hear(Received received, absl::Time now, Step& step);
  void Say(const Peer& peer, const wire::Reply& reply);
  // Nobody is heard meanwhile, but it takes no longer than to write what the newest log has.
  wire::ReplyBody Backup(const Step::Copy& copy) const;
  void LogHolds(const store::Batch& batch) const;
  void LogAlarms(const store::Batch& batch) const;

  Ports ports_;
  Counts counts_;
  GateLog gate_log_;
};

}  // namespace ecluse
