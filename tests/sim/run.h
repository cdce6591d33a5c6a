// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "tests/sim/world.h"

namespace ecluse::sim {

// The program: tells stories by their seeds and says what went wrong.
//
//   sim --seed N [--verbose] [--bug NAME]      one story
//   sim --seeds FROM TO [--bug NAME]           many; ends at the first that goes wrong
//   sim --seeds FROM TO --twice                each again: it must be the same story
//   sim --seeds FROM TO --caught [--bug NAME]  well when one goes wrong: for the museum
int Run(int argc, char** argv);

}  // namespace ecluse::sim
