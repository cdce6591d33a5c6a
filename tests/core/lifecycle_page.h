// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ecluse {

// The tables of LIFECYCLE.md, as the code has them: for a request that was tried once, every
// cause that means something, and where a setting makes a difference.
std::string LifecycleTable();

}  // namespace ecluse
