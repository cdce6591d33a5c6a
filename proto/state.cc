// SPDX-License-Identifier: Apache-2.0
#include "proto/state.h"

namespace ecluse {

StateCode CodeOf(const State& state) {
  // The variant lists its alternatives in the order of the codes, which begin at 1.
  return static_cast<StateCode>(state.index() + 1);
}

Tries& TriesOf(State& state) {
  return std::visit([](auto& s) -> Tries& { return s.tries; }, state);
}

const Tries& TriesOf(const State& state) {
  return std::visit([](const auto& s) -> const Tries& { return s.tries; }, state);
}

bool IsTerminal(StateCode code) {
  return code == StateCode::kSettled || code == StateCode::kRejected ||
         code == StateCode::kWithdrawn || code == StateCode::kElsewhere ||
         code == StateCode::kDestroyed || code == StateCode::kReturned;
}

}  // namespace ecluse
