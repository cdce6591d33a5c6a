// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "proto/outcome.h"
#include "proto/wire.h"
#include "tests/sim/caller.h"

namespace ecluse::sim {

struct World;

// An adapter process that keeps the worker's contract: pull, begin, wait for proceed, deliver
// once, report until noted. It may die at any step, and comes back under a new number.
class Worker {
 public:
  Worker(World& world, std::string name, OperatorId run_by, std::vector<Destination> serves);

  void Start();
  bool alive() const { return caller_ != nullptr; }
  const OperatorId& run_by() const { return run_by_; }
  // Brings what the operator said of its own accord; `noted` when the broker has it.
  void Answer(RequestId request, const Outcome& said, std::function<void()> noted);
  // Tells which credentials there are.
  void Tell(const wire::Accounts& accounts, std::function<void()> noted);
  void Die();

 private:
  using Key = std::tuple<RequestId, uint32_t, wire::Task::What>;
  struct InHand {
    wire::Task task;
    std::optional<Outcome> outcome;  // what is being reported, once it is known
    StoreEpoch epoch = 0;            // heard with it
  };

  void PullSoon();
  void Pull();
  void Take(const wire::Work& work);
  void Later(absl::Duration wait, const Key& key, void (Worker::*step)(const Key&));
  absl::Duration Think(absl::Duration lease);
  bool MayDie();

  void Begin(const std::vector<Key>& keys, StoreEpoch epoch);
  void Proceed(const wire::Proceed& proceed, absl::Time asked);
  void Send(const Key& key, absl::Time gives_up);
  void AskOperator(const Key& key);
  void Report(const Key& key, std::optional<Outcome> outcome);
  void PutDown(const Key& key);
  void TakeUpFormerLife();

  World& world_;
  const std::string name_;
  const OperatorId run_by_;
  const std::vector<Destination> serves_;
  const size_t slots_;
  WorkerId id_;
  Caller* caller_ = nullptr;
  StoreEpoch epoch_ = 0;  // the greatest that it heard
  uint64_t life_ = 0;
  uint64_t pull_ = 0;
  std::map<Key, InHand> hand_;
  std::map<Key, InHand> former_;
};

}  // namespace ecluse::sim
