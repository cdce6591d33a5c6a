// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "proto/gate.h"
#include "tests/support/story/notes.h"

// What must hold at a reopening, whatever happens. What operators saw is taken from their ledgers.
// Each gives its complaints in words; of requests only the numbers.
namespace ecluse::story {

// Within a case nothing came before what was deposited earlier. A bill came only after its grant,
// and with its number; one whose authorisation was refused came back.
std::vector<std::string> CheckCases(const std::vector<Notebook>& notebooks, const Ledgers& ledgers);

// No service was ever busy with more submissions of ours than its profile's ceiling.
std::vector<std::string> CheckCeilings(const Ledgers& ledgers,
                                       const std::map<Destination, uint32_t>& ceilings);

// A practice that changed its password late.
struct NewPassword {
  OperatorId at;
  PracticeId practice;
  absl::Time since = absl::InfiniteFuture();
  uint64_t waited = 0;  // requests that waited for it
  bool tried = false;   // the old one was tried, and refused
};
// Some of its requests waited for it, none came before, and the old one was left alone.
std::vector<std::string> CheckPasswords(const Ledgers& ledgers,
                                        const std::vector<NewPassword>& passwords);

// The gates' changes, in the order in which they were seen.
using GateLog = std::vector<std::pair<Destination, GateCode>>;
uint64_t TimesReclosed(const GateLog& log, const Destination& destination);
// It was closed again on the way up, and rose after that.
std::vector<std::string> CheckReclosing(const GateLog& log, const Destination& destination);

}  // namespace ecluse::story
