// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "store/seal.h"

namespace ecluse::store {

// The key that wraps all others. It lives in a file outside the store: 64 hex digits, readable by
// the service alone. Whoever loses it loses every content for ever.
//
// Refused, with what to do: no such file, a file that others may read, one inside `store_dir`
// (a copy of the store would carry its own key), anything but 64 hex digits.
absl::StatusOr<SecretKey> ReadMasterKey(const std::string& file, const std::string& store_dir);

// The text of such a file. The status names `file` and the rule, nothing of the text.
absl::StatusOr<SecretKey> ParseMasterKey(const std::string& file, std::string_view text);

// Writes a new random key to a file that must not exist yet, mode 0600, synced.
absl::Status CreateMasterKey(const std::string& file);

// Tells which master key it is and nothing about it: 8 bytes.
std::string Fingerprint(const SecretKey& master);

}  // namespace ecluse::store
