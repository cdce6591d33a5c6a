// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/delivery.h"
#include "tests/bench/fleet.h"
#include "tests/bench/row.h"
#include "tests/bench/workloads.h"

namespace ecluse::bench {

void Drain(const std::string& eclused, const std::string& folder, const Size& size) {
  Daemon daemon(eclused, folder + "/drain");
  daemon.Start();
  Deposit(daemon, {Daemon::kPractices, 4, 8, 0, size.drained});
  Delivery delivery(daemon);
  const double last = delivery.WaitFor(size.drained);
  Row("drain", "in-memory operator", static_cast<double>(size.drained) / (last - delivery.first()),
      "requests/s");
}

}  // namespace ecluse::bench
