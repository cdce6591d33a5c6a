// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/store.h"

namespace ecluse {

// A store that does as the one under it. A test's own store derives from it and says only what it
// does otherwise; what it commits is for it to say.
class StoreOver : public store::Store {
 public:
  explicit StoreOver(std::unique_ptr<store::Store> under) : under_(std::move(under)) {}

  std::optional<store::Request> Find(RequestId id) const override { return under_->Find(id); }
  std::optional<RequestId> Find(const BusinessKey& key) const override { return under_->Find(key); }
  absl::StatusOr<std::string> Content(RequestId id) const override { return under_->Content(id); }
  std::string Digest(Kind kind, const std::string& format,
                     const std::string& content) const override {
    return under_->Digest(kind, format, content);
  }
  std::vector<Rank> Ready(const Destination& destination, const PracticeId& practice, Share share,
                          const std::optional<Rank>& after, size_t at_most) const override {
    return under_->Ready(destination, practice, share, after, at_most);
  }
  std::vector<RequestId> CaseOf(RequestId root) const override { return under_->CaseOf(root); }
  std::vector<DueAt> NextDue(const Destination& destination, Due due,
                             size_t at_most) const override {
    return under_->NextDue(destination, due, at_most);
  }
  std::vector<wire::InboxEntry> InboxAfter(const PracticeId& practice, uint64_t position,
                                           size_t at_most, size_t bytes) const override {
    return under_->InboxAfter(practice, position, at_most, bytes);
  }
  std::vector<JournalEntry> History(RequestId id) const override { return under_->History(id); }
  std::vector<RequestId> InState(StateCode code, RequestId after, size_t at_most) const override {
    return under_->InState(code, after, at_most);
  }
  std::vector<store::Request> Scan(RequestId after, size_t at_most) const override {
    return under_->Scan(after, at_most);
  }
  absl::StatusOr<store::Recovered> Recover() const override { return under_->Recover(); }
  absl::Status Backup(const std::string& directory) const override {
    return under_->Backup(directory);
  }

 protected:
  store::Store& under() { return *under_; }
  const store::Store& under() const { return *under_; }

 private:
  const std::unique_ptr<store::Store> under_;
};

}  // namespace ecluse
