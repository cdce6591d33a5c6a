// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <string>
#include <vector>

#include "broker/core/books.h"
#include "broker/core/job/dry_run.h"
#include "broker/core/job/job_touch.h"
#include "broker/core/request/payees.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse {

// Bulk work of ops: counted first, started with the token of the plan, done a page in each turn,
// with its progress in the same batch as what it did.
//
// INVARIANT: a job touches nothing before it was started with its token, and nothing after it was
// stopped, but that an export which was stopped lets go what it took; no job touches more requests
// than its plan counted; what needs a second person waits for one with another name.
class JobDesk {
 public:
  JobDesk(Books& books, Payees& payees, Clearance& clearance, const store::Recovered& recovered);

  // Without room to record what it does no job goes on.
  void SetDiskLow(bool low) { disk_low_ = low; }

  wire::ReplyBody Hear(const identity::Ops& who, const wire::PlanJob& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::ActOnJob& call, const Turn& turn);
  // Refused (kJobState) until everything is reserved. The history of each says who was shown it.
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Fetch& call, const Turn& turn);
  // Answered with how many of them have ended so by now, and whether all have. A request that this
  // export does not keep (any more) is not touched: whoever hears "not all" looks.
  wire::ReplyBody Hear(const identity::Ops& who, const wire::HandedOver& call, const Turn& turn);
  wire::ReplyBody View(const wire::Jobs& call) const;
  wire::ReplyBody View(const wire::Findings& call) const;

  // A page of the jobs that go on, in turns.
  void Advance(const Turn& turn);
  // There is a job that can go on at once.
  bool HasWork() const;

  // Dry runs: the next requests that an adapter of this destination is to check, and what it found.
  std::vector<wire::Task> ToCheck(const Destination& destination, size_t at_most, size_t bytes,
                                  const Turn& turn);
  // When ToCheck() has something; InfiniteFuture: nothing is waiting.
  absl::Time NextCheck(const Destination& destination) const;
  // kStale: nobody waits for it.
  ErrorCode Hear(const wire::Checked::Item& item, const Turn& turn);

 private:
  Job* Find(JobId id);
  void Note(const Turn& turn, const Job& job);
  bool MakeRoom(const Turn& turn);
  bool MakeRoomForDryRun();
  wire::JobsResult::Row RowOf(const Job& job) const;
  wire::ReplyBody Reply(const Job& job) const { return wire::JobsResult{{RowOf(job)}}; }

  ErrorCode Act(Job& job, const identity::Ops& who, const wire::ActOnJob& call);
  ErrorCode Start(Job& job, const identity::Ops& who, const std::string& token);
  ErrorCode Approve(Job& job, const identity::Ops& who, const std::string& token);
  void Run(Job& job);
  void Stop(Job& job);

  bool GoesOn(const Job& job) const;
  bool IsHandingOver(const Job& job) const;
  void PauseAll(const Turn& turn);
  // Each does one page and tells how much it looked at.
  size_t AdvanceOne(Job& job, const Turn& turn);
  size_t Count(Job& job, const Turn& turn);
  size_t Work(Job& job, const Turn& turn);
  size_t FindToCheck(Job& job, const Turn& turn);
  size_t AwaitHandOver(Job& job, const Turn& turn);
  size_t LetGo(Job& job, const Turn& turn);

  store::Request* FindKept(const Job& job, RequestId id);
  void GiveUp(Job& job, store::Request& request, const Turn& turn);
  void Settle(Job& job, const Turn& turn);

  // What an export still keeps: nothing before `at`; and that one, when it was found.
  struct Kept {
    RequestId at;
    bool found = false;
  };

  Books& books_;
  JobTouch touch_;
  bool disk_low_ = false;
  bool restored_;  // from another life of the store, and nobody has looked at the jobs yet
  absl::btree_map<JobId, Job> jobs_;
  JobId last_job_;
  JobId last_advanced_;
  absl::btree_map<JobId, Kept> exports_;
  absl::btree_map<JobId, DryRun> dry_runs_;
};

}  // namespace ecluse
