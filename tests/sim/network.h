// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <functional>
#include <map>

#include "broker/core/step.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse::sim {

struct World;

// Between peers and broker: loses, delays, repeats and reorders, both ways.
class Network {
 public:
  using Hear = std::function<void(const wire::Reply&)>;

  explicit Network(World& world) : world_(world) {}

  // `near`: sits beside the broker, so its messages may be lost but never linger or come twice.
  void Join(const Peer& peer, Identity who, bool near, Hear hear);
  void Leave(const Peer& peer) { peers_.erase(peer); }

  void ToBroker(const Peer& peer, const wire::Call& said);
  void ToPeer(const Peer& peer, const wire::Reply& said);

 private:
  struct Member {
    Identity who;
    bool near;
    Hear hear;
  };
  void Carry(bool near, std::function<void()> arrive);
  absl::Duration Delay(bool near);
  wire::Call Framed(const wire::Call& call);
  wire::Reply Framed(const wire::Reply& reply);

  World& world_;
  std::map<Peer, Member> peers_;
};

}  // namespace ecluse::sim
