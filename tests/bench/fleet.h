// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "tests/bench/daemon.h"

namespace ecluse::bench {

struct Load {
  int clients = 1;        // connections, each a practice of its own
  int window = 1;         // calls that a client has under way
  int items = 1;          // deposits in one call
  double seconds = 0;     // how long to measure; 0: until `deposits`
  uint64_t deposits = 0;  // how many; 0: until `seconds`
};

struct Measured {
  double seconds = 0;
  uint64_t deposits = 0;
  std::vector<double> latencies;  // seconds, one per call, sorted

  double PerSecond() const { return static_cast<double>(deposits) / seconds; }
  double Quantile(double q) const;
};

// Deposits until time or number is reached, each deposit a request of its own, and waits for every
// receipt. One thread speaks for all clients, so that the generator needs little of the machine.
Measured Deposit(const Daemon& daemon, const Load& load);

}  // namespace ecluse::bench
