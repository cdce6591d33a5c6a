// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/run.h"

#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace ecluse::sim {
namespace {

struct Options {
  std::string program;
  uint64_t from = 1;
  uint64_t to = 0;
  bool verbose = false;
  bool caught = false;
  bool twice = false;
  std::string bug;
};

Bug BugOf(const std::string& name) {
  if (name == "reply-before-commit") return Bug::kReplyBeforeCommit;
  if (name == "forgotten-key") return Bug::kForgottenKey;
  if (name == "gate-lost-on-recovery") return Bug::kGateLostOnRecovery;
  return Bug::kNone;
}

bool Read(int argc, char** argv, Options& options) {
  options.program = argv[0];
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto number = [&] { return std::strtoull(argv[++i], nullptr, 10); };
    if (word == "--verbose") {
      options.verbose = true;
    } else if (word == "--caught") {
      options.caught = true;
    } else if (word == "--twice") {
      options.twice = true;
    } else if (word == "--bug" && i + 1 < argc) {
      options.bug = argv[++i];
      if (BugOf(options.bug) == Bug::kNone) return false;
    } else if (word == "--seed" && i + 1 < argc) {
      options.from = options.to = number();
    } else if (word == "--seeds" && i + 2 < argc) {
      options.from = number();
      options.to = number();
    } else {
      return false;
    }
  }
  return options.from <= options.to;
}

void TellViolation(const Options& options, uint64_t seed, const World& world) {
  const Violation& violation = *world.checker.violation();
  fmt::print("seed {}: NOT TRUE: {}\n", seed, violation.invariant);
  fmt::print("  request {}, {}\n  virtual time {}\n", violation.request.value, violation.detail,
             absl::FormatTime(violation.at, absl::UTCTimeZone()));
  fmt::print("  what happened last:\n");
  for (const std::string& line : world.trace.Last(violation.request, 40)) {
    fmt::print("  {}\n", line);
  }
  fmt::print("replay: {} --seed {} --verbose{}\n", options.program, seed,
             options.bug.empty() ? "" : " --bug " + options.bug);
}

// One seed, one story: else no failure could be replayed.
bool IsToldAgain(uint64_t seed, World& first) {
  World again(seed, first.bug, Trace::Mode::kOff);
  again.Run();
  const bool same = again.clock.events() == first.clock.events() &&
                    again.clock.now() == first.clock.now() &&
                    again.random.Next() == first.random.Next();
  if (!same) fmt::print("seed {} told another story the second time\n", seed);
  return same;
}

// Told twice if it goes wrong: the second time with its trace.
bool GoesWell(const Options& options, uint64_t seed) {
  const Bug bug = BugOf(options.bug);
  World world(seed, bug, options.verbose ? Trace::Mode::kPrint : Trace::Mode::kOff);
  world.Run();
  if (!world.checker.violation()) return !options.twice || IsToldAgain(seed, world);
  World again(seed, bug, Trace::Mode::kKeep);
  again.Run();
  if (!again.checker.violation()) {
    fmt::print("seed {} told another story the second time: the core is not deterministic\n", seed);
    fmt::print("the first time: {}\n", world.checker.violation()->invariant);
    return false;
  }
  TellViolation(options, seed, again);
  return false;
}

}  // namespace

int Run(int argc, char** argv) {
  Options options;
  if (!Read(argc, argv, options)) {
    fmt::print(stderr, "usage: {} --seed N | --seeds FROM TO [--verbose] [--bug NAME]\n", argv[0]);
    return 2;
  }
  for (uint64_t seed = options.from; seed <= options.to; ++seed) {
    if (GoesWell(options, seed)) continue;
    if (options.caught) fmt::print("caught after {} seeds\n", seed - options.from + 1);
    return options.caught ? 0 : 1;
  }
  fmt::print("{} seeds went well\n", options.to - options.from + 1);
  if (options.caught) fmt::print("the planted bug was not noticed\n");
  return options.caught ? 1 : 0;
}

}  // namespace ecluse::sim
