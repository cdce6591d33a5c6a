// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

// A look at a log of RocksDB without opening the database, which would begin a new log and drop
// the old one. For store/rocks_*.cc only.
namespace ecluse::store {

// The sequence numbers of a log's whole records. RocksDB skips blank stretches without a word; each
// record of ours begins where the one before ended, so here they show.
class LogWalk {
 public:
  // The file from its beginning, in pieces of kBlock bytes; only the last may be shorter.
  static constexpr size_t kBlock = 32 << 10;
  void Add(const char* block, size_t bytes);

  // 0: no record.
  uint64_t first() const { return first_; }
  uint64_t last() const { return last_; }
  // Between two records some are missing.
  bool gap() const { return gap_; }
  // It has something that this walk does not know: it says nothing of what follows.
  bool strange() const { return strange_; }

 private:
  void Begin(const char* payload, size_t bytes);
  void Continue(const char* payload, size_t bytes);
  void Finish();

  std::string head_;  // the first bytes of the record that is being read
  uint64_t first_ = 0;
  uint64_t last_ = 0;
  bool gap_ = false;
  bool strange_ = false;
};

}  // namespace ecluse::store
