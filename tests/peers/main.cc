// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <thread>

#include "proto/limits.h"
#include "tests/peers/fleet.h"
#include "tests/peers/operator.h"
#include "tests/support/command_line.h"
#include "tests/support/own_folder.h"

namespace ecluse::peers {
namespace {

// What the limits allow, and a broker's own needs.
constexpr uint64_t kMostBytes =
    limits::kUnreadByAll + limits::kUnheardByAll + (uint64_t{256} << 20);

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of one core, while all are connected and nobody speaks.
double IdleCpu(const House& house, double seconds) {
  if (seconds <= 0) return 0;
  const double before = house.CpuSeconds();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  return (house.CpuSeconds() - before) / seconds * 100;
}

int Play(House& house, const Load& load, const std::string& plant, double idle_seconds) {
  const auto begin = std::chrono::steady_clock::now();
  house.Start();
  const double start = SecondsSince(begin);
  Fleet fleet(house, load);
  const auto running = std::chrono::steady_clock::now();
  Outcome outcome;
  size_t delivered_twice = 0;
  {
    const Operator memory(house.Adapter());
    fleet.Run();
    delivered_twice = memory.doubled();
  }
  const double seconds = SecondsSince(running);
  if (!plant.empty()) fleet.Plant(plant);
  outcome = fleet.Count();
  outcome.doubled += delivered_twice;
  const uint64_t resident = house.ResidentBytes();
  fmt::print(
      "peers: practices={} hostile={} deposits={} receipts={} answers={} lost={} doubled={} "
      "waiting={} kills={} reconnects={} peak_rss={}MiB end_rss={}MiB start={:.2f}s "
      "storm={:.1f}s run={:.1f}s idle_cpu={:.1f}%\n",
      load.practices, load.hostile, outcome.deposits, outcome.receipts, outcome.answers,
      outcome.lost(), outcome.doubled, outcome.waiting, outcome.kills, outcome.reconnects,
      outcome.peak_bytes >> 20, resident >> 20, start, outcome.storm_seconds, seconds,
      IdleCpu(house, idle_seconds));
  // Who had nothing to check has found nothing out.
  const bool played = outcome.deposits > 0 && outcome.kills == load.kills;
  const bool good = played && outcome.lost() == 0 && outcome.doubled == 0 && outcome.waiting == 0 &&
                    outcome.peak_bytes <= kMostBytes;
  return good ? 0 : 1;
}

}  // namespace
}  // namespace ecluse::peers

// ecluse-peers: many practices against one broker. Ends with 1 if any of them was harmed, with 2
// if the words make no sense.
int main(int argc, char** argv) {
  CLI::App app("Many practices, some of them hostile, against one broker that is killed meanwhile");
  ecluse::peers::Load load;
  std::string eclused;
  std::string folder;
  std::string plant;
  double idle_seconds = 0;
  app.add_option("--eclused", eclused, "The broker")->required();
  app.add_option("--folder", folder, "For the store, in ecluse-peers below it")->required();
  app.add_option("--practices", load.practices, "Connected at once")
      ->check(ecluse::Whole(1, 10'000));
  app.add_option("--hostile", load.hostile, "Of them")->check(ecluse::Whole(0, 10'000));
  app.add_option("--deposits", load.deposits, "Of each honest one")
      ->check(ecluse::Whole(1, 10'000));
  app.add_option("--kills", load.kills, "Of the broker, spread over the run")
      ->check(ecluse::Whole(0, 1000));
  app.add_option("--idle", idle_seconds, "At the end: measure the CPU of an idle broker so long")
      ->check(ecluse::Whole(0, 3600));
  app.add_option("--plant", plant, "A fault that the books must show")
      ->check(CLI::IsMember({"lost", "doubled"}));
  if (const auto end = ecluse::ReadWords(app, argc, argv)) return *end;
  if (load.hostile >= load.practices) {
    fmt::print(stderr, "--hostile must be fewer than --practices: only honest ones deposit\n");
    return 2;
  }
  const ecluse::OwnFolder mine(folder, "ecluse-peers");
  ecluse::peers::RaiseFileLimit();
  ecluse::peers::House house(eclused, mine.path(), load.practices);
  return ecluse::peers::Play(house, load, plant, idle_seconds);
}
