// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "proto/outcome.h"

namespace ecluse {

// What of a handler's outcome can travel. The broker refuses a whole call for one value that is not
// well-formed, and an operator's header is nothing to trust: a strange format is replaced, and a
// number that is too long or no text is left out. A body that is too large: the outcome is nullopt,
// since the operator has the request and that is doubt; of an acceptance the word stays and its
// body goes.
std::optional<Outcome> Carried(std::optional<Outcome> outcome);

size_t BodyBytes(const std::optional<Outcome>& outcome);

}  // namespace ecluse
