// SPDX-License-Identifier: Apache-2.0
// Dry runs: what adapters are to check, and what they found. Nothing changes its state.
#include <algorithm>
#include <utility>

#include "broker/core/job/job_desk.h"
#include "broker/core/job/job_page.h"
#include "broker/core/job/job_rules.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

bool IsDryRunning(const Job& job) {
  return job.kind == JobKind::kDryRun && job.state == JobState::kRunning;
}

std::vector<Problem> Unreadable() {
  return {{"", "content.unreadable", Severity::kError, "store"}};
}

}  // namespace

size_t JobDesk::FindToCheck(Job& job, const Turn& turn) {
  DryRun& run = dry_runs_.at(job.id);
  const JobPage page = ReadPage(books_.reads(), job, run.looked(), limits::kScanPerCall);
  for (const RequestId id : page.ids) {
    const store::Request* request = books_.Find(id);
    if (!request) return page.looked;
    if (touch_.Judge(turn, job, *request) != JobTouch::Fit::kCan) continue;
    run.Add(id, request->envelope.destination);
  }
  run.LookedTo(page.at);
  Settle(job, turn);
  return page.looked;
}

void JobDesk::Settle(Job& job, const Turn& turn) {
  DryRun& run = dry_runs_.at(job.id);
  if (!run.Settle(job)) return;
  if (LookedAtAll(job)) job.state = JobState::kDone;
  Note(turn, job);
}

std::vector<wire::Task> JobDesk::ToCheck(const Destination& destination, size_t at_most,
                                         size_t bytes, const Turn& turn) {
  std::vector<wire::Task> tasks;
  size_t used = 0;
  for (auto& [id, run] : dry_runs_) {
    Job* job = Find(id);
    if (disk_low_ || !job || !IsDryRunning(*job)) continue;
    while (tasks.size() < at_most && used < bytes) {
      const std::optional<RequestId> next = run.Take(destination, turn.now);
      if (!next) break;
      const store::Request* request = books_.Find(*next);
      const bool fits = request && request->envelope.destination == destination &&
                        touch_.Judge(turn, *job, *request) == JobTouch::Fit::kCan;
      if (!fits) {
        run.Pass(*next);
        continue;
      }
      absl::StatusOr<std::string> content = books_.reads().Content(*next);
      if (!content.ok()) {
        run.Found(*next, Unreadable());
        continue;
      }
      used += content->size();
      tasks.push_back({wire::Task::What::kDryRun, request->envelope, 0, absl::ZeroDuration(),
                       *std::move(content), TriesOf(request->state).grant, id});
    }
    Settle(*job, turn);
  }
  return tasks;
}

absl::Time JobDesk::NextCheck(const Destination& destination) const {
  absl::Time next = absl::InfiniteFuture();
  if (disk_low_) return next;
  for (const auto& [id, run] : dry_runs_) {
    const auto job = jobs_.find(id);
    if (job == jobs_.end() || !IsDryRunning(job->second)) continue;
    next = std::min(next, run.NextTake(destination));
  }
  return next;
}

ErrorCode JobDesk::Hear(const wire::Checked::Item& item, const Turn& turn) {
  Job* job = Find(item.job);
  const auto run = dry_runs_.find(item.job);
  if (!job || run == dry_runs_.end()) return ErrorCode::kStale;
  if (!run->second.Found(item.request, item.problems)) return ErrorCode::kStale;
  Settle(*job, turn);
  return ErrorCode::kNone;
}

wire::ReplyBody JobDesk::View(const wire::Findings& call) const {
  const auto job = jobs_.find(call.job);
  const bool known = job != jobs_.end() && job->second.kind == JobKind::kDryRun;
  if (!known) return Error{ErrorCode::kUnknownJob, "job"};
  const auto run = dry_runs_.find(call.job);
  return run == dry_runs_.end() ? wire::FindingsResult{} : run->second.Page(call.after);
}

}  // namespace ecluse
