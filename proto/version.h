// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ecluse {

// The product's version, as CHANGELOG.md counts. The wire has its own, wire::kVersion.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace ecluse
