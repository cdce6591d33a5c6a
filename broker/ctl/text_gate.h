// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "broker/ctl/view.h"
#include "proto/gate.h"

namespace ecluse::ctl {

// The gate in a table's cell.
std::string GateCell(const GateState& gate, const View& view);

// All that a cell has no room for, one line each, with `indent` before it: the announced hour and
// who told it, the pause, the ramp, the mix of answers. `opens_in`: the announced hour with the
// broker's own offset.
std::string GateNews(const GateState& gate, const std::optional<absl::Duration>& opens_in,
                     const std::string& indent, const View& view);

// A rate in thousandths of a request a second, as people say it: "2.5/s", "12/min".
std::string RateText(uint64_t milli, const View& view);

}  // namespace ecluse::ctl
