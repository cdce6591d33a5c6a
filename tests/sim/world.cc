// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world.h"

#include <fmt/format.h>

#include <algorithm>

namespace ecluse::sim {
namespace {

// A story has some thousands of events; more than this is a loop that never rests.
constexpr uint64_t kMostEvents = 300'000;
// Virtual time in which everything must settle once faults have stopped.
constexpr absl::Duration kSettles = absl::Hours(8);

}  // namespace

World::World(uint64_t seed, Bug planted, Trace::Mode mode)
    : random(seed),
      bug(planted),
      story(Draw(random)),
      trace(clock, mode),
      checker(story, clock, trace),
      network(*this),
      host(*this),
      accounts(*this),
      backup(*this) {
  std::map<OperatorId, std::vector<Destination>> served;
  for (const auto& [destination, policy] : story.policies) {
    operators[destination] = std::make_unique<Operator>(*this, destination, policy);
    served[destination.run_by].push_back(destination);
  }
  for (const auto& [run_by, destinations] : served) {
    for (int i = 1; i <= story.workers; ++i) {
      workers.push_back(std::make_unique<Worker>(
          *this, fmt::format("adapter-{}-of-{}", i, run_by.text), run_by, destinations));
    }
  }
  for (const auto& who : story.practices) {
    practices.push_back(std::make_unique<Practice>(*this, who));
  }
  ops = std::make_unique<Ops>(*this);
}

Caller& World::NewCaller(const Peer& peer, Identity who, bool near) {
  callers.push_back(std::make_unique<Caller>(*this, peer, std::move(who), near));
  return *callers.back();
}

Worker* World::AnyWorker(const OperatorId& run_by) {
  for (const auto& worker : workers) {
    if (worker->alive() && worker->run_by() == run_by) return worker.get();
  }
  return nullptr;
}

// Forward it is as if the house had slept: the world outside went on. Backward, a clock is set.
void World::KeepJumping() {
  clock.After(random.Between(absl::Seconds(20), absl::Minutes(6)), [this] {
    if (quiet) return;
    const bool forward = Roll(0.6);
    const absl::Duration by = random.Between(absl::Seconds(1), absl::Minutes(20));
    if (forward) {
      for (const auto& [destination, op] : operators) op->ArriveAll();
    }
    clock.Jump(forward ? by : -by / 4);
    trace.Tell({}, [&] {
      return fmt::format("the clock jumps {} by {}", forward ? "forward" : "back",
                         absl::FormatDuration(by));
    });
    KeepJumping();
  });
}

bool World::RunUntil(absl::Time end) {
  while (!checker.violation() && clock.RunNext(end)) {
    if (clock.events() > kMostEvents) {
      checker.Fail("the broker comes to rest", {}, "too many events");
    }
  }
  return !checker.violation();
}

std::string World::WaitsFor() const {
  for (const auto& practice : practices) {
    if (std::string what = practice->WaitsFor(); !what.empty()) return what;
  }
  for (const auto& [destination, op] : operators) {
    if (op->HasMoreToSay())
      return "what " + ToString(destination) + " has to say of its own accord";
  }
  const RequestId unread = checker.Unread();
  if (unread.value != 0) return fmt::format("a word on request {} to be read", unread.value);
  return "";
}

void World::Run() {
  host.Start();
  for (const auto& [destination, op] : operators) op->Start();
  for (const auto& worker : workers) worker->Start();
  for (const auto& practice : practices) practice->Start();
  ops->Start();
  accounts.Start();
  backup.Start();
  if (story.jumps) KeepJumping();
  if (RunUntil(clock.now() + story.faults_end)) Settle();
}

void World::Settle() {
  trace.Tell({}, [] { return std::string("faults stop: everything must settle"); });
  quiet = true;
  accounts.PutRight();
  host.GetNewTables();
  const absl::Time end = clock.now() + kSettles;
  while (!WaitsFor().empty() && clock.now() < end) {
    if (!RunUntil(clock.now() + absl::Seconds(30))) return;
  }
  if (const std::string what = WaitsFor(); !what.empty()) {
    return checker.Fail("everything settles when faults stop", checker.Unfinished(),
                        "still waits for " + what);
  }
  // The last acknowledgements and reports find their way; then nothing more happens.
  if (!RunUntil(clock.now() + absl::Minutes(2))) return;
  checker.EverythingHasItsEnd();
  checker.StoreAgrees(host.store());
  for (int tries = 0; tries < 20 && !ops->counted() && !checker.violation(); ++tries) {
    ops->AskCounts();
    if (!RunUntil(clock.now() + absl::Seconds(5))) return;
  }
  if (!ops->counted()) checker.Fail("ops is told the counts", {}, "no answer");
}

}  // namespace ecluse::sim
