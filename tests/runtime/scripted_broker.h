// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "broker/core/broker.h"

namespace ecluse {

// The broker of the loop's tests: it writes down what it is told, remembers one number a turn,
// and repeats each call's correlation. Linked in place of the real one.
struct BrokerScript {
  std::vector<std::string> told;  // "tick", "handle 7", "finish"
  std::vector<Vitals> vitals;
  absl::Time wakeup = absl::InfiniteFuture();
};

// Of the one broker that the test made last.
BrokerScript& Script();

}  // namespace ecluse
