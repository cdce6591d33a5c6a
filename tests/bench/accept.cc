// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/bench/fleet.h"
#include "tests/bench/row.h"
#include "tests/bench/workloads.h"

namespace ecluse::bench {

namespace {

struct Cell {
  int clients;
  int window;  // requests under way
  int items;   // of them in one call
};

void Measure(const std::string& workload, const std::string& eclused, const std::string& folder,
             const Size& size, const Cell& cell) {
  Daemon daemon(eclused, folder + "/" + workload);
  daemon.Start();
  const int calls = cell.window / cell.items;
  const Measured m = Deposit(daemon, {cell.clients, calls, cell.items, size.accept_seconds, 0});
  std::string name = fmt::format("{}x{}", cell.clients, cell.window);
  if (cell.items > 1) name += fmt::format(", {} per call", cell.items);
  Row(workload, name, m.PerSecond(), "requests/s");
  Row(workload, name + " p50", m.Quantile(0.5) * 1e6, "us");
  Row(workload, name + " p99", m.Quantile(0.99) * 1e6, "us");
}

}  // namespace

void Accept(const std::string& eclused, const std::string& folder, const Size& size) {
  for (const Cell& cell : {Cell{1, 1, 1}, {8, 1, 1}, {8, 64, 1}, {64, 16, 1}, {64, 16, 16}}) {
    Measure("accept", eclused, folder, size, cell);
  }
}

void Slow(const std::string& eclused_slow, const std::string& folder, const Size& size) {
  for (const Cell& cell : {Cell{1, 1, 1}, {8, 64, 1}, {8, 64, 16}}) {
    Measure("slow", eclused_slow, folder, size, cell);
  }
}

}  // namespace ecluse::bench
