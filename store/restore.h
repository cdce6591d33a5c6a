// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>

namespace ecluse::store {

// Makes a store of a backup, in `store_directory`, which must not exist or must be empty; its
// parent must exist. Everything is copied, looked at as VerifyStore() does, marked as restored and
// synced; on return it is durable. A broker that opens it starts held, in a new epoch.
//
// An error says why in words for a person, and has removed what was made; the backup is never
// touched. A restore that was cut off leaves a directory that no broker opens.
absl::Status RestoreStore(const std::string& backup_directory, const std::string& store_directory,
                          const std::string& master_key_file);

}  // namespace ecluse::store
