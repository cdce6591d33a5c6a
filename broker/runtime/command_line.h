// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/runtime/eclused.h"

namespace ecluse {

// All of main(): reads the arguments, sets up the log, runs the broker, gives the exit code. For
// `wrap` and `open` see RunBroker().
int RunCommandLine(int argc, char** argv, const WrapStore& wrap = nullptr,
                   const OpenStore& open = nullptr);

}  // namespace ecluse
