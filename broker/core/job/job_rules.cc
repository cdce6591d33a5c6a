// SPDX-License-Identifier: Apache-2.0
#include "broker/core/job/job_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "broker/core/job/plan.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr Wait kNotForRelease[] = {Wait::kHeld, Wait::kCase, Wait::kDecide, Wait::kConfirm,
                                   Wait::kExport};

// What can't be taken back is never done to everything there is.
bool NeedsFilter(JobKind kind) {
  return kind == JobKind::kDestroy || kind == JobKind::kExport || kind == JobKind::kReroute;
}

bool IsForRelease(const Filter& filter) {
  return std::none_of(filter.waits.begin(), filter.waits.end(), [](Wait reason) {
    return std::find(std::begin(kNotForRelease), std::end(kNotForRelease), reason) !=
           std::end(kNotForRelease);
  });
}

Error CheckTarget(const Books& books, const wire::PlanJob& call) {
  if (call.kind != JobKind::kReroute) {
    return call.to ? Error{ErrorCode::kFilter, "to"} : Error{};
  }
  if (!call.to || !books.Exists(*call.to)) return {ErrorCode::kUnknownDestination, "to"};
  const Filter& filter = call.filter;
  const bool same = filter.run_by == call.to->run_by && filter.service == call.to->service;
  return same ? Error{ErrorCode::kFilter, "to"} : Error{};
}

}  // namespace

Error CheckPlan(const Books& books, const wire::PlanJob& call) {
  if (call.reason.empty() || call.reason.size() > limits::kReasonBytes) {
    return {ErrorCode::kReasonMissing, "reason"};
  }
  const bool fits = IsFilter(call.filter) && !(NeedsFilter(call.kind) && call.filter == Filter{}) &&
                    (call.kind != JobKind::kRelease || IsForRelease(call.filter));
  if (!fits) return {ErrorCode::kFilter, "filter"};
  return CheckTarget(books, call);
}

bool NamesWait(const Job& job, Wait reason) {
  const std::vector<Wait>& waits = job.filter.waits;
  return std::find(waits.begin(), waits.end(), reason) != waits.end();
}

bool NeedsSecondPerson(const Job& job) {
  if (job.kind == JobKind::kDestroy) return true;
  return job.kind == JobKind::kRelease && NamesWait(job, Wait::kQuarantine);
}

// FNV-1a over the numbers.
uint64_t EmptyFingerprint() { return 0xcbf29ce484222325ULL; }

uint64_t AddToFingerprint(uint64_t fingerprint, RequestId id) {
  for (uint64_t i = 0, value = id.value; i < 8; ++i, value >>= 8) {
    fingerprint = (fingerprint ^ (value & 0xff)) * 0x100000001b3ULL;
  }
  return fingerprint;
}

std::string TokenOf(const Job& job, StoreEpoch epoch) {
  uint64_t token = job.fingerprint;
  for (const uint64_t part : {job.id.value, static_cast<uint64_t>(job.kind), job.planned, epoch}) {
    token = AddToFingerprint(token, RequestId{part});
  }
  return fmt::format("{:016x}", token);
}

bool WantsToken(const Job& job) {
  return job.state == JobState::kPlanned || job.state == JobState::kAsked;
}

bool LookedAtAll(const Job& job) { return job.at >= job.last; }

bool IsOver(const Job& job) {
  if (job.state == JobState::kDone) return true;
  // An export that was stopped lets go what it took, a page in each turn.
  return job.state == JobState::kStopped && (job.kind != JobKind::kExport || LookedAtAll(job));
}

}  // namespace ecluse
