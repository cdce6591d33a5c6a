// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "tests/crash/orders.h"

namespace ecluse::crash {

enum class Victim { kBroker, kAdapter, kBoth };

// One way to die.
struct Blow {
  enum class How {
    kInstant,   // at a random instant
    kStarting,  // at a random instant of its start
    kPoint,     // at a point of its work
    kOnTheWay,  // at a point of its start
    kStruck,    // by the operator, which has just answered
    kLie,       // after it lied
  };
  std::string_view name;
  How how = How::kInstant;
  Victim victim = Victim::kBroker;
  Point point = Point::kNone;
  uint32_t weight = 1;
};

std::span<const Blow> Blows();
// Those that the books must catch; nullptr: there is no such lie.
const Blow* FindLie(std::string_view name);

}  // namespace ecluse::crash
