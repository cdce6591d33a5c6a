// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/network.h"

#include <utility>

#include "proto/codec.h"
#include "tests/sim/world.h"

namespace ecluse::sim {

void Network::Join(const Peer& peer, Identity who, bool near, Hear hear) {
  peers_[peer] = {std::move(who), near, std::move(hear)};
}

absl::Duration Network::Delay(bool near) {
  const bool lingers = !near && world_.random.Chance(world_.faults().linger);
  if (!lingers) return world_.random.Between(absl::Milliseconds(1), absl::Milliseconds(20));
  const absl::Duration most = world_.random.Chance(0.2) ? absl::Minutes(3) : absl::Seconds(5);
  return world_.random.Between(absl::Milliseconds(20), most);
}

void Network::Carry(bool near, std::function<void()> arrive) {
  if (world_.random.Chance(world_.faults().lose)) return;
  if (!near && world_.random.Chance(world_.faults().repeat)) {
    world_.clock.After(Delay(near), arrive);
  }
  world_.clock.After(Delay(near), std::move(arrive));
}

// A third of the stories speaks in real frames.
wire::Call Network::Framed(const wire::Call& call) {
  if (!world_.story.frames) return call;
  auto decoded = DecodeCall(EncodeCall(call));
  if (auto* framed = std::get_if<wire::Call>(&decoded)) return *std::move(framed);
  world_.checker.Fail("what a peer says can be framed", {},
                      std::get<BadMessage>(decoded).error.field);
  return call;
}

wire::Reply Network::Framed(const wire::Reply& reply) {
  if (!world_.story.frames) return reply;
  auto decoded = DecodeReply(EncodeReply(reply));
  if (auto* framed = std::get_if<wire::Reply>(&decoded)) return *std::move(framed);
  world_.checker.Fail("what the broker says can be framed", {},
                      std::get<BadMessage>(decoded).error.field);
  return reply;
}

void Network::ToBroker(const Peer& peer, const wire::Call& said) {
  const auto found = peers_.find(peer);
  if (found == peers_.end()) return;
  const wire::Call call = Framed(said);
  // What a peer said before it died still arrives.
  Carry(found->second.near, [this, peer, who = found->second.who, call] {
    world_.host.Hear({peer, who, call});
  });
}

void Network::ToPeer(const Peer& peer, const wire::Reply& said) {
  const auto found = peers_.find(peer);
  if (found == peers_.end()) return;
  const wire::Reply reply = Framed(said);
  Carry(found->second.near, [this, peer, reply] {
    const auto there = peers_.find(peer);
    if (there != peers_.end()) there->second.hear(reply);
  });
}

}  // namespace ecluse::sim
