// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <map>

#include "broker/core/step.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse::sim {

struct World;

// One life of one peer: asks, and repeats until answered, as the protocol wants it.
class Caller {
 public:
  using Then = std::function<void(const wire::ReplyBody&)>;

  Caller(World& world, Peer peer, Identity who, bool near);
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  void Ask(wire::CallBody body, Then then);
  // Not repeated: `then` hears nullptr if there is no answer within `patience`.
  void AskOnce(wire::CallBody body, absl::Duration patience,
               std::function<void(const wire::ReplyBody*)> then);

  // The process dies: nothing is heard or repeated any more. What is on its way stays so.
  void Die();
  bool alive() const { return alive_; }

 private:
  void Say(uint64_t correlation, absl::Duration again_after);

  World& world_;
  Peer peer_;
  bool alive_ = true;
  uint64_t last_ = 0;
  struct Open {
    wire::Call call;
    Then then;
  };
  std::map<uint64_t, Open> open_;
};

}  // namespace ecluse::sim
