// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/store.h"

namespace ecluse {

struct Record;

// A store in memory, deterministic, that fails when it is told to. What is committed lives as
// long as the object: a crash of the process is Reopen().
class FakeStore : public store::Store {
 public:
  FakeStore();
  ~FakeStore() override;
  FakeStore(const FakeStore&) = delete;
  FakeStore& operator=(const FakeStore&) = delete;

  // The next commit that is not empty fails, and the batch is kept or not. From then on every
  // commit fails until Reopen().
  void FailNext(bool persists);
  // The next read fails: it finds nothing, and every commit fails until Reopen().
  void FailNextRead();
  // The content of this request can't be read back any more, for ever.
  void Damage(RequestId id);
  // What a new process finds: all that was kept; no failure is pending any more.
  void Reopen();
  // All is again as it was in that backup, in a new life of the store: `epoch`, not yet noted.
  // REQUIRES: the backup was made; no Rank, Request or other read is kept from before.
  void Restore(const std::string& backup, StoreEpoch epoch);

  // Commits that were kept and not empty, failed ones too.
  uint64_t commits() const { return commits_; }
  // The first batch that contradicted what was kept (a second request with one business key, a
  // transition from a state that the request wasn't in, …), in words; empty: none. It was kept
  // all the same, as a real store would.
  const std::string& contradiction() const { return contradiction_; }
  // Recomputes tallies, lane counts, marks and the last number from the requests and inboxes.
  // What differs, in words; empty: nothing.
  std::string Audit() const;

  std::optional<store::Request> Find(RequestId id) const override;
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
  std::vector<store::Request> Scan(RequestId after, size_t at_most) const override;
  absl::StatusOr<store::Recovered> Recover() const override;
  // Kept in memory under the name of the directory, for Restore().
  absl::Status Backup(const std::string& directory) const override;

 private:
  struct Tables;
  enum class Failure { kNone, kKept, kLost };

  absl::Status Write(const store::Batch& batch) override;
  void Keep(const store::Batch& batch);
  void KeepMore(const store::Batch& batch);
  void Deposit(const store::NewRequest& deposit);
  void Change(const store::Transition& transition, const std::vector<store::Moved>& moved);
  void Replace(Record& record, const Envelope& envelope);
  void Erase(RequestId id);
  void Contradict(std::string what);
  bool ReadFails() const;

  std::unique_ptr<Tables> tables_;
  mutable std::map<std::string, std::unique_ptr<Tables>> backups_;
  Failure next_ = Failure::kNone;
  mutable bool next_read_fails_ = false;
  mutable bool unsound_ = false;
  uint64_t commits_ = 0;
  std::string contradiction_;
};

}  // namespace ecluse
