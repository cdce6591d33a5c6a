// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/write_batch.h>

#include <string>
#include <string_view>
#include <vector>

#include "store/low_water.h"
#include "store/rocks_parts.h"

namespace ecluse::store {

// Turns a batch of the port into one of RocksDB: records, seals, and the index entries that the
// states before and after ask for. For the RocksDB store only.
class Writes {
 public:
  Writes(Database& database, LowWater& low_water) : database_(database), low_water_(low_water) {}

  // What `batch` writes. It is valid until the next call; the database's numbers and keys already
  // are as they will be after it.
  rocksdb::WriteBatch& Of(const Batch& batch);

 private:
  void Add(const NewRequest& deposit);
  void Add(const Transition& transition);
  void Add(const NewAnswer& answer);
  void Add(const Acknowledged& range);
  void Add(const Destination& destination, const GateState& gate);
  void Add(const Hold& hold);
  void Add(const Moved& moved);
  void Add(const Job& job);
  void AddBooks(const Batch& batch);
  void AddCounts(const Batch& batch);
  void AddEntry(RequestId id, const PracticeId& practice, const JournalEntry& entry);
  void MoveIndex(const Rank& rank, const PracticeId& practice, const Destination& destination,
                 const State* before, const State& after);
  void PutEnvelope(const Envelope& envelope);

  void Put(Family family, std::string_view key, std::string_view value);
  void Delete(Family family, std::string_view key);
  void AddIndexChanges();
  // The practice's data key; its first use writes it too.
  const Keyring::Entry& KeyOf(const PracticeId& practice);
  // Replaces sealed_ and returns it.
  const std::string& Seal(const PracticeId& practice, Sealed what, std::string_view owner,
                          std::string_view text, Compress compress);
  const std::string& SealOwn(Sealed what, std::string_view owner, std::string_view text);

  Database& database_;
  LowWater& low_water_;
  rocksdb::WriteBatch batch_;
  // An index key to be put, or to be deleted.
  struct IndexChange {
    std::string key;
    bool put;
  };
  std::vector<IndexChange> index_changes_;
  // Reused from record to record.
  std::string value_;
  std::string sealed_;
};

// The hash that stands for a business key on disk.
std::string HashOf(const BusinessKey& key, const Keyring& keyring);

}  // namespace ecluse::store
