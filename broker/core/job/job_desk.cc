// SPDX-License-Identifier: Apache-2.0
// The verbs of JobDesk: plan, act, look. The work itself is in job_work.cc.
#include "broker/core/job/job_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "broker/core/job/job_rules.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// A call that is repeated because its reply was lost comes within this time.
constexpr absl::Duration kRepeat = absl::Minutes(1);
// Each keeps what it found in memory.
constexpr size_t kDryRuns = 4;
constexpr size_t kRowsShown = 200;

bool IsSamePlan(const Job& job, const identity::Ops& who, const wire::PlanJob& call,
                absl::Time now) {
  const bool waits = job.state == JobState::kCounting || job.state == JobState::kPlanned;
  return waits && job.since + kRepeat > now && job.by == who.name && job.kind == call.kind &&
         job.filter == call.filter && job.to == call.to && job.reason == call.reason;
}

bool WasStarted(const Job& job) {
  return job.state == JobState::kRunning || job.state == JobState::kPaused;
}

}  // namespace

JobDesk::JobDesk(Books& books, Payees& payees, Clearance& clearance,
                 const store::Recovered& recovered)
    : books_(books),
      touch_(books, payees, clearance),
      restored_(recovered.fenced),
      last_job_(std::max(recovered.last_job, JobsFrom(recovered.epoch))) {
  for (const Job& job : recovered.jobs) {
    jobs_[job.id] = job;
    if (job.kind == JobKind::kDryRun && WasStarted(job)) dry_runs_.emplace(job.id, DryRun(job));
  }
}

Job* JobDesk::Find(JobId id) {
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : &found->second;
}

void JobDesk::Note(const Turn& turn, const Job& job) {
  std::vector<Job>& jobs = turn.step.batch.jobs;
  const auto same =
      std::find_if(jobs.begin(), jobs.end(), [&](const Job& noted) { return noted.id == job.id; });
  if (same != jobs.end()) {
    *same = job;
  } else {
    jobs.push_back(job);
  }
}

wire::JobsResult::Row JobDesk::RowOf(const Job& job) const {
  const auto dry_run = dry_runs_.find(job.id);
  return {dry_run == dry_runs_.end() ? job : dry_run->second.Seen(job),
          WantsToken(job) ? TokenOf(job, books_.epoch()) : ""};
}

bool JobDesk::MakeRoom(const Turn& turn) {
  if (jobs_.size() < limits::kJobs) return true;
  const auto over = std::find_if(jobs_.begin(), jobs_.end(),
                                 [](const auto& entry) { return IsOver(entry.second); });
  if (over == jobs_.end()) return false;
  std::erase_if(turn.step.batch.jobs, [&](const Job& job) { return job.id == over->first; });
  turn.step.batch.forgotten.push_back(over->first);
  dry_runs_.erase(over->first);
  exports_.erase(over->first);
  jobs_.erase(over);
  return true;
}

wire::ReplyBody JobDesk::Hear(const identity::Ops& who, const wire::PlanJob& call,
                              const Turn& turn) {
  if (Error e = CheckPlan(books_, call); e.code != ErrorCode::kNone) return e;
  for (const auto& [id, job] : jobs_) {
    if (IsSamePlan(job, who, call, turn.now)) return Reply(job);
  }
  if (!MakeRoom(turn)) return Error{ErrorCode::kTooManyJobs, ""};
  Job job;
  job.id = JobId{++last_job_.value};
  job.kind = call.kind;
  job.filter = call.filter;
  job.to = call.to;
  job.by = who.name;
  job.reason = call.reason;
  job.since = turn.now;
  job.last = books_.last_request();
  job.fingerprint = EmptyFingerprint();
  turn.step.batch.last_job = last_job_;
  Note(turn, job);
  return Reply(jobs_.emplace(job.id, job).first->second);
}

wire::ReplyBody JobDesk::Hear(const identity::Ops& who, const wire::ActOnJob& call,
                              const Turn& turn) {
  if (call.reason.empty() || call.reason.size() > limits::kReasonBytes) {
    return Error{ErrorCode::kReasonMissing, "reason"};
  }
  Job* job = Find(call.job);
  if (!job) return Error{ErrorCode::kUnknownJob, "job"};
  const Job before = *job;
  if (const ErrorCode code = Act(*job, who, call); code != ErrorCode::kNone) {
    const bool token = code == ErrorCode::kPlanChanged;
    return Error{code, token ? "token" : "job"};
  }
  if (*job != before) Note(turn, *job);
  return Reply(*job);
}

ErrorCode JobDesk::Act(Job& job, const identity::Ops& who, const wire::ActOnJob& call) {
  // What a person said last is told first.
  const auto tell = [&](const char* what) {
    job.reason = Clipped(fmt::format("{} by {}: {}; {}", what, who.name, call.reason, job.reason),
                         limits::kReasonBytes);
  };
  switch (call.act) {
    case wire::JobAct::kStart:
      return Start(job, who, call.token);
    case wire::JobAct::kApprove:
      return Approve(job, who, call.token);
    case wire::JobAct::kPause:
      if (job.state == JobState::kPaused) return ErrorCode::kNone;
      if (job.state != JobState::kRunning) return ErrorCode::kJobState;
      job.state = JobState::kPaused;
      tell("paused");
      return ErrorCode::kNone;
    case wire::JobAct::kResume:
      if (job.state == JobState::kRunning) return ErrorCode::kNone;
      if (job.state != JobState::kPaused) return ErrorCode::kJobState;
      job.state = JobState::kRunning;
      tell("resumed");
      return ErrorCode::kNone;
    case wire::JobAct::kStop:
      if (job.state == JobState::kStopped) return ErrorCode::kNone;
      if (job.state == JobState::kDone) return ErrorCode::kJobState;
      Stop(job);
      tell("stopped");
      return ErrorCode::kNone;
  }
  return ErrorCode::kMalformed;
}

ErrorCode JobDesk::Start(Job& job, const identity::Ops& who, const std::string& token) {
  if (job.state == JobState::kCounting || job.state == JobState::kStopped) {
    return ErrorCode::kJobState;
  }
  if (token != TokenOf(job, books_.epoch())) return ErrorCode::kPlanChanged;
  if (job.state != JobState::kPlanned) return ErrorCode::kNone;  // a repeat
  if (job.kind == JobKind::kDryRun && !MakeRoomForDryRun()) return ErrorCode::kTooManyJobs;
  job.by = who.name;
  if (NeedsSecondPerson(job)) {
    job.state = JobState::kAsked;
  } else {
    Run(job);
  }
  return ErrorCode::kNone;
}

ErrorCode JobDesk::Approve(Job& job, const identity::Ops& who, const std::string& token) {
  const bool approved = !job.second.empty();
  if (job.state != JobState::kAsked && !approved) return ErrorCode::kJobState;
  if (token != TokenOf(job, books_.epoch())) return ErrorCode::kPlanChanged;
  if (approved) return job.second == who.name ? ErrorCode::kNone : ErrorCode::kJobState;
  if (who.name == job.by) return ErrorCode::kSecondPerson;
  job.second = who.name;
  Run(job);
  return ErrorCode::kNone;
}

void JobDesk::Run(Job& job) {
  job.state = JobState::kRunning;
  job.at = RequestId{};
  job.done = job.failed = 0;
  if (job.kind == JobKind::kDryRun) dry_runs_.insert_or_assign(job.id, DryRun(job));
}

void JobDesk::Stop(Job& job) {
  // An export looks once more at all that it may have taken, and lets it go.
  if (job.kind == JobKind::kExport) job.at = WasStarted(job) ? RequestId{} : job.last;
  if (const auto run = dry_runs_.find(job.id); run != dry_runs_.end()) run->second.End(job);
  job.state = JobState::kStopped;
}

// What the oldest of those that are over found is forgotten first.
bool JobDesk::MakeRoomForDryRun() {
  while (dry_runs_.size() >= kDryRuns) {
    const auto over = std::find_if(dry_runs_.begin(), dry_runs_.end(), [&](const auto& entry) {
      const Job* job = Find(entry.first);
      return !job || IsOver(*job);
    });
    if (over == dry_runs_.end()) return false;
    dry_runs_.erase(over);
  }
  return true;
}

wire::ReplyBody JobDesk::View(const wire::Jobs& call) const {
  wire::JobsResult result;
  if (call.job.value != 0) {
    const auto found = jobs_.find(call.job);
    if (found == jobs_.end()) return Error{ErrorCode::kUnknownJob, "job"};
    return Reply(found->second);
  }
  const auto add = [&](bool over) {
    for (auto at = jobs_.rbegin(); at != jobs_.rend(); ++at) {
      if (result.rows.size() == kRowsShown) return;
      if (IsOver(at->second) == over) result.rows.push_back(RowOf(at->second));
    }
  };
  add(false);
  add(true);
  std::sort(result.rows.begin(), result.rows.end(),
            [](const auto& a, const auto& b) { return a.job.id > b.job.id; });
  return result;
}

}  // namespace ecluse
