// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/caller.h"

#include <algorithm>
#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {

Caller::Caller(World& world, Peer peer, Identity who, bool near)
    : world_(world), peer_(std::move(peer)) {
  world_.network.Join(peer_, std::move(who), near, [this](const wire::Reply& reply) {
    const auto found = open_.find(reply.correlation);
    if (found == open_.end()) return;  // answered already
    const Then then = std::move(found->second.then);
    open_.erase(found);
    then(reply.body);
  });
}

void Caller::Die() {
  alive_ = false;
  open_.clear();
  world_.network.Leave(peer_);
}

void Caller::Ask(wire::CallBody body, Then then) {
  const uint64_t correlation = ++last_;
  open_.emplace(correlation, Open{{correlation, std::move(body)}, std::move(then)});
  Say(correlation, absl::Seconds(3));
}

void Caller::Say(uint64_t correlation, absl::Duration again_after) {
  const auto found = open_.find(correlation);
  if (found == open_.end()) return;
  world_.network.ToBroker(peer_, found->second.call);
  world_.clock.After(again_after, [this, correlation, again_after] {
    Say(correlation, std::min(again_after * 2, absl::Seconds(30)));
  });
}

void Caller::AskOnce(wire::CallBody body, absl::Duration patience,
                     std::function<void(const wire::ReplyBody*)> then) {
  const uint64_t correlation = ++last_;
  const auto [at, added] = open_.emplace(
      correlation,
      Open{{correlation, std::move(body)}, [then](const wire::ReplyBody& reply) { then(&reply); }});
  world_.network.ToBroker(peer_, at->second.call);
  world_.clock.After(patience, [this, correlation, then] {
    if (open_.erase(correlation) > 0) then(nullptr);
  });
}

}  // namespace ecluse::sim
