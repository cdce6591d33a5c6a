// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/support/story/books.h"

namespace ecluse::story {

// For people: a row for each operator, then all of them.
std::string Table(const Verdict& verdict);

// For machines: "story: deposited=500 settled=… in_doubt=… lost=0 duplicated=0". Settled: at its
// end, also rejected.
std::string LastLine(const Verdict& verdict);

}  // namespace ecluse::story
