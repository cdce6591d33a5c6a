// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>
#include <vector>

#include "broker/core/step.h"
#include "proto/codec.h"
#include "proto/identity.h"

namespace ecluse {

struct Received {
  Peer peer;
  Identity who;
  Frames frames;
  // Over limits::kFramesPerCall or limits::kBytesPerCall: only the first frame was kept, to tell
  // the error to the right call.
  bool oversized = false;
};

// The port to the peers. One implementation speaks ZeroMQ; tests write their own.
class Transport {
 public:
  virtual ~Transport() = default;

  // Waits at most `patience` for something to arrive, then takes all that is there, up to
  // limits::kMessagesPerTurn and limits::kBytesPerTurn. Only peers with a known key are heard.
  virtual std::vector<Received> Receive(absl::Duration patience) = 0;

  // Best effort: a peer that is gone or does not read loses the reply, and asks again.
  virtual void Send(const Peer& peer, Frames frames) = 0;
};

}  // namespace ecluse
