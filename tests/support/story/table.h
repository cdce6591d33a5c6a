// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/support/story/books.h"
#include "tests/support/story/clock.h"

namespace ecluse::story {

// For people: a row for each operator, then all of them; then a row for each practice, with hours
// as the story tells them.
std::string Table(const Verdict& verdict, const Clock& clock);

// For machines: "story: deposited=500 settled=… in_doubt=… lost=0 duplicated=0 starved=0 …".
// Settled: at its end, also rejected or given back.
std::string LastLine(const Verdict& verdict);

}  // namespace ecluse::story
