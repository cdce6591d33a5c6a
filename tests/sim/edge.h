// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "proto/problem.h"

namespace ecluse::sim {

// What the broker's edge finds in a content. The first word of a content says what it is like:
// "broken" breaks a rule, "odd" deserves a warning, "novel" breaks a rule that only strict edges
// know.
std::vector<Problem> Look(const std::string& content, bool strict);

}  // namespace ecluse::sim
