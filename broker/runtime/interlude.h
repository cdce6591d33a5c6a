// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>

#include "broker/net/transport.h"
#include "broker/runtime/ballast.h"
#include "broker/runtime/clock.h"
#include "broker/runtime/service.h"

namespace ecluse {

// Between two lives of the broker: its store is closed, because the disk failed. Nothing is known
// of anybody, so deposits are refused with DISK_LOW, repeats too, and nothing else is answered;
// peers ask again.
class Interlude {
 public:
  struct Ports {
    Transport* transport;  // nullptr: nobody can be heard
    Clock& clock;
    StopSignal& stop;
    ServiceManager& manager;
    Ballast& ballast;
    std::string directory;  // of the store
  };
  static constexpr absl::Duration kFirstPause = absl::Seconds(1);
  static constexpr absl::Duration kMostPause = absl::Seconds(30);

  explicit Interlude(Ports ports) : ports_(ports) {}

  // Gives the ballast back, waits `pause` at least, then until the disk is well. False: the process
  // was asked to stop.
  bool Wait(absl::Duration pause);

 private:
  void Hear(absl::Duration patience);

  Ports ports_;
};

// What is said to a deposit while nothing can be kept; nothing to any other call.
std::vector<wire::Reply> RefusalOf(const Received& received);

}  // namespace ecluse
