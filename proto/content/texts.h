// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "proto/problem.h"
#include "proto/texts.h"

namespace ecluse::content {

// What a rule demands, for people: "the key does not fit the NIR". Every rule that Check() or
// a dry run can name has both texts.
std::string_view RuleText(std::string_view rule, Language language);

// "lines[2].code: an LPP code has seven digits (LPP; error)".
std::string Sentence(const Problem& problem, Language language);

}  // namespace ecluse::content
