// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/bench/delivery.h"
#include "tests/bench/fleet.h"
#include "tests/bench/row.h"
#include "tests/bench/workloads.h"

namespace ecluse::bench {
namespace {

void With(const std::string& eclused, const std::string& folder, uint64_t waiting) {
  Daemon daemon(eclused, folder + "/backlog");
  daemon.Start();
  const auto count = static_cast<double>(waiting);
  const Measured filled = Deposit(daemon, {Daemon::kPractices, 4, 8, 0, waiting});
  const std::string cell = fmt::format("waiting={}", waiting);
  Row("backlog", cell + " filled, 8 per call", filled.PerSecond(), "requests/s");
  Row("backlog", cell + " resident", static_cast<double>(daemon.ResidentBytes()), "bytes");
  Row("backlog", cell + " on disk", static_cast<double>(daemon.StoreBytes()) / count,
      "bytes/request");
  daemon.Kill();

  const double start = Seconds();
  daemon.StartWithoutWaiting();
  Delivery delivery(daemon);
  Row("backlog", cell + " start to first delivery", (delivery.WaitFor(1) - start) * 1e3, "ms");
  Row("backlog", cell + " resident after restart", static_cast<double>(daemon.ResidentBytes()),
      "bytes");
}

}  // namespace

void Backlog(const std::string& eclused, const std::string& folder, const Size& size) {
  With(eclused, folder, size.few_waiting);
  With(eclused, folder, size.waiting);
}

}  // namespace ecluse::bench
