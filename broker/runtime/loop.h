// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <functional>
#include <string>
#include <vector>

#include "broker/core/broker.h"
#include "broker/net/transport.h"
#include "broker/runtime/copying.h"
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
    // Makes live copies of the store; nullptr: there can be none.
    Copying* copying = nullptr;
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
  // Nor than this while a copy is made, whose end nothing announces.
  static constexpr absl::Duration kCopyPatience = absl::Milliseconds(100);
  // Who may wait for one copy; each connection of who repeats the call is one.
  static constexpr size_t kMostWaiting = 64;

  explicit Loop(Ports ports) : ports_(std::move(ports)) {}

  // One turn. An error means that the commit failed: nothing of the turn was said, and the process
  // must end, because nobody knows whether the turn will be remembered.
  absl::Status Turn();

  const Counts& counts() const { return counts_; }

 private:
  void Hear(Received received, absl::Time now, Step& step);
  void Say(const Peer& peer, const wire::Reply& reply);
  // Nobody is heard while it begins, which takes no longer than to write what the newest log has.
  void Backup(Step::Copy copy);
  // Says how a copy ended, once it has, to all that wait for it.
  void TellOfCopy();
  void Tell(const Step::Copy& waiting, const absl::Status& made);
  void LogHolds(const store::Batch& batch) const;
  void LogAlarms(const store::Batch& batch) const;

  Ports ports_;
  Counts counts_;
  GateLog gate_log_;
  // The copy that is being made, and who said the same again meanwhile.
  std::vector<Step::Copy> waiting_;
};

}  // namespace ecluse
