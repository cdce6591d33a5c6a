// SPDX-License-Identifier: Apache-2.0
#include "broker/core/look/views.h"

#include <algorithm>
#include <utility>

#include "broker/core/account/account_desk.h"
#include "broker/core/lifecycle.h"
#include "broker/core/look/forecast.h"
#include "broker/core/request/cases.h"

namespace ecluse {
namespace {

using Why = wire::WhyWaiting;

// The decisions whose bits are set, in the order of their codes.
std::vector<Decision> SaidBy(const Tries& tries) {
  std::vector<Decision> said;
  for (uint8_t code = 1; code < 32; ++code) {
    const Decision decision{code};
    if (tries.said & BitOf(decision)) said.push_back(decision);
  }
  return said;
}

// Time alone does not clear it, so that no rate tells when.
bool NeedsAPerson(Why why) {
  return why != Why::kTurn && why != Why::kGateClosed && why != Why::kReclosed &&
         why != Why::kPaused && why != Why::kCanary && why != Why::kSuspected &&
         why != Why::kLogins && why != Why::kResting;
}

// The first of its case that is neither at the operator nor ended.
RequestId Behind(const Sight& sight, const store::Request& request) {
  const RequestId root = request.envelope.case_of;
  std::vector<RequestId> members = sight.books.CaseOf(root);
  members.insert(members.begin(), root);
  for (const RequestId id : members) {
    if (!(id < request.envelope.id)) break;
    const store::Request* earlier = sight.books.Find(id);
    if (!earlier) continue;
    const StateCode code = CodeOf(earlier->state);
    if (!IsTerminal(code) && code != StateCode::kAwaiting) return id;
  }
  return {};
}

}  // namespace

wire::RequestStatus StatusFor(const Sight& sight, const store::Request& request, absl::Time now) {
  const Envelope& envelope = request.envelope;
  const Tries& tries = TriesOf(request.state);
  const std::vector<Why> reasons = ReasonsFor(sight, request, now);
  wire::RequestStatus status;
  status.number = envelope.id;
  status.destination = envelope.destination;
  status.reference = envelope.reference;
  status.state = CodeOf(request.state);
  status.why = reasons.empty() ? Why::kNothing : reasons.front();
  status.deposited_at = envelope.deposited_at;
  status.attempts = tries.attempt;
  status.follows = envelope.follows;
  status.said = SaidBy(tries);
  status.due = envelope.due;
  const auto* waiting = std::get_if<state::Waiting>(&request.state);
  if (waiting && waiting->reason == Wait::kCase) status.behind = Behind(sight, request);
  if (std::holds_alternative<state::Ready>(request.state)) {
    const Queue& queue = std::as_const(sight.books).QueueOf(envelope.destination);
    const uint64_t ahead = queue.AheadInLane(sight.books.reads(), envelope.destination,
                                             envelope.practice, envelope.RankOf());
    status.before = queue.Before(envelope.practice, ahead);
    const bool by_itself = std::none_of(reasons.begin(), reasons.end(), NeedsAPerson);
    if (by_itself) status.goes_in = GoesIn(sight.books, envelope.destination, status.before, now);
  }
  return status;
}

wire::DestinationStatus StatusFor(const Sight& sight, const PracticeId& practice,
                                  const Destination& destination, absl::Time now) {
  const Queue& queue = std::as_const(sight.books).QueueOf(destination);
  wire::DestinationStatus status;
  status.destination = destination;
  status.gate = sight.books.GateOf(destination).state();
  status.gate.by.clear();
  status.gate.announced_by.clear();
  status.held = sight.books.holds().Stops(destination, practice);
  status.waiting = queue.CountOf(practice);
  status.before = queue.Before(practice, 0);
  status.served = IsServed(sight, destination, now);
  status.password = sight.accounts.AwaitsPassword(destination, practice);
  status.opens_in = AnnouncedIn(sight.books, destination, now);
  if (!status.password) status.empty_in = EmptyIn(sight.books, destination, practice, now);
  return status;
}

std::optional<absl::Time> EndOf(const State& state) {
  absl::Time end = absl::InfiniteFuture();
  if (const auto* s = std::get_if<state::Leased>(&state)) end = s->lapses_at;
  if (const auto* s = std::get_if<state::Sending>(&state)) end = s->silent_at;
  if (const auto* s = std::get_if<state::Deferred>(&state)) end = s->retry_at;
  if (const auto* s = std::get_if<state::InDoubt>(&state)) end = s->next_probe_at;
  if (const auto* s = std::get_if<state::Awaiting>(&state)) end = s->next_probe_at;
  if (end == absl::InfiniteFuture()) return std::nullopt;
  return end;
}

}  // namespace ecluse
