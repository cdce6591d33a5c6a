// SPDX-License-Identifier: Apache-2.0
#include "broker/core/delivery/worker_desk.h"

#include <algorithm>
#include <string>
#include <utility>

#include "broker/core/gate/gates.h"
#include "broker/core/lifecycle.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// After its last pull a worker may be busy or restarting for so long.
constexpr absl::Duration kServedLately = absl::Minutes(2);

std::string NameOf(WorkerId worker) { return std::to_string(worker.value); }

// The adapter of where a request was before may still tell that a try there was taken.
bool TellsOfOldWay(const identity::Adapter& who, const wire::Report& call,
                   const wire::Report::Item& item, const Envelope& envelope) {
  return envelope.deposited_to && Serves(who, *envelope.deposited_to) && item.outcome &&
         IsTaken(*item.outcome) && call.of == wire::Task::What::kDeliver;
}

}  // namespace

bool Serves(const identity::Adapter& who, const Destination& destination) {
  return who.run_by == destination.run_by && std::find(who.services.begin(), who.services.end(),
                                                       destination.service) != who.services.end();
}

std::optional<wire::ReplyBody> WorkerDesk::Hear(const Peer& peer, uint64_t correlation,
                                                const identity::Adapter& who,
                                                const wire::Pull& call, const Turn& turn) {
  for (size_t i = 0; i < call.destinations.size(); ++i) {
    if (!Serves(who, call.destinations[i])) {
      return Error{ErrorCode::kNotServed, "destinations[" + std::to_string(i) + "]"};
    }
  }
  for (const Destination& destination : call.destinations) {
    absl::Time& until = served_until_[destination];
    until = std::max(until, turn.now + call.wait + kServedLately);
  }
  // One pull a worker: a repeat takes the place of the one whose reply was lost.
  waiting_.insert_or_assign(call.worker, Waiting{peer, correlation, call, turn.now + call.wait});
  return std::nullopt;
}

// May this one be sent, at this very moment? Asked last thing before the operator is touched.
ErrorCode WorkerDesk::BeginOne(const identity::Adapter& who, WorkerId worker,
                               const wire::Attempt& attempt, const Turn& turn,
                               wire::Proceed::Item& item) {
  store::Request* request = books_.Find(attempt.request);
  if (!request) return ErrorCode::kUnknownRequest;
  const Destination& destination = request->envelope.destination;
  if (!Serves(who, destination)) return ErrorCode::kNotServed;

  if (const auto* sending = std::get_if<state::Sending>(&request->state)) {
    // A repeat: the first Proceed was lost.
    if (sending->worker != worker) return ErrorCode::kNotYourLease;
    if (sending->tries.attempt != attempt.attempt) return ErrorCode::kStale;
    item.silence = sending->silent_at - turn.now;
    return ErrorCode::kNone;
  }
  const auto* leased = std::get_if<state::Leased>(&request->state);
  if (!leased) return ErrorCode::kStale;
  if (leased->worker != worker) return ErrorCode::kNotYourLease;
  if (leased->tries.attempt + 1 != attempt.attempt) return ErrorCode::kStale;

  Gate& gate = books_.ChangeGate(destination);
  const Policy& policy = books_.PolicyOf(destination);
  const bool stopped =
      books_.holds().Stops(attempt.request) ||
      books_.holds().Stops(destination, request->envelope.practice) ||
      !accounts_.MayUse(*request, turn.now) || clearance_.Find(turn, *request).has_value() ||
      !gate.MayBegin(books_.flight().Of(destination), policy, turn.now) || disk_low_;
  if (stopped) {
    books_.Apply(turn, *request, cause::Refused{worker}, {NameOf(worker), ""});
    accounts_.Ends(*request);
    return ErrorCode::kNotNow;
  }
  books_.Apply(turn, *request, cause::Begun{worker}, {NameOf(worker), ""});
  accounts_.Uses(*request, absl::InfiniteFuture(), turn);
  gate.Begun(policy, turn.now);
  payees_.Know(turn, request->envelope);
  item.silence = policy.silence;
  return ErrorCode::kNone;
}

wire::ReplyBody WorkerDesk::Hear(const identity::Adapter& who, const wire::Begin& call,
                                 const Turn& turn) {
  wire::Proceed proceed;
  const bool fenced = call.epoch != books_.epoch();
  for (const wire::Attempt& attempt : call.attempts) {
    wire::Proceed::Item item;
    item.attempt = attempt;
    item.error = fenced ? ErrorCode::kFenced : BeginOne(who, call.worker, attempt, turn, item);
    proceed.items.push_back(item);
  }
  return proceed;
}

ErrorCode WorkerDesk::NoteTry(store::Request& request, WorkerId worker,
                              const wire::Report::Item& item, bool of_other_life,
                              const Turn& turn) {
  const Destination& destination = request.envelope.destination;
  const Outcome* outcome = item.outcome ? &*item.outcome : nullptr;
  const bool in_time = std::holds_alternative<state::Sending>(request.state);
  const Author author{NameOf(worker), ""};
  const State before = request.state;
  const cause::Reported reported{worker, item.attempt.attempt, outcome, of_other_life};
  if (books_.Apply(turn, request, reported, author)) {
    if (in_time && outcome && IsTaken(*outcome)) accounts_.Proves(request, turn);
    accounts_.Ends(request);
    const auto* deferred = outcome ? std::get_if<outcome::Deferred>(outcome) : nullptr;
    // However late it is told: a login that was refused is refused.
    if (deferred && !deferred->whole_destination) {
      accounts_.Note(destination, request.envelope.practice, *deferred, turn);
    }
    if (in_time) TellGate(books_, destination, outcome, turn);
    if (outcome) TellMix(books_, before, request, *outcome, turn);
    return ErrorCode::kNone;
  }
  const bool at_operator = std::holds_alternative<state::Awaiting>(request.state) ||
                           std::holds_alternative<state::Settled>(request.state) ||
                           std::holds_alternative<state::Rejected>(request.state);
  if (outcome && IsTaken(*outcome) && !at_operator) {
    const std::string attempt = std::to_string(item.attempt.attempt);
    books_.Remark(turn, request,
                  {author.name, "reported as taken by the operator, attempt " + attempt +
                                    ": it may be there more than once"});
  }
  if (const auto* leased = std::get_if<state::Leased>(&request.state)) {
    if (leased->worker != worker) return ErrorCode::kNotYourLease;
  }
  if (const auto* sending = std::get_if<state::Sending>(&request.state)) {
    if (sending->worker != worker) return ErrorCode::kNotYourLease;
  }
  return ErrorCode::kStale;
}

ErrorCode WorkerDesk::NoteProbe(store::Request& request, WorkerId worker,
                                const wire::Report::Item& item, const Turn& turn) {
  const Outcome* outcome = item.outcome ? &*item.outcome : nullptr;
  const cause::Found found{item.attempt.attempt, outcome};
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(outcome) : nullptr;
  const Destination& destination = request.envelope.destination;
  if (questions_.End(destination, request.envelope.id)) {
    books_.SetNextDue(destination, store::Reads::Due::kProbe, absl::InfinitePast());
  }
  const bool answered = outcome && (!deferred || deferred->hindrance == Hindrance::kAbsent);
  if (answered) accounts_.Proves(request, turn);
  accounts_.Ends(request);
  if (deferred) {
    accounts_.Note(request.envelope.destination, request.envelope.practice, *deferred, turn);
  }
  const State before = request.state;
  if (!books_.Apply(turn, request, found, {NameOf(worker), ""})) return ErrorCode::kStale;
  if (deferred && deferred->whole_destination) {
    TellHindered(books_, request.envelope.destination, *deferred, turn);
  }
  if (outcome) TellMix(books_, before, request, *outcome, turn);
  return ErrorCode::kNone;
}

wire::ReplyBody WorkerDesk::Hear(const identity::Adapter& who, const wire::Report& call,
                                 const Turn& turn) {
  wire::Noted noted;
  const bool of_other_life = call.epoch != books_.epoch();
  for (const wire::Report::Item& item : call.items) {
    store::Request* request = books_.Find(item.attempt.request);
    ErrorCode code = ErrorCode::kNone;
    if (!request) {
      code = ErrorCode::kUnknownRequest;
    } else if (!Serves(who, request->envelope.destination) &&
               !TellsOfOldWay(who, call, item, request->envelope)) {
      code = ErrorCode::kNotServed;
    } else if (of_other_life && !(item.outcome && IsTaken(*item.outcome))) {
      // Said of a try, or asked, in a life of the store that this one knows nothing of: that it was
      // not sent then does not say that it was not sent later.
      code = ErrorCode::kStale;
    } else if (call.of == wire::Task::What::kProbe) {
      code = NoteProbe(*request, call.worker, item, turn);
    } else {
      code = NoteTry(*request, call.worker, item, of_other_life, turn);
    }
    noted.results.push_back(code);
  }
  return noted;
}

wire::ReplyBody WorkerDesk::Hear(const identity::Adapter& who, const wire::Answer& call,
                                 const Turn& turn) {
  store::Request* request = books_.Find(call.request);
  if (!request) return Error{ErrorCode::kUnknownRequest, "request"};
  if (!Serves(who, request->envelope.destination)) return Error{ErrorCode::kNotServed, "request"};
  const bool says_something = std::holds_alternative<outcome::Rejected>(call.outcome) ||
                              std::holds_alternative<outcome::Answered>(call.outcome) ||
                              DecisionOf(call.outcome) != Decision::kOther;
  if (!says_something) return Error{ErrorCode::kMalformed, "outcome"};
  const State before = request->state;
  const bool changed = books_.Apply(turn, *request, cause::Answered{&call.outcome});
  if (changed) TellMix(books_, before, *request, call.outcome, turn);
  return wire::Noted{{changed ? ErrorCode::kNone : ErrorCode::kStale}};
}

wire::ReplyBody WorkerDesk::Hear(const identity::Adapter& who, const wire::Accounts& call,
                                 const Turn& turn) {
  for (const wire::Accounts::Item& item : call.items) accounts_.Hear(who.run_by, item, turn);
  return wire::Noted{std::vector(call.items.size(), ErrorCode::kNone)};
}

wire::ReplyBody WorkerDesk::Hear(const identity::Adapter& who, const wire::Checked& call,
                                 const Turn& turn) {
  wire::Noted noted;
  for (const wire::Checked::Item& item : call.items) {
    const store::Request* request = books_.Find(item.request);
    if (!request) {
      noted.results.push_back(ErrorCode::kUnknownRequest);
    } else if (!Serves(who, request->envelope.destination)) {
      noted.results.push_back(ErrorCode::kNotServed);
    } else {
      noted.results.push_back(jobs_.Hear(item, turn));
    }
  }
  return noted;
}

wire::ReplyBody WorkerDesk::Hear(const identity::Adapter& who, const wire::Leave& call,
                                 const Turn& turn) {
  waiting_.erase(call.worker);
  for (const RequestId id : books_.flight().LeasedTo(call.worker)) {
    store::Request* request = books_.Find(id);
    if (!request || !Serves(who, request->envelope.destination)) continue;
    books_.Apply(turn, *request, cause::Refused{call.worker}, {NameOf(call.worker), ""});
    accounts_.Ends(*request);
  }
  return wire::Noted{};
}

bool WorkerDesk::IsServed(const Destination& destination, absl::Time now) const {
  const auto found = served_until_.find(destination);
  return found != served_until_.end() && now < found->second;
}

absl::Time WorkerDesk::NextWork(absl::Time now) const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [worker, waiting] : waiting_) {
    next = std::min(next, waiting.until);
    if (waiting.pull.slots == 0) continue;
    for (const Destination& destination : waiting.pull.destinations) {
      next = std::min({next, accounts_.NextEnd(destination, now), jobs_.NextCheck(destination)});
      if (!MayProbe(destination, now)) continue;
      next = std::min(next, books_.NextDue(destination, store::Reads::Due::kProbe));
    }
  }
  return next;
}

bool WorkerDesk::MayProbe(const Destination& destination, absl::Time now) const {
  return books_.GateOf(destination).MayProbe(now) && !books_.holds().StopsProbes(destination);
}

// Asking is a login too.
bool WorkerDesk::MayUseAccount(const store::Request& request, absl::Time now) const {
  const Envelope& envelope = request.envelope;
  const Holds& holds = books_.holds();
  const bool frozen = holds.IsQuarantined(envelope.practice) && !TriesOf(request.state).cleared;
  return !frozen && !holds.StopsProbes(envelope.destination, envelope.practice) &&
         accounts_.MayUse(request, now);
}

}  // namespace ecluse
