// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace ecluse::soak {

// What is planted, so that the oracle can show that it notices.
enum class Bug : uint8_t {
  kNone,
  kForgetsDeposits,     // the store forgets one batch that has deposits, and says that it has it
  kForgetsTransitions,  // … one that has answers
  kSendsTwice,          // an adapter gives one request to the operator twice
};

struct Options {
  uint64_t requests = 3'500'000;
  uint32_t practices = 3'000;
  uint32_t days = 14;
  uint64_t seed = 1;
  uint32_t in_flight = 128;  // the ceiling of each destination's policy
  uint32_t least = 128;      // its floor: where a ramp begins
  uint32_t errors = 50;      // of a thousand tries
  uint32_t restarts = 0;     // of the broker, half of them while it drains
  uint64_t waiting = 0;      // not 0: so many wait and little is drained; see waiting.cc
  uint64_t beside = 100'000;
  std::string folder = {};  // for the stores, and our own
  Bug bug = Bug::kNone;
  bool caught = false;  // succeed only if something is wrong
};

// A number: the program ends with it, 0 after --help, and 2 after words that make no sense; what is
// wrong with them was said.
std::variant<Options, int> ReadOptions(int argc, char** argv);

}  // namespace ecluse::soak
