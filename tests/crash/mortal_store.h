// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/store.h"
#include "tests/crash/orders.h"

namespace ecluse::crash {

// Ends the process by SIGKILL if its orders name this point and it was passed often enough.
void DieAt(Point point, Orders& orders);

// The broker's store, and the end of the broker where its orders say so. Otherwise as the store
// under it.
class MortalStore : public store::Store {
 public:
  MortalStore(std::unique_ptr<store::Store> under, Orders& orders)
      : under_(std::move(under)), orders_(orders) {}

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
  absl::StatusOr<store::Recovered> Recover() const override;
  absl::Status Backup(const std::string& directory) const override {
    return under_->Backup(directory);
  }

 private:
  absl::Status Write(const store::Batch& batch) override;
  bool LiesAbout(const store::Batch& batch);

  const std::unique_ptr<store::Store> under_;
  Orders& orders_;
  bool first_ = true;
  bool lying_ = false;
  uint32_t promised_ = 0;  // commits with deposits that were said and never made
};

}  // namespace ecluse::crash
