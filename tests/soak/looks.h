// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/soak/host.h"

namespace ecluse::soak {

// What ops and practices look at, each some times over in a turn of its own: a row with the median
// for each. REQUIRES: nothing was heard that is not answered yet, and nobody asks for work.
void MeasureLooks(Host& host, const Catalogue& catalogue, const std::string& cell,
                  RequestId last_request, absl::Time now);

}  // namespace ecluse::soak
