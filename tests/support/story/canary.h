// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "proto/wire.h"

namespace ecluse::story {

// What the histories of all requests tell together.
struct Trail {
  uint64_t tries = 0;
  uint64_t doubted = 0;  // requests that were in doubt at some time
  // A destination where the first request was not alone, or a request sent again out of a doubt
  // that nothing had cleared.
  std::vector<std::string> complaints;
};

// `never_closed`: where nobody had to go first.
Trail ReadTrail(const std::vector<wire::ShowResult>& requests,
                const std::set<Destination>& never_closed = {});

}  // namespace ecluse::story
