// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/iterator.h>

#include <memory>
#include <string>
#include <vector>

#include "store/low_water.h"
#include "store/rocks_parts.h"
#include "store/rocks_writes.h"

// The store itself. For its own .cc files and the offline check only.
namespace ecluse::store {

class RocksStore : public Store {
 public:
  explicit RocksStore(std::unique_ptr<Database> database);
  ~RocksStore() override;

  std::optional<Request> Find(RequestId id) const override;
  std::optional<RequestId> Find(const BusinessKey& key) const override;
  absl::StatusOr<std::string> Content(RequestId id) const override;
  std::string Digest(Kind kind, const std::string& format,
                     const std::string& content) const override;
  std::vector<Rank> Ready(const Destination& destination, const PracticeId& practice, Share share,
                          const std::optional<Rank>& after, size_t at_most) const override;
  std::vector<RequestId> CaseOf(RequestId root) const override;
  std::vector<DueAt> NextDue(const Destination& destination, Due due,
                             size_t at_most) const override;
  std::vector<wire::InboxEntry> InboxAfter(const PracticeId& practice, uint64_t position,
                                           size_t at_most, size_t bytes) const override;
  std::vector<JournalEntry> History(RequestId id) const override;
  std::vector<RequestId> InState(StateCode code, RequestId after, size_t at_most) const override;
  std::vector<Request> Scan(RequestId after, size_t at_most) const override;
  absl::StatusOr<Recovered> Recover() const override;
  absl::Status Backup(const std::string& directory) const override;

 private:
  absl::Status Write(const Batch& batch) override;
  // Notes that a read failed.
  void Unsound(const absl::Status& status) const;
  // The numbers in the index `prefix`, which ends each key, after `after`.
  std::vector<RequestId> Numbers(const std::string& prefix, RequestId after, size_t at_most) const;

  std::unique_ptr<Database> database_;
  mutable LowWater low_water_;
  Writes writes_;
};

// Reads of one record, shared with the offline check. Each says what is wrong.
absl::Status ReadEnvelope(const Database& database, RequestId id, std::string_view value,
                          Envelope& envelope);
absl::Status ReadContent(const Database& database, RequestId id, std::string_view value,
                         std::string& content);
absl::Status ReadEntry(const Database& database, std::string_view key, std::string_view value,
                       JournalEntry& entry);
absl::Status ReadAnswer(const Database& database, std::string_view key, std::string_view value,
                        wire::InboxEntry& entry);
absl::Status ReadGate(const Database& database, std::string_view key, std::string_view value,
                      GateState& gate);
absl::Status ReadHold(const Database& database, std::string_view key, std::string_view value,
                      Hold& hold);
absl::Status ReadJob(const Database& database, std::string_view key, std::string_view value,
                     Job& job);

// One record of the books, by its letter, added to `recovered`. Data keys, head and numbers were
// read at opening.
absl::Status ReadBook(const Database& database, std::string_view key, std::string_view value,
                      Recovered& recovered);
// The keyed hash of Reads::Digest().
std::string DigestOf(const Keyring& keyring, Kind kind, std::string_view format,
                     std::string_view content);

// An iterator over the keys of a family from `from`, before `behind`.
class Range {
 public:
  Range(const Database& database, Family family, const std::string& from, std::string behind);
  Range(const Range&) = delete;
  Range& operator=(const Range&) = delete;

  bool Valid() const { return iterator_->Valid(); }
  void Next() { iterator_->Next(); }
  std::string_view key() const { return ViewOf(iterator_->key()); }
  std::string_view value() const { return ViewOf(iterator_->value()); }
  absl::Status status() const;

 private:
  std::string behind_;
  rocksdb::Slice bound_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace ecluse::store
