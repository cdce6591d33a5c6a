// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "tests/bench/workloads.h"

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
  app.add_option("--folder", folder, "On the disk to measure; made and left empty")->required();
  app.add_option("--only", only, "ceiling, accept, slow, drain, backlog")
      ->check(CLI::IsMember({"ceiling", "accept", "slow", "drain", "backlog"}));
  app.add_flag("--quick", quick, "So little of each that the numbers mean nothing");
  CLI11_PARSE(app, argc, argv);

  using namespace ecluse::bench;
  const Size size = quick ? Size{0.3, 300, 600, 100, 0.2} : Size{};
  const auto wanted = [&](const char* workload) {
    return only.empty() || std::find(only.begin(), only.end(), workload) != only.end();
  };
  std::filesystem::create_directories(folder);
  if (wanted("ceiling")) Ceiling(folder, size);
  if (wanted("accept")) Accept(eclused, folder, size);
  if (wanted("slow") && !eclused_slow.empty()) Slow(eclused_slow, folder, size);
  if (wanted("drain")) Drain(eclused, folder, size);
  if (wanted("backlog")) Backlog(eclused, folder, size);
  return 0;
}
