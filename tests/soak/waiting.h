// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/soak/options.h"
#include "tests/soak/oracle.h"

namespace ecluse::soak {

// Very many that wait, beside few: what a deposit, a look and a restart cost, and room in memory
// and on disk. Each broker is a process of its own that ends by SIGKILL.
Oracle::Sum RunWaiting(const Options& options);

}  // namespace ecluse::soak
