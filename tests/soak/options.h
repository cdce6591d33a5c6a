// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

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
  uint64_t waiting = 0;      // not 0: so many wait and nothing is drained; see waiting.cc
  uint64_t beside = 100'000;
  std::string folder = "soak-stores";  // of our own; removed before and after
  Bug bug = Bug::kNone;
  bool caught = false;  // succeed only if something is wrong
};

// nullopt: the words make no sense.
std::optional<Options> ReadOptions(int argc, char** argv);

}  // namespace ecluse::soak
