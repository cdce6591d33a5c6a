// SPDX-License-Identifier: Apache-2.0
// Export: what is reserved is shown, handed over, or let go.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "broker/core/job/job_desk.h"
#include "broker/core/job/job_rules.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// Rows are shown with their contents, a frame for each.
constexpr size_t kRowsPerFetch = 128;
// Looked at for one page of rows, however few of those that wait are kept.
constexpr size_t kLooksPerFetch = 4 * limits::kScanPerCall;

bool IsKept(const store::Request& request, JobId job) {
  const auto* waiting = std::get_if<state::Waiting>(&request.state);
  return waiting && waiting->reason == Wait::kExport && waiting->job == job;
}

// Shown once more to a person: the row of the bundle's index, and the content.
wire::FetchResult::Row RowFor(const Envelope& envelope, std::string content) {
  return {envelope.id,          envelope.practice,     envelope.finess,
          envelope.destination, envelope.reference,    envelope.kind,
          envelope.format,      envelope.deposited_at, std::move(content)};
}

}  // namespace

// All that it means is reserved; what goes on is in a person's hands.
bool JobDesk::IsHandingOver(const Job& job) const {
  const auto found = exports_.find(job.id);
  return job.state == JobState::kRunning && job.kind == JobKind::kExport && LookedAtAll(job) &&
         found != exports_.end() && found->second.found;
}

store::Request* JobDesk::FindKept(const Job& job, RequestId id) {
  store::Request* request = books_.Find(id);
  return request && IsKept(*request, job.id) ? request : nullptr;
}

// It is done when nothing is kept any more. What is kept never grows by now, so that one pass over
// what waits is enough: it stands at the first that is kept until that one leaves.
size_t JobDesk::AwaitHandOver(Job& job, const Turn& turn) {
  Kept& kept = exports_[job.id];
  if (kept.found && FindKept(job, kept.at)) return 0;
  kept.found = false;
  const auto page = books_.reads().InState(StateCode::kWaiting, kept.at, limits::kScanPerCall);
  for (const RequestId id : page) {
    if (id > job.last) break;
    kept.at = id;
    kept.found = FindKept(job, id) != nullptr;
    if (kept.found) return page.size();
  }
  if (page.size() == limits::kScanPerCall && page.back() < job.last) return page.size();
  job.state = JobState::kDone;
  exports_.erase(job.id);
  Note(turn, job);
  return page.size();
}

size_t JobDesk::LetGo(Job& job, const Turn& turn) {
  const auto page = books_.reads().InState(StateCode::kWaiting, job.at, limits::kScanPerCall);
  const bool last = page.size() < limits::kScanPerCall || page.back() >= job.last;
  size_t touched = 0;
  bool whole = true;
  for (const RequestId id : page) {
    if (id > job.last) break;
    if (store::Request* request = FindKept(job, id)) {
      if (touched++ == limits::kJobPerTurn) {
        whole = false;
        break;
      }
      books_.Apply(turn, *request, cause::Released{}, AuthorOf(job));
      if (job.done > 0) --job.done;
    }
    job.at = id;
  }
  if (whole && last) job.at = job.last;
  if (IsOver(job)) exports_.erase(job.id);
  Note(turn, job);
  return page.size();
}

wire::ReplyBody JobDesk::Hear(const identity::Ops& who, const wire::Fetch& call, const Turn& turn) {
  Job* job = Find(call.job);
  if (!job || job->kind != JobKind::kExport) return Error{ErrorCode::kUnknownJob, "job"};
  const bool shows =
      job->state == JobState::kDone ||
      ((job->state == JobState::kRunning || job->state == JobState::kPaused) && LookedAtAll(*job));
  if (!shows) return Error{ErrorCode::kJobState, "job"};
  wire::FetchResult result;
  size_t bytes = 0;
  RequestId after = call.after;
  for (size_t looked = 0;;) {
    const auto page = books_.reads().InState(StateCode::kWaiting, after, limits::kScanPerCall);
    for (const RequestId id : page) {
      if (id > job->last) return result;
      store::Request* request = FindKept(*job, id);
      if (!request) continue;
      const uint64_t size = request->envelope.content_bytes;
      const bool full = !result.rows.empty() && (result.rows.size() == kRowsPerFetch ||
                                                 bytes + size > limits::kBytesPerReply);
      if (full) {
        result.next = result.rows.back().request;
        return result;
      }
      absl::StatusOr<std::string> content = books_.reads().Content(id);
      if (!content.ok()) {
        GiveUp(*job, *request, turn);
        continue;
      }
      bytes += content->size();
      const std::string note = fmt::format("for export, job {}", job->id.value);
      books_.Remark(turn, *request, {who.name, note}, CauseCode::kShown);
      result.rows.push_back(RowFor(request->envelope, *std::move(content)));
    }
    if (page.size() < limits::kScanPerCall) return result;
    after = page.back();
    looked += page.size();
    if (looked < kLooksPerFetch) continue;
    result.next = after;
    return result;
  }
}

// Its content can't be read, so that it can't be handed over either; its next turn finds the same.
void JobDesk::GiveUp(Job& job, store::Request& request, const Turn& turn) {
  books_.Apply(turn, request, cause::Released{}, {"", "its content can't be read"});
  if (job.done > 0) --job.done;
  ++job.failed;
  Note(turn, job);
}

namespace {

// With this very proof: a repeat. Another package that has it as well must not be handed over.
bool WasHandedOver(const Books& books, const store::Request& request, const std::string& note) {
  if (!std::holds_alternative<state::Elsewhere>(request.state)) return false;
  for (const JournalEntry& entry : books.reads().History(request.envelope.id)) {
    if (entry.cause == CauseCode::kElsewhere) return entry.note == note;
  }
  // Ended in this very turn: its entry can't be read yet, and the caller says it again.
  return false;
}

}  // namespace

wire::ReplyBody JobDesk::Hear(const identity::Ops& who, const wire::HandedOver& call,
                              const Turn& turn) {
  Job* job = Find(call.job);
  if (!job || job->kind != JobKind::kExport) return Error{ErrorCode::kUnknownJob, "job"};
  if (call.proof.empty() || call.proof.size() > limits::kReasonBytes) {
    return Error{ErrorCode::kNumber, "proof"};
  }
  if (call.requests.size() > limits::kListPerCall) return Error{ErrorCode::kTooLarge, "requests"};
  const Author author{who.name,
                      Clipped(fmt::format("exported, job {}: {}", job->id.value, call.proof),
                              limits::kReasonBytes)};
  wire::ActResult result;
  for (const RequestId id : call.requests) {
    store::Request* request = books_.Find(id);
    if (!request) continue;
    const bool ended =
        WasHandedOver(books_, *request, author.note) ||
        (IsKept(*request, job->id) && books_.Apply(turn, *request, cause::Elsewhere{}, author));
    if (ended) ++result.requests;
  }
  result.done = result.requests == call.requests.size();
  if (const auto kept = exports_.find(job->id); kept != exports_.end() && kept->second.found) {
    kept->second.found = FindKept(*job, kept->second.at) != nullptr;
  }
  return result;
}

}  // namespace ecluse
