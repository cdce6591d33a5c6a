// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/options.h"

#include <CLI/CLI.hpp>
#include <map>

#include "tests/support/command_line.h"

namespace ecluse::soak {
namespace {

const std::map<std::string, Bug> kBugs = {{"forgets-deposits", Bug::kForgetsDeposits},
                                          {"forgets-transitions", Bug::kForgetsTransitions},
                                          {"sends-twice", Bug::kSendsTwice}};
constexpr uint64_t kMostRequests = 1'000'000'000;

}  // namespace

std::variant<Options, int> ReadOptions(int argc, char** argv) {
  CLI::App app("The real core on the real store: a closure and its drain, or many that wait");
  Options options;
  options.folder = ".";
  // What is said later counts: tests/soak/run begins with words of its own.
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.add_option("--requests", options.requests, "Of a closure")->check(Whole(1, kMostRequests));
  app.add_option("--practices", options.practices, "Who deposit them")->check(Whole(1, 10'000));
  app.add_option("--days", options.days, "Until the operators reopen")->check(Whole(1, 366));
  app.add_option("--seed", options.seed, "Of all that chance gives")->check(Whole(0, UINT64_MAX));
  app.add_option("--in-flight", options.in_flight, "The ceiling of each destination")
      ->check(Whole(1, 1'000'000));
  app.add_option("--least", options.least, "Its floor")->check(Whole(1, 1'000'000));
  app.add_option("--errors", options.errors, "Of a thousand tries")->check(Whole(0, 1000));
  app.add_option("--restarts", options.restarts, "Of the broker")->check(Whole(0, 1'000'000));
  app.add_option("--waiting", options.waiting, "So many wait, and no closure is played")
      ->check(Whole(1, kMostRequests));
  app.add_option("--beside", options.beside, "So few wait first, to compare; 0: none")
      ->check(Whole(0, kMostRequests));
  app.add_option("--folder", options.folder, "For the stores, in ecluse-soak below it");
  std::string bug;
  auto* planted = app.add_option("--bug", bug, "A planted fault");
  planted->check(CLI::IsMember(kBugs));
  app.add_flag("--caught", options.caught, "Succeed only if it was noticed")->needs(planted);
  if (const auto end = ReadWords(app, argc, argv)) return *end;
  if (!bug.empty()) options.bug = kBugs.at(bug);
  return options;
}

}  // namespace ecluse::soak
