// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <thread>

#include "adapters/worker.h"
#include "tests/bench/daemon.h"

namespace ecluse::bench {

// An operator in memory, behind the real worker library: it answers at once.
class Delivery {
 public:
  // The broker may be away; the worker looks for it.
  explicit Delivery(const Daemon& daemon);
  ~Delivery();

  // Waits until so many requests were delivered; gives the moment of the latest (see Seconds()).
  double WaitFor(uint64_t deliveries);
  double first() const;

 private:
  class Memory;
  std::unique_ptr<Memory> memory_;
  std::unique_ptr<Worker> worker_;
  std::thread thread_;
};

}  // namespace ecluse::bench
