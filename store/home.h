// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <string>

#include "store/records.h"
#include "store/seal.h"

// Where a store lives, so that a copy of it is told from itself. FORMAT.md says what is noticed,
// and what can't be.
namespace ecluse::store {

// Keyed hashes: neither says anything to who has not the key. Empty: not known, and then it is no
// reason to think of a copy.
struct Home {
  std::string place;    // of the directory's inode and time of birth; any copy has others
  std::string machine;  // of the machine's id
};

Home HomeOf(const std::string& directory, const std::string& machine_file, const SecretKey& key);

// Whether the head says another home than this.
bool IsAway(const record::Head& head, const Home& home);

// The next life of a store: greater than all before, and than those of its copies.
StoreEpoch NextEpoch(StoreEpoch epoch, absl::Time now);

}  // namespace ecluse::store
