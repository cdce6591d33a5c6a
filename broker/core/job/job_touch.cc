// SPDX-License-Identifier: Apache-2.0
#include "broker/core/job/job_touch.h"

#include <fmt/format.h>

#include <utility>

#include "broker/core/job/job_rules.h"
#include "broker/core/job/plan.h"
#include "broker/core/lifecycle.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

std::optional<Wait> WaitOf(const State& state) {
  const auto* waiting = std::get_if<state::Waiting>(&state);
  return waiting ? std::optional(waiting->reason) : std::nullopt;
}

// In a queue, or soon.
bool IsQueued(const State& state) {
  return std::holds_alternative<state::Ready>(state) ||
         std::holds_alternative<state::Deferred>(state);
}

// What ops release without saying why it waits. Never a quarantine.
bool IsUsuallyReleased(Wait reason) {
  return reason == Wait::kStrikes || reason == Wait::kDamaged || reason == Wait::kRoute ||
         reason == Wait::kTechnical || reason == Wait::kPayee;
}

}  // namespace

Author AuthorOf(const Job& job) {
  const std::string with = job.second.empty() ? "" : fmt::format(" (with {})", job.second);
  return {job.by, Clipped(fmt::format("job {}{}: {}", job.id.value, with, job.reason),
                          limits::kReasonBytes)};
}

std::string Clipped(std::string text, size_t bytes) {
  if (text.size() <= bytes) return text;
  // A byte of the form 10xxxxxx goes on with a character.
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
  text.resize(bytes);
  return text;
}

// Nobody alone may touch it.
bool JobTouch::IsFrozen(const store::Request& request) const {
  return books_.holds().IsQuarantined(request.envelope.practice) && !TriesOf(request.state).cleared;
}

JobTouch::Fit JobTouch::Judge(const Turn& turn, const Job& job, const store::Request& request) {
  const State& state = request.state;
  if (!MatchesEnvelope(job.filter, request.envelope, job.since)) return Fit::kNo;
  // Of a practice in quarantine also what did not have its turn yet.
  if (job.kind == JobKind::kRelease && NamesWait(job, Wait::kQuarantine) && IsQueued(state) &&
      job.filter.states.empty() && IsFrozen(request)) {
    return Fit::kCan;
  }
  if (!MatchesState(job.filter, state)) return Fit::kNo;
  const std::optional<Wait> wait = WaitOf(state);
  switch (job.kind) {
    case JobKind::kRelease:
      if (!wait) return Fit::kNo;
      return !job.filter.waits.empty() || IsUsuallyReleased(*wait) ? Fit::kCan : Fit::kNo;
    case JobKind::kConfirm:
    case JobKind::kDryRun:
      return wait || IsQueued(state) ? Fit::kCan : Fit::kNo;
    case JobKind::kDestroy:
    case JobKind::kReroute:
    case JobKind::kExport:
      return JudgeUnsent(turn, job, request);
  }
  return Fit::kNo;
}

JobTouch::Fit JobTouch::JudgeUnsent(const Turn& turn, const Job& job,
                                    const store::Request& request) {
  const StateCode code = CodeOf(request.state);
  if (code == StateCode::kAwaiting || IsTerminal(code)) return Fit::kNo;
  const Envelope& envelope = request.envelope;
  if (job.kind == JobKind::kReroute && envelope.destination == job.to) return Fit::kNo;
  const Circumstances around{books_.PolicyOf(envelope.destination), turn.now, false,
                             books_.epoch()};
  if (!IsSurelyUnsent(request.state, around)) return Fit::kCannot;
  // What an export took is its affair alone: it may be on paper already.
  if (WaitOf(request.state) == Wait::kExport) return Fit::kCannot;
  bool may = false;
  switch (job.kind) {
    case JobKind::kDestroy:
      may = books_.holds().IsQuarantined(envelope.practice);
      break;
    case JobKind::kReroute:
      may = MayReroute(job, request);
      break;
    default:
      may = MayExport(turn, job, request);
  }
  return may ? Fit::kCan : Fit::kCannot;
}

bool JobTouch::MayReroute(const Job& job, const store::Request& request) const {
  const std::optional<Wait> wait = WaitOf(request.state);
  return job.to && wait != Wait::kDamaged && wait != Wait::kQuarantine && !IsFrozen(request);
}

// Handing over is sending: what the clearance would set aside for its case, its practice or its
// payee is not handed over, unless the filter names that reason.
bool JobTouch::MayExport(const Turn& turn, const Job& job, const store::Request& request) {
  if (IsFrozen(request)) return false;
  const std::optional<Wait> wait = WaitOf(request.state);
  if (!wait) {
    const std::optional<Clearance::Obstacle> obstacle = clearance_.Find(turn, request);
    return !obstacle || std::holds_alternative<cause::Held>(obstacle->cause) ||
           std::holds_alternative<cause::Rerouted>(obstacle->cause);
  }
  switch (*wait) {
    case Wait::kHeld:
    case Wait::kStrikes:
    case Wait::kRoute:
    case Wait::kTechnical:
      return true;
    case Wait::kCase:
    case Wait::kDecide:
    case Wait::kConfirm:
    case Wait::kPayee:
      return NamesWait(job, *wait);
    default:
      return false;
  }
}

bool JobTouch::Touch(const Turn& turn, const Job& job, store::Request& request) {
  const Author author = AuthorOf(job);
  const std::optional<Wait> wait = WaitOf(request.state);
  switch (job.kind) {
    case JobKind::kRelease:
      if (!wait && !books_.Apply(turn, request, cause::Parked{Wait::kQuarantine}, author)) {
        return false;
      }
      if (!books_.Apply(turn, request, cause::Released{}, author)) return false;
      if (wait == Wait::kPayee) payees_.Know(turn, request.envelope);
      return true;
    case JobKind::kConfirm:
      return books_.Apply(turn, request, cause::Confirmed{}, author);
    case JobKind::kDestroy:
      if (!books_.Apply(turn, request, cause::Destroyed{}, author)) return false;
      turn.step.batch.erased.push_back(request.envelope.id);
      return true;
    case JobKind::kReroute:
      if (!wait && !books_.Apply(turn, request, cause::Parked{Wait::kRoute}, author)) return false;
      return books_.Move(turn, request, *job.to, author);
    case JobKind::kExport:
      return books_.Apply(turn, request, cause::Parked{Wait::kExport, job.id}, author);
    case JobKind::kDryRun:
      return false;
  }
  return false;
}

}  // namespace ecluse
