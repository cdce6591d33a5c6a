// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/cases.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "broker/core/lifecycle.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// At the operator, or ended: those behind it may go. One in doubt may still have to be sent.
bool IsThrough(const State& state) {
  return std::holds_alternative<state::Awaiting>(state) || IsTerminal(CodeOf(state));
}

bool Said(uint32_t said, std::initializer_list<Decision> any_of) {
  return std::any_of(any_of.begin(), any_of.end(),
                     [&](Decision decision) { return (said & BitOf(decision)) != 0; });
}

bool IsGrant(uint8_t decision) {
  return decision == static_cast<uint8_t>(Decision::kGranted) ||
         decision == static_cast<uint8_t>(Decision::kGrantedPendingDocuments) ||
         decision == static_cast<uint8_t>(Decision::kGrantedOtherAmount) ||
         decision == static_cast<uint8_t>(Decision::kGrantedUnusable);
}

// For the history.
std::string NoteOf(const Cause& cause) {
  if (std::holds_alternative<cause::Followed>(cause)) return "those before it are there";
  if (std::holds_alternative<cause::Returned>(cause)) return "its authorisation was not granted";
  if (std::holds_alternative<cause::Undecided>(cause)) return "not granted as asked";
  return "by the order of its case";
}

}  // namespace

std::variant<Cases::Entry, ErrorCode> Cases::Enter(const Turn& turn, const Envelope& envelope) {
  const Envelope& followed = books_.Find(envelope.follows)->envelope;
  const RequestId id = followed.case_of.value != 0 ? followed.case_of : followed.id;
  // The first of the case counts too.
  if (books_.CaseOf(id).size() + 1 >= limits::kCaseMembers) return ErrorCode::kCaseFull;
  store::Request* root = books_.Find(id);
  if (root) books_.MarkLeads(turn, *root);
  to_look_.insert(id);
  return Entry{id, state::Waiting{{}, Wait::kCase}};
}

RequestId Cases::Behind(const store::Request& request) {
  const RequestId root = request.envelope.case_of;
  if (root.value == 0) return {};
  const auto blocks = [&](RequestId id) {
    const store::Request* earlier = books_.Find(id);
    return earlier != nullptr && !IsThrough(earlier->state);
  };
  if (blocks(root)) return root;
  for (const RequestId id : books_.CaseOf(root)) {
    if (id >= request.envelope.id) break;
    if (blocks(id)) return id;
  }
  return {};
}

const store::Request* Cases::AuthorisationOf(const Envelope& envelope) {
  if (envelope.kind != Kind::kBill) return nullptr;
  // It ends: each follows one with a smaller number.
  for (RequestId id = envelope.follows; id.value != 0;) {
    const store::Request* at = books_.Find(id);
    if (at == nullptr) return nullptr;
    const Kind kind = at->envelope.kind;
    if (kind == Kind::kAuthorisation || kind == Kind::kQuotation) return at;
    id = at->envelope.follows;
  }
  return nullptr;
}

Cases::Verdict Cases::VerdictOf(const store::Request& authorisation) {
  const State& state = authorisation.state;
  const Tries& tries = TriesOf(state);
  if (std::holds_alternative<state::Rejected>(state) ||
      std::holds_alternative<state::Returned>(state)) {
    return Verdict::kReturn;
  }
  if (std::holds_alternative<state::Elsewhere>(state)) {
    return tries.number.empty() ? Verdict::kAsk : Verdict::kGranted;
  }
  // What comes after a grant by its nature takes it back.
  if (Said(tries.said, {Decision::kCancelled, Decision::kExpired})) return Verdict::kReturn;
  const bool refused = Said(tries.said, {Decision::kRefused, Decision::kNotAcknowledged});
  const bool unclear =
      Said(tries.said, {Decision::kGrantedOtherAmount, Decision::kGrantedUnusable});
  const bool granted = Said(tries.said, {Decision::kGranted});
  const bool in_part = Said(tries.said, {Decision::kGrantedPendingDocuments});
  // Both were said, and nobody knows which is meant; or somebody has billed it already.
  if (refused) return granted || unclear || in_part ? Verdict::kAsk : Verdict::kReturn;
  if (unclear || Said(tries.said, {Decision::kBilled})) return Verdict::kAsk;
  if (granted) return Verdict::kGranted;
  return IsTerminal(CodeOf(state)) ? Verdict::kAsk : Verdict::kPending;
}

// The practice's decision stands until its authorisation says something new.
Cases::Verdict Cases::VerdictFor(const store::Request& request,
                                 const store::Request* authorisation) const {
  if (authorisation == nullptr) return Verdict::kGranted;
  const Tries& tries = TriesOf(request.state);
  const uint32_t unheard = TriesOf(authorisation->state).said & ~tries.decided;
  if (tries.decided != 0 && unheard == 0) return Verdict::kGranted;
  const Verdict verdict = VerdictOf(*authorisation);
  if (verdict != Verdict::kReturn) return verdict;
  // Where repeating is harmless a silent try may be there: giving it back would be a lie.
  const bool silent = books_.PolicyOf(request.envelope.destination).idempotent && tries.attempt > 0;
  return silent ? Verdict::kAsk : Verdict::kReturn;
}

std::optional<absl::Time> Cases::NotBefore(const store::Request& bill,
                                           const store::Request& authorisation) const {
  const absl::Duration pause = books_.PolicyOf(bill.envelope.destination).bill_after_grant;
  if (pause <= absl::ZeroDuration()) return absl::InfinitePast();
  std::optional<absl::Time> granted_at;
  for (const JournalEntry& entry : books_.reads().History(authorisation.envelope.id)) {
    const bool word =
        entry.outcome == OutcomeCode::kAnswered || entry.outcome == OutcomeCode::kAccepted;
    if ((word && IsGrant(entry.detail)) || entry.cause == CauseCode::kElsewhere) {
      granted_at = entry.at;
    }
  }
  if (!granted_at) return std::nullopt;
  return *granted_at + pause;
}

std::optional<Cause> Cases::LookWaiting(const Turn& turn, const store::Request& request,
                                        bool blocked) {
  const Tries& tries = TriesOf(request.state);
  const store::Request* authorisation = AuthorisationOf(request.envelope);
  const Verdict verdict = VerdictFor(request, authorisation);
  // Giving it back overtakes nobody.
  if (verdict == Verdict::kReturn) {
    if (tries.epoch != books_.epoch()) return cause::Fenced{};
    return cause::Returned{};
  }
  if (blocked || verdict == Verdict::kPending) return std::nullopt;
  if (verdict == Verdict::kAsk) return cause::Undecided{};
  cause::Followed followed;
  if (authorisation == nullptr) return followed;
  // What the practice decided stands.
  followed.grant = tries.decided != 0 ? tries.grant : TriesOf(authorisation->state).number;
  const absl::Duration pause = books_.PolicyOf(request.envelope.destination).bill_after_grant;
  followed.not_before = NotBefore(request, *authorisation).value_or(turn.now + pause);
  return followed;
}

std::optional<Cause> Cases::LookUnsent(const Turn& turn, const store::Request& request,
                                       bool blocked) {
  const Cause parked = cause::Parked{Wait::kCase};
  const store::Request* authorisation = AuthorisationOf(request.envelope);
  if (VerdictFor(request, authorisation) != Verdict::kGranted) return parked;
  // It keeps its pause; its turn comes, and then this is asked again.
  if (std::holds_alternative<state::Deferred>(request.state)) return std::nullopt;
  if (blocked) return parked;
  if (authorisation == nullptr) return std::nullopt;
  // It came here another way than by Followed, or its authorisation has a new number since.
  const Tries& tries = TriesOf(request.state);
  const std::string& number = TriesOf(authorisation->state).number;
  if (tries.decided == 0 && !number.empty() && number != tries.grant) return parked;
  // Nothing is known of a grant without a time, and the operator tells what comes too soon.
  const bool early = NotBefore(request, *authorisation).value_or(turn.now) > turn.now;
  return early ? std::optional(parked) : std::nullopt;
}

std::optional<Cause> Cases::LookAt(const Turn& turn, const store::Request& request, bool blocked) {
  const StateCode code = CodeOf(request.state);
  if (code == StateCode::kReady || code == StateCode::kLeased || code == StateCode::kDeferred) {
    return LookUnsent(turn, request, blocked);
  }
  const auto* waiting = std::get_if<state::Waiting>(&request.state);
  const bool waits =
      waiting && (waiting->reason == Wait::kCase || waiting->reason == Wait::kDecide);
  return waits ? LookWaiting(turn, request, blocked) : std::nullopt;
}

std::optional<Cause> Cases::Look(const Turn& turn, const store::Request& request) {
  if (request.envelope.case_of.value == 0) return std::nullopt;
  return LookAt(turn, request, Behind(request).value != 0);
}

void Cases::FollowOne(const Turn& turn, RequestId id) {
  const store::Request* root = books_.Find(id);
  bool blocked = root && !IsThrough(root->state);
  for (const RequestId member : books_.CaseOf(id)) {
    store::Request* request = books_.Find(member);
    if (!request) continue;
    // What a worker has in hand is asked about when the worker asks.
    const bool in_hand = std::holds_alternative<state::Leased>(request->state);
    const std::optional<Cause> cause = in_hand ? std::nullopt : LookAt(turn, *request, blocked);
    if (cause) books_.Apply(turn, *request, *cause, {"", NoteOf(*cause)});
    blocked = blocked || !IsThrough(request->state);
  }
}

void Cases::Follow(const Turn& turn) {
  const auto take = [&] {
    absl::btree_set<RequestId> roots = books_.TakeChangedCases();
    roots.merge(to_look_);
    to_look_.clear();
    return roots;
  };
  // What happens here may let the next one go. It ends: each step brings a request nearer to its
  // way out, and what is parked here is let go only by somebody's act.
  for (absl::btree_set<RequestId> roots = take(); !roots.empty(); roots = take()) {
    for (const RequestId root : roots) FollowOne(turn, root);
  }
}

}  // namespace ecluse
