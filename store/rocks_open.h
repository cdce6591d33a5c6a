// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <rocksdb/env.h>

#include <string>
#include <vector>

#include "store/rocks_parts.h"

// The steps of opening that look before they touch. For rocks_open.cc.
namespace ecluse::store {

enum class Place {
  kEmpty,  // a new store may be made here
  kStore,  // there is a database
};

// What lies in the directory, or why it is no place for a store.
absl::StatusOr<Place> Inspect(const RocksOptions& options, rocksdb::Env* env);

// Makes the directory, and its entry in the parent durable.
absl::Status MakeDirectory(const std::string& directory, rocksdb::Env* env);

// Whether the families of the database are those of this format. False: its creation was
// interrupted before anything was written, and may go on.
absl::StatusOr<bool> CheckFamilies(const RocksOptions& options, rocksdb::Env* env);

// Writes the head as it stands, synced.
absl::Status WriteHead(Database& database);

// Brings a store of an older format to this one, in bounded batches. May be cut off at any point
// and called again; nothing is lost.
absl::Status Migrate(const Seam& seam, Database& database);

// Begins a new life of the store (Recovered.fenced) if it was restored or lives elsewhere than
// its head says; notes where it lives.
absl::Status SettleHome(const RocksOptions& options, const Seam& seam, Database& database);

// RocksDB's refusal in words for a person.
absl::Status Explain(const RocksOptions& options, const rocksdb::Status& status);

// What to do about a damaged store; the end of many messages.
extern const char kDamagedAdvice[];

}  // namespace ecluse::store
