// SPDX-License-Identifier: Apache-2.0
// How jobs go on: a page in each turn.
#include <algorithm>

#include "broker/core/job/job_desk.h"
#include "broker/core/job/job_page.h"
#include "broker/core/job/job_rules.h"
#include "proto/limits.h"

namespace ecluse {

bool JobDesk::GoesOn(const Job& job) const {
  if (disk_low_) return false;
  if (job.state == JobState::kCounting) return true;
  if (job.state == JobState::kStopped) return !IsOver(job);
  if (job.state != JobState::kRunning) return false;
  if (job.kind == JobKind::kDryRun) return dry_runs_.at(job.id).WantsMore(job);
  return true;
}

bool JobDesk::HasWork() const {
  return std::any_of(jobs_.begin(), jobs_.end(), [&](const auto& entry) {
    return GoesOn(entry.second) && !IsHandingOver(entry.second);
  });
}

void JobDesk::Advance(const Turn& turn) {
  if (std::exchange(restored_, false)) PauseAll(turn);
  size_t looked = 0;
  auto at = jobs_.upper_bound(last_advanced_);
  for (size_t left = jobs_.size(); left > 0 && looked < limits::kScanPerCall; --left, ++at) {
    if (at == jobs_.end()) at = jobs_.begin();
    if (!GoesOn(at->second)) continue;
    last_advanced_ = at->first;
    looked += AdvanceOne(at->second, turn);
  }
}

// Nobody knows what was done since the backup was made: a person looks first.
void JobDesk::PauseAll(const Turn& turn) {
  for (auto& [id, job] : jobs_) {
    if (job.state != JobState::kRunning) continue;
    job.state = JobState::kPaused;
    job.reason = Clipped("paused by the broker: the store was restored; " + job.reason,
                         limits::kReasonBytes);
    Note(turn, job);
  }
}

size_t JobDesk::AdvanceOne(Job& job, const Turn& turn) {
  if (job.state == JobState::kCounting) return Count(job, turn);
  if (job.state == JobState::kStopped) return LetGo(job, turn);
  if (job.kind == JobKind::kDryRun) return FindToCheck(job, turn);
  if (job.kind == JobKind::kExport && LookedAtAll(job)) return AwaitHandOver(job, turn);
  return Work(job, turn);
}

size_t JobDesk::Count(Job& job, const Turn& turn) {
  const JobPage page = ReadPage(books_.reads(), job, job.at, limits::kScanPerCall);
  for (const RequestId id : page.ids) {
    const store::Request* request = books_.Find(id);
    if (!request) return page.looked;  // the store is unsound: nothing of this turn will leave
    const JobTouch::Fit fit = touch_.Judge(turn, job, *request);
    if (fit == JobTouch::Fit::kCannot) ++job.failed;
    if (fit != JobTouch::Fit::kCan) continue;
    ++job.planned;
    job.fingerprint = AddToFingerprint(job.fingerprint, id);
  }
  job.at = page.at;
  if (LookedAtAll(job)) {
    job.state = JobState::kPlanned;
    job.at = RequestId{};
  }
  Note(turn, job);
  return page.looked;
}

size_t JobDesk::Work(Job& job, const Turn& turn) {
  const JobPage page = ReadPage(books_.reads(), job, job.at, limits::kScanPerCall);
  Note(turn, job);
  size_t touched = 0;
  for (const RequestId id : page.ids) {
    store::Request* request = books_.Find(id);
    if (!request) return page.looked;
    const JobTouch::Fit fit = touch_.Judge(turn, job, *request);
    if (fit == JobTouch::Fit::kCannot) ++job.failed;
    if (fit == JobTouch::Fit::kCan) {
      if (touched == limits::kJobPerTurn) break;
      if (job.done == job.planned) {
        Stop(job);
        job.reason = Clipped(
            "stopped by the broker: more requests fit by now than the plan counted; " + job.reason,
            limits::kReasonBytes);
        Note(turn, job);
        return page.looked;
      }
      ++touched;
      ++(touch_.Touch(turn, job, *request) ? job.done : job.failed);
    }
    job.at = id;
  }
  const bool whole = page.ids.empty() || job.at == page.ids.back();
  if (whole) job.at = page.at;
  if (LookedAtAll(job) && job.kind != JobKind::kExport) job.state = JobState::kDone;
  Note(turn, job);
  return page.looked;
}

}  // namespace ecluse
