// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/soak/options.h"
#include "tests/soak/oracle.h"

namespace ecluse::soak {

// A closure of all operators, told in virtual time: deposits by the rhythm, an announced hour that
// slips once, the reopening, and the drain until every practice has read the end of every request.
Oracle::Sum RunClosure(const Options& options);

}  // namespace ecluse::soak
