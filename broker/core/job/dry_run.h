// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/time/time.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "proto/job.h"
#include "proto/names.h"
#include "proto/problem.h"
#include "proto/wire.h"

namespace ecluse {

// What one dry run has in adapters' hands, and what it found. In memory only: after a restart what
// was not reported, and what was reported after something that was not, is checked again.
//
// INVARIANT: the job's position passes a request only when its result is counted.
class DryRun {
 public:
  explicit DryRun(const Job& job) : looked_(job.at) {}

  // Looks on where the last page ended, while so much is waiting to be checked that no more is
  // wanted in memory.
  bool WantsMore(const Job& job) const;
  RequestId looked() const { return looked_; }
  void Add(RequestId id, const Destination& destination);
  void LookedTo(RequestId at) { looked_ = at; }

  // The next one to be handed out for this destination; what was not reported in time comes again.
  std::optional<RequestId> Take(const Destination& destination, absl::Time now);
  // When Take() has something. InfiniteFuture: nothing is waiting.
  absl::Time NextTake(const Destination& destination) const;

  // It is checked. False: it was not asked for, or is reported already.
  bool Found(RequestId id, std::vector<Problem> problems);
  // It is no longer to be checked.
  void Pass(RequestId id);

  // Counts into the job what is reported without a gap. True: the job changed.
  bool Settle(Job& job);
  // It will go no further: everything reported is counted.
  void End(Job& job);
  // The job as a person sees it: with what is reported after a gap.
  Job Seen(Job job) const;

  // At most limits::kListPerCall rows and about limits::kProblemsPerReply problems.
  wire::FindingsResult Page(RequestId after) const;

 private:
  enum class Result : uint8_t { kNone, kGood, kBad, kPassed };
  struct Lane {
    absl::btree_set<RequestId> waiting;
    std::deque<std::pair<absl::Time, RequestId>> given;  // by when each is to be reported
  };
  void Count(Result result, Job& job) const;

  RequestId looked_;
  absl::btree_map<RequestId, Result> window_;
  absl::btree_map<Destination, Lane> lanes_;
  absl::btree_map<RequestId, std::vector<Problem>> findings_;
};

}  // namespace ecluse
