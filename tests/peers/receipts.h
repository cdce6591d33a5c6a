// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace ecluse::peers {

// What a practice wrote down: which receipt it heard for which of its references.
class Receipts {
 public:
  void Heard(const std::string& reference, uint64_t number) {
    const auto [known, fresh] = numbers_.emplace(reference, number);
    if (!fresh && known->second != number) ++doubled_;
    const auto [owner, first] = references_.emplace(number, reference);
    if (!first && owner->second != reference) ++doubled_;
  }

  size_t size() const { return numbers_.size(); }
  // Of so many deposits, those that have no receipt.
  size_t lost(size_t deposits) const { return deposits - numbers_.size(); }
  // References with two receipts, and receipts for two references.
  size_t doubled() const { return doubled_; }
  bool Has(uint64_t number) const { return references_.contains(number); }

 private:
  std::unordered_map<std::string, uint64_t> numbers_;
  std::unordered_map<uint64_t, std::string> references_;
  size_t doubled_ = 0;
};

// What a practice read in its inbox: at which position for which request. Read again, before it
// was acknowledged, the same is no second answer.
class Answers {
 public:
  void Heard(uint64_t request, uint64_t position) {
    const auto [known, fresh] = positions_.emplace(request, position);
    if (!fresh && known->second != position) ++doubled_;
  }

  size_t size() const { return positions_.size(); }
  size_t doubled() const { return doubled_; }

 private:
  std::unordered_map<uint64_t, uint64_t> positions_;
  size_t doubled_ = 0;
};

}  // namespace ecluse::peers
