// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "proto/b2/check.h"
#include "proto/b2/layout.h"

namespace ecluse::b2 {

// What can be said of one record alone. `number` is its place in the file, from 1.
void CheckFields(std::string_view record, const Layout& layout, size_t number,
                 std::vector<Problem>& problems);

}  // namespace ecluse::b2
