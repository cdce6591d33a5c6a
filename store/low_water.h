// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>

#include <string>

#include "store/keyspace.h"

namespace ecluse::store {

// Remembers where each queue begins, so that a read of its head does not crawl over the graves of
// all that left it. INVARIANT: no key of a queue lies below its mark. Forgetting is always safe.
class LowWater {
 public:
  // From where to look for the first key of the queue `prefix`.
  std::string From(const std::string& prefix) const {
    const auto found = marks_.find(prefix);
    return found == marks_.end() ? prefix : found->second;
  }

  // A look from From(prefix) on met `first` first; or nothing before `first`.
  void Found(const std::string& prefix, std::string first) {
    if (marks_.size() >= kMost) marks_.clear();
    marks_[prefix] = std::move(first);
  }

  // A key is about to be written.
  void Put(const keyspace::IndexKey& index) {
    const auto found = marks_.find(index.key.substr(0, index.prefix));
    if (found != marks_.end() && index.key < found->second) found->second = index.key;
  }

 private:
  static constexpr size_t kMost = 20'000;
  absl::flat_hash_map<std::string, std::string> marks_;
};

}  // namespace ecluse::store
