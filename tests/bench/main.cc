// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "tests/bench/workloads.h"
#include "tests/support/command_line.h"
#include "tests/support/own_folder.h"

// ecluse-bench: prints `workload cell value unit` lines. tests/bench/run builds and starts it.
int main(int argc, char** argv) {
  CLI::App app("Measures Écluse on this machine");
  std::string eclused;
  std::string eclused_slow;
  std::string folder;
  std::vector<std::string> only;
  bool quick = false;
  app.add_option("--eclused", eclused, "The program to measure")->required();
  app.add_option("--eclused-slow", eclused_slow,
                 "The same on a slow disk; without it: not measured");
  app.add_option("--folder", folder,
                 "On the disk to measure; the store is in ecluse-bench below it")
      ->required();
  app.add_option("--only", only, "ceiling, accept, slow, drain, backlog")
      ->check(CLI::IsMember({"ceiling", "accept", "slow", "drain", "backlog"}));
  app.add_flag("--quick", quick, "So little of each that the numbers mean nothing");
  if (const auto end = ecluse::ReadWords(app, argc, argv)) return *end;
  if (eclused_slow.empty() && std::find(only.begin(), only.end(), "slow") != only.end()) {
    std::fputs("--only slow needs --eclused-slow\n", stderr);
    return 2;
  }

  using namespace ecluse::bench;
  const Size size = quick ? Size{0.3, 300, 600, 100, 0.2} : Size{};
  const auto wanted = [&](const char* workload) {
    return only.empty() || std::find(only.begin(), only.end(), workload) != only.end();
  };
  const ecluse::OwnFolder mine(folder, "ecluse-bench");
  if (wanted("ceiling")) Ceiling(mine.path(), size);
  if (wanted("accept")) Accept(eclused, mine.path(), size);
  if (wanted("slow") && !eclused_slow.empty()) Slow(eclused_slow, mine.path(), size);
  if (wanted("drain")) Drain(eclused, mine.path(), size);
  if (wanted("backlog")) Backlog(eclused, mine.path(), size);
  return 0;
}
