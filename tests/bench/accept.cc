// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/bench/fleet.h"
#include "tests/bench/row.h"
#include "tests/bench/workloads.h"

namespace ecluse::bench {

void Accept(const std::string& eclused, const std::string& folder, const Size& size) {
  for (const auto& [clients, window] : {std::pair(1, 1), {8, 1}, {8, 64}, {64, 16}}) {
    Daemon daemon(eclused, folder + "/accept");
    daemon.Start();
    const Measured m = Deposit(daemon, {clients, window, 1, size.accept_seconds, 0});
    const std::string cell = fmt::format("{}x{}", clients, window);
    Row("accept", cell, m.PerSecond(), "requests/s");
    Row("accept", cell + " p50", m.Quantile(0.5) * 1e6, "us");
    Row("accept", cell + " p99", m.Quantile(0.99) * 1e6, "us");
  }
}

}  // namespace ecluse::bench
