// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <map>
#include <string>

#include "tests/crash/blows.h"
#include "tests/support/patients/dice.h"
#include "tests/support/story/tally.h"
#include "tests/support/story/world.h"

namespace ecluse::crash {

using programs::Process;

// Kills the broker and the adapters of a world, again and again, and starts them at once. Some
// lives of the broker are the program itself, some the mortal one, on the same store. One thread.
class Reaper {
 public:
  // What the practices count, to see that the work goes on between kills.
  struct Progress {
    const story::Tally& receipts;
    const story::Tally& answers;
  };

  Reaper(story::World& world, const std::string& build, Orders& orders, Progress progress,
         uint64_t seed);

  // Kills at least once, at a random blow or at this one. An error: somebody died by itself, or
  // the work does not go on.
  absl::Status Deal(const Blow* blow);
  // Whoever is not to be alive any more is; all others are.
  absl::Status Look();

  uint64_t kills() const;
  // By the name of the blow.
  const std::map<std::string, uint64_t>& by_blow() const { return by_blow_; }
  Process& broker() { return *broker_; }

 private:
  absl::Status AtAnInstant(const Blow& blow);
  absl::Status WhileStarting(const Blow& blow);
  absl::Status AtAPoint(const Blow& blow);
  absl::Status OnTheWay(const Blow& blow);
  absl::Status Struck(const Blow& blow);
  absl::Status AfterALie(const Blow& blow);

  absl::Status Kill(Process& victim, std::string_view blow);
  absl::Status Wait(Process& victim, std::string_view blow);
  absl::Status StartBroker(bool mortal);
  absl::Status StartMortal(const Blow& blow, uint32_t passes);
  absl::Status MakeMortal();
  absl::Status Strike(story::Player& at, Process& victim, std::string_view blow);
  const Blow& AnyBlow();
  absl::Status AwaitProgress(uint64_t steps);
  void Order(Point point, uint32_t passes);
  story::Player& AnyPlayer() { return world_.players()[dice_.Below(world_.players().size())]; }

  story::World& world_;
  Orders& orders_;
  const Progress progress_;
  patients::Dice dice_;
  Process mortal_;
  Process* broker_;  // of this life
  std::map<std::string, uint64_t> by_blow_;
};

}  // namespace ecluse::crash
