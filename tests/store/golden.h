// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>

// Golden files pin the bytes of records. A failure means: stores that are in use could not be
// read. Never regenerate one; add a version (FORMAT.md).
namespace ecluse::store::record {

absl::Time At(int64_t seconds);

// The bytes of a golden file.
std::string Kept(const std::string& name);

// Set only to make the file of a new record: ECLUSE_NEW_GOLDEN=1.
void ExpectGolden(const std::string& name, const std::string& bytes);

}  // namespace ecluse::store::record
