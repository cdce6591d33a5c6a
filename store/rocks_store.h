// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <memory>
#include <string>

#include "store/store.h"

namespace ecluse::store {

struct RocksOptions {
  std::string directory;
  std::string master_key_file;  // outside the directory; see ReadMasterKey()
  // An empty or absent directory becomes a new store. The directory's parent must exist.
  bool create_if_missing = true;
  // For the epoch of a store that was restored or copied; without it the epoch only counts, and
  // two copies may have the same.
  absl::Time now = absl::InfinitePast();
};

// The store on RocksDB (FORMAT.md). It belongs to one thread.
//
// Refuses, in words for a person, what it can't trust: a damaged or newer store, another master
// key, a directory of something else, one that another process has open or that may not be
// written. It then has changed nothing.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksOptions& options);

}  // namespace ecluse::store
