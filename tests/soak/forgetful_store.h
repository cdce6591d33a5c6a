// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/store.h"
#include "tests/soak/options.h"

namespace ecluse::soak {

// Passes everything on to the store that it holds. With a bug planted it says of one batch that it
// is durable, and has forgotten it: an exhibit for the oracle.
class ForgetfulStore : public store::Store {
 public:
  ForgetfulStore(std::unique_ptr<store::Store> store, Bug bug)
      : store_(std::move(store)), bug_(bug) {}

  absl::StatusOr<store::Recovered> Recover() const override { return store_->Recover(); }
  absl::Status Backup(const std::string& directory) const override {
    return store_->Backup(directory);
  }
  std::optional<store::Request> Find(RequestId id) const override { return store_->Find(id); }
  std::optional<RequestId> Find(const BusinessKey& key) const override { return store_->Find(key); }
  absl::StatusOr<std::string> Content(RequestId id) const override { return store_->Content(id); }
  std::string Digest(Kind kind, const std::string& format,
                     const std::string& content) const override {
    return store_->Digest(kind, format, content);
  }
  std::vector<Rank> Ready(const Destination& destination, const PracticeId& practice, Share share,
                          const std::optional<Rank>& after, size_t at_most) const override {
    return store_->Ready(destination, practice, share, after, at_most);
  }
  std::vector<RequestId> CaseOf(RequestId root) const override { return store_->CaseOf(root); }
  std::vector<DueAt> NextDue(const Destination& destination, Due due,
                             size_t at_most) const override {
    return store_->NextDue(destination, due, at_most);
  }
  std::vector<wire::InboxEntry> InboxAfter(const PracticeId& practice, uint64_t position,
                                           size_t at_most, size_t bytes) const override {
    return store_->InboxAfter(practice, position, at_most, bytes);
  }
  std::vector<JournalEntry> History(RequestId id) const override { return store_->History(id); }
  std::vector<RequestId> InState(StateCode code, RequestId after, size_t at_most) const override {
    return store_->InState(code, after, at_most);
  }
  std::vector<store::Request> Scan(RequestId after, size_t at_most) const override {
    return store_->Scan(after, at_most);
  }

 private:
  absl::Status Write(const store::Batch& batch) override {
    const bool deposits = bug_ == Bug::kForgetsDeposits && !batch.deposits.empty();
    const bool answers = bug_ == Bug::kForgetsTransitions && !batch.answers.empty();
    if ((deposits || answers) && ++seen_ == 10) return absl::OkStatus();
    return store_->Commit(batch).status();
  }

  std::unique_ptr<store::Store> store_;
  Bug bug_;
  int seen_ = 0;
};

}  // namespace ecluse::soak
