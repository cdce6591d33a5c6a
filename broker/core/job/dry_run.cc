// SPDX-License-Identifier: Apache-2.0
#include "broker/core/job/dry_run.h"

#include <algorithm>

#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr size_t kWindow = 10'000;
constexpr size_t kProblemsKept = 16;  // of one request
// A task that was lost with its worker is handed out again.
constexpr absl::Duration kTimeToCheck = absl::Minutes(5);

}  // namespace

bool DryRun::WantsMore(const Job& job) const {
  return looked_ < job.last && window_.size() < kWindow;
}

void DryRun::Add(RequestId id, const Destination& destination) {
  if (!window_.emplace(id, Result::kNone).second) return;
  lanes_[destination].waiting.insert(id);
}

std::optional<RequestId> DryRun::Take(const Destination& destination, absl::Time now) {
  const auto found = lanes_.find(destination);
  if (found == lanes_.end()) return std::nullopt;
  Lane& lane = found->second;
  while (!lane.given.empty() && lane.given.front().first <= now) {
    const RequestId late = lane.given.front().second;
    lane.given.pop_front();
    const auto at = window_.find(late);
    if (at != window_.end() && at->second == Result::kNone) lane.waiting.insert(late);
  }
  if (lane.waiting.empty()) return std::nullopt;
  const RequestId id = *lane.waiting.begin();
  lane.waiting.erase(lane.waiting.begin());
  lane.given.emplace_back(now + kTimeToCheck, id);
  return id;
}

absl::Time DryRun::NextTake(const Destination& destination) const {
  const auto found = lanes_.find(destination);
  if (found == lanes_.end()) return absl::InfiniteFuture();
  const Lane& lane = found->second;
  if (!lane.waiting.empty()) return absl::InfinitePast();
  return lane.given.empty() ? absl::InfiniteFuture() : lane.given.front().first;
}

bool DryRun::Found(RequestId id, std::vector<Problem> problems) {
  const auto at = window_.find(id);
  if (at == window_.end() || at->second != Result::kNone) return false;
  const bool bad = HasErrors(problems);
  at->second = bad ? Result::kBad : Result::kGood;
  if (!bad || findings_.size() >= limits::kFindingsPerJob) return true;
  // Errors first: they say why it would fail.
  std::stable_partition(problems.begin(), problems.end(),
                        [](const Problem& p) { return p.severity == Severity::kError; });
  if (problems.size() > kProblemsKept) problems.resize(kProblemsKept);
  findings_.insert_or_assign(id, std::move(problems));
  return true;
}

void DryRun::Pass(RequestId id) {
  const auto at = window_.find(id);
  if (at != window_.end() && at->second == Result::kNone) at->second = Result::kPassed;
}

void DryRun::Count(Result result, Job& job) const {
  if (result == Result::kGood) ++job.done;
  if (result == Result::kBad) ++job.failed;
}

bool DryRun::Settle(Job& job) {
  const RequestId before = job.at;
  while (!window_.empty() && window_.begin()->second != Result::kNone) {
    job.at = window_.begin()->first;
    Count(window_.begin()->second, job);
    window_.erase(window_.begin());
  }
  if (window_.empty()) {
    lanes_.clear();
    job.at = std::max(job.at, looked_);
  }
  return job.at != before;
}

void DryRun::End(Job& job) {
  for (const auto& [id, result] : window_) Count(result, job);
  window_.clear();
  lanes_.clear();
}

Job DryRun::Seen(Job job) const {
  for (const auto& [id, result] : window_) Count(result, job);
  return job;
}

wire::FindingsResult DryRun::Page(RequestId after) const {
  wire::FindingsResult page;
  size_t problems = 0;
  for (auto row = findings_.upper_bound(after); row != findings_.end(); ++row) {
    const bool full = page.rows.size() == limits::kListPerCall ||
                      problems + row->second.size() > limits::kProblemsPerReply;
    if (full) {
      page.next = page.rows.back().request;
      break;
    }
    page.rows.push_back({row->first, row->second});
    problems += row->second.size();
  }
  return page;
}

}  // namespace ecluse
