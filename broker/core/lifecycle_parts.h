// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "broker/core/lifecycle.h"

// What the two halves of lifecycle.cc share; nobody else includes it.
namespace ecluse::life {

using Result = std::optional<State>;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// Back to where it may be sent from: its queue, unless a hold on it says wait.
State Back(const Tries& tries, const Circumstances& around);

// The operator did not say it before.
bool IsNews(const Tries& tries, Decision decision);

// What follows from an outcome that speaks of the last try.
State Follow(const Outcome& outcome, const Tries& tries, const Circumstances& around);

// One for each state that is not an end.
Result NextOf(const state::Ready& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::Waiting& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::Leased& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::Deferred& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::Sending& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::InDoubt& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::Awaiting& s, const Cause& cause, const Circumstances& around);
Result NextOf(const state::Settled& s, const Cause& cause, const Circumstances& around);

}  // namespace ecluse::life
