// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "broker/core/broker.h"
#include "store/store.h"
#include "tests/sim/story.h"
#include "tests/support/fake_store.h"

namespace ecluse::sim {

struct World;

// The broker's process: the loop of eclused with the real core over a store that fails. When it
// dies, memory and unsaid words are gone, and a new life begins from the store.
class Host {
 public:
  explicit Host(World& world);
  ~Host();

  void Start();
  void Hear(Inbound inbound);
  // Dies now and comes back a little later. Nothing if it is dead already.
  void Die(const char* why);

  // Routing tables are read when the broker starts: so it is stopped and started, if need be.
  void GetNewTables();

  // A copy of what is committed; and back to it, in a new life of the store.
  void Backup();
  void Restore(StoreEpoch epoch);

  const FakeStore& store() const { return store_; }

 private:
  Routes DrawTables();
  void TurnAfter(absl::Duration wait);
  void Turn();
  bool Remember(Step& step);  // false: dead
  void Speak(Step&& step, store::Committed token);
  bool SpeakTooEarly(const Step& step);
  void DieOutOfTheBlue();

  World& world_;
  FakeStore store_;
  std::unique_ptr<store::Reads> reads_;
  std::unique_ptr<Broker> broker_;
  std::vector<Inbound> arrived_;
  Tables tables_;
  bool strict_ = false;  // the edge, in this life
  uint64_t life_ = 0;    // events of an earlier life mean nothing
  uint64_t turns_ = 0;
  bool turn_soon_ = false;
};

}  // namespace ecluse::sim
