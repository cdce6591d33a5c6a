// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace ecluse::sim {

// Passes every read on, but gives few Ready requests at a time, so that a small story turns
// many pages. With `forgets`, it loses business keys: an exhibit of the museum.
class ShortReads : public store::Reads {
 public:
  ShortReads(const store::Reads& reads, size_t page, bool forgets)
      : reads_(reads), page_(page), forgets_(forgets) {}

  std::optional<store::Request> Find(RequestId id) const override { return reads_.Find(id); }
  std::optional<RequestId> Find(const BusinessKey& key) const override {
    if (forgets_) return std::nullopt;
    return reads_.Find(key);
  }
  absl::StatusOr<std::string> Content(RequestId id) const override { return reads_.Content(id); }
  std::string Digest(Kind kind, const std::string& format,
                     const std::string& content) const override {
    return reads_.Digest(kind, format, content);
  }
  std::vector<Rank> Ready(const Destination& destination, const PracticeId& practice, Share share,
                          const std::optional<Rank>& after, size_t at_most) const override {
    return reads_.Ready(destination, practice, share, after, std::min(at_most, page_));
  }
  std::vector<RequestId> CaseOf(RequestId root) const override { return reads_.CaseOf(root); }
  std::vector<DueAt> NextDue(const Destination& destination, Due due,
                             size_t at_most) const override {
    return reads_.NextDue(destination, due, at_most);
  }
  std::vector<wire::InboxEntry> InboxAfter(const PracticeId& practice, uint64_t position,
                                           size_t at_most, size_t bytes) const override {
    return reads_.InboxAfter(practice, position, at_most, bytes);
  }
  std::vector<JournalEntry> History(RequestId id) const override { return reads_.History(id); }
  std::vector<RequestId> InState(StateCode code, RequestId after, size_t at_most) const override {
    return reads_.InState(code, after, at_most);
  }
  std::vector<store::Request> Scan(RequestId after, size_t at_most) const override {
    return reads_.Scan(after, at_most);
  }

 private:
  const store::Reads& reads_;
  const size_t page_;
  const bool forgets_;
};

}  // namespace ecluse::sim
