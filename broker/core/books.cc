// SPDX-License-Identifier: Apache-2.0
#include "broker/core/books.h"

#include <utility>

#include "broker/core/lifecycle.h"

namespace ecluse {
namespace {

using Due = store::Reads::Due;

bool IsInFlight(const State& state) {
  return std::holds_alternative<state::Leased>(state) ||
         std::holds_alternative<state::Sending>(state);
}

int64_t HourOf(const Envelope& envelope, StateCode code) {
  return IsTerminal(code) ? 0 : absl::ToUnixSeconds(envelope.deposited_at) / 3600;
}

const Outcome* OutcomeOf(const Cause& cause) {
  if (const auto* reported = std::get_if<cause::Reported>(&cause)) return reported->outcome;
  if (const auto* found = std::get_if<cause::Found>(&cause)) return found->outcome;
  if (const auto* answered = std::get_if<cause::Answered>(&cause)) return answered->outcome;
  return nullptr;
}

void TellOutcome(const Outcome& outcome, JournalEntry& entry) {
  // OutcomeCode lists the alternatives in their order, after kNone.
  entry.outcome = static_cast<OutcomeCode>(outcome.index() + 1);
  if (const auto* deferred = std::get_if<outcome::Deferred>(&outcome)) {
    entry.detail = static_cast<uint8_t>(deferred->hindrance);
  } else {
    entry.detail = static_cast<uint8_t>(DecisionOf(outcome));
  }
}

// What the practice is asked in this state, if anything.
wire::WhyWaiting QuestionOf(const State& state) {
  const auto* waiting = std::get_if<state::Waiting>(&state);
  if (waiting && waiting->reason == Wait::kDecide) return wire::WhyWaiting::kDecide;
  if (waiting && waiting->reason == Wait::kConfirm) return wire::WhyWaiting::kConfirm;
  return wire::WhyWaiting::kNothing;
}

// Neighbours are far from each other.
uint32_t SpreadOf(RequestId id) {
  return static_cast<uint32_t>((id.value * 0x9E3779B97F4A7C15u) >> 32) % kSpreads;
}

// What the practice hears of a change, if anything: each end, each word on the way and each
// question once.
std::optional<wire::Event> EventOf(const State& before, const State& after) {
  const bool ended = CodeOf(before) != CodeOf(after);
  if (ended && std::holds_alternative<state::Settled>(after)) return wire::Event::kAnswered;
  if (ended && std::holds_alternative<state::Rejected>(after)) return wire::Event::kRejected;
  if (ended && std::holds_alternative<state::Returned>(after)) return wire::Event::kReturned;
  const wire::WhyWaiting question = QuestionOf(after);
  if (question != wire::WhyWaiting::kNothing && question != QuestionOf(before)) {
    return wire::Event::kAsked;
  }
  if (TriesOf(before).said != TriesOf(after).said) return wire::Event::kNews;
  return std::nullopt;
}

// The number of the try that the entry speaks of: a lease is for the one that it may begin.
uint32_t AttemptOf(const State& state) {
  const uint32_t begun = TriesOf(state).attempt;
  return std::holds_alternative<state::Leased>(state) ? begun + 1 : begun;
}

}  // namespace

void Books::OpenTurn() {
  for (const RequestId id : looked_up_) {
    const auto found = requests_.find(id);
    if (found != requests_.end() && !IsInFlight(found->second.state)) requests_.erase(found);
  }
  looked_up_.clear();
  new_keys_.clear();
  new_in_case_.clear();
  for (auto& [destination, queue] : queues_) queue.Committed();
}

void Books::CloseTurn(const Turn& turn) {
  store::Batch& batch = turn.step.batch;
  for (const auto& at : changed_tallies_) {
    const auto& [destination, state, hour] = at;
    const auto found = tallies_.find(at);
    const uint64_t requests = found == tallies_.end() ? 0 : found->second;
    batch.tallies.push_back({destination, state, hour, requests});
    if (requests == 0 && found != tallies_.end()) tallies_.erase(found);
  }
  for (const auto& [destination, practice, share] : changed_lanes_) {
    batch.lanes.push_back(
        {destination, practice, QueueOf(destination).CountOf(practice, share), share});
  }
  for (auto& [destination, gate] : gates_) {
    if (gate.TakeChanged()) batch.gates.emplace_back(destination, gate.state());
  }
  for (const PracticeId& practice : changed_marks_) batch.marks.push_back(marks_[practice]);
  changed_tallies_.clear();
  changed_lanes_.clear();
  changed_marks_.clear();
}

store::Request* Books::Find(RequestId id) {
  const auto found = requests_.find(id);
  if (found != requests_.end()) return &found->second;
  std::optional<store::Request> stored = reads_.Find(id);
  if (!stored) return nullptr;
  looked_up_.push_back(id);
  return &requests_.emplace(id, *std::move(stored)).first->second;
}

store::Request* Books::Find(const BusinessKey& key) {
  const auto fresh = new_keys_.find(key);
  if (fresh != new_keys_.end()) return Find(fresh->second);
  const std::optional<RequestId> id = reads_.Find(key);
  return id ? Find(*id) : nullptr;
}

RequestId Books::Accept(const Turn& turn, Envelope envelope, std::string content, State state) {
  envelope.id = RequestId{++last_request_.value};
  turn.step.batch.last_request = last_request_;
  TriesOf(state).epoch = epoch_;
  JournalEntry entry;
  entry.at = turn.now;
  entry.to = CodeOf(state);
  if (envelope.case_of.value != 0) new_in_case_[envelope.case_of].push_back(envelope.id);
  new_keys_.emplace(envelope.Key(), envelope.id);
  looked_up_.push_back(envelope.id);
  Index(envelope, nullptr, state);
  requests_.emplace(envelope.id, store::Request{envelope, state});
  turn.step.batch.deposits.push_back({std::move(envelope), std::move(content), state, entry});
  return last_request_;
}

bool Books::Apply(const Turn& turn, store::Request& request, const Cause& cause,
                  const Author& author) {
  const Envelope& envelope = request.envelope;
  const bool held = holds_.Stops(envelope.id) || holds_.StopsFinely(envelope);
  const Circumstances around{PolicyOf(envelope.destination), turn.now, held, epoch_,
                             SpreadOf(envelope.id)};
  const std::optional<State> next = Next(request.state, cause, around);
  if (!next) return false;

  JournalEntry entry;
  entry.at = turn.now;
  entry.cause = CodeOf(cause);
  entry.attempt = AttemptOf(*next);
  entry.actor = author.name;
  entry.note = author.note;
  const Outcome* outcome = OutcomeOf(cause);
  if (outcome) TellOutcome(*outcome, entry);
  const std::optional<wire::Event> event = EventOf(request.state, *next);
  Change(turn, request, *next, std::move(entry));
  if (event && outcome) {
    PutInInbox(turn, envelope, *event, *outcome);
  } else if (event) {
    Ask(turn, envelope, *event, QuestionOf(request.state));
  }
  return true;
}

void Books::Remark(const Turn& turn, const store::Request& request, const Author& author,
                   CauseCode cause) {
  JournalEntry entry;
  entry.at = turn.now;
  entry.cause = cause;
  entry.from = entry.to = CodeOf(request.state);
  entry.attempt = AttemptOf(request.state);
  entry.actor = author.name;
  entry.note = author.note;
  const Envelope& envelope = request.envelope;
  turn.step.batch.transitions.push_back({envelope.id, envelope.practice, envelope.destination,
                                         request.state, request.state, std::move(entry),
                                         envelope.RankOf()});
}

void Books::Change(const Turn& turn, store::Request& request, const State& after,
                   JournalEntry entry) {
  const Envelope& envelope = request.envelope;
  entry.from = CodeOf(request.state);
  entry.to = CodeOf(after);
  Index(envelope, &request.state, after);
  turn.step.batch.transitions.push_back({envelope.id, envelope.practice, envelope.destination,
                                         request.state, after, std::move(entry),
                                         envelope.RankOf()});
  if (!IsInFlight(after)) looked_up_.push_back(envelope.id);
  if (TriesOf(after).maybe_twice && !TriesOf(request.state).maybe_twice) ++alarms_;
  if (envelope.case_of.value != 0) changed_cases_.insert(envelope.case_of);
  if (TriesOf(after).leads) changed_cases_.insert(envelope.id);
  request.state = after;
}

void Books::Index(const Envelope& envelope, const State* before, const State& after) {
  const Destination& destination = envelope.destination;
  const auto ready = [](const State& s) { return std::holds_alternative<state::Ready>(s); };
  const bool was_ready = before && ready(*before);
  if (was_ready) QueueOf(destination).Remove(envelope.practice, envelope.RankOf());
  if (ready(after)) QueueOf(destination).Add(envelope.practice, envelope.RankOf());
  if (was_ready || ready(after)) {
    changed_lanes_.emplace(destination, envelope.practice, envelope.share);
  }

  if (before) {
    flight_.Note(envelope.id, destination, *before, after);
    Count(envelope, CodeOf(*before), -1);
  }
  Count(envelope, CodeOf(after), +1);
  NoteDue(destination, after);
}

void Books::Count(const Envelope& envelope, StateCode code, int64_t by) {
  const std::tuple at{envelope.destination, code, HourOf(envelope, code)};
  tallies_[at] += static_cast<uint64_t>(by);
  changed_tallies_.insert(at);
}

void Books::NoteDue(const Destination& destination, const State& state) {
  const auto sooner = [&](Due due, absl::Time at) {
    if (at < NextDue(destination, due)) SetNextDue(destination, due, at);
  };
  if (const auto* s = std::get_if<state::Deferred>(&state)) sooner(Due::kRetry, s->retry_at);
  if (const auto* s = std::get_if<state::InDoubt>(&state)) sooner(Due::kProbe, s->next_probe_at);
  if (const auto* s = std::get_if<state::Awaiting>(&state)) sooner(Due::kProbe, s->next_probe_at);
}

void Books::MarkLeads(const Turn& turn, store::Request& root) {
  if (TriesOf(root.state).leads) return;
  State after = root.state;
  TriesOf(after).leads = true;
  JournalEntry entry;
  entry.at = turn.now;
  entry.cause = CauseCode::kRemark;
  entry.attempt = AttemptOf(after);
  entry.note = "another request of its case came";
  Change(turn, root, after, std::move(entry));
}

bool Books::Move(const Turn& turn, store::Request& request, const Destination& to,
                 const Author& author) {
  Envelope& envelope = request.envelope;
  Envelope moved = envelope;
  moved.destination = to;
  // Whether it may have been sent is asked of the operator that had it, what holds it where it
  // goes.
  const bool held = holds_.Stops(envelope.id) || holds_.StopsFinely(moved);
  const Circumstances around{PolicyOf(envelope.destination), turn.now, held, epoch_,
                             SpreadOf(envelope.id)};
  const std::optional<State> next = Next(request.state, cause::Moved{}, around);
  if (!next) return false;
  // While it is Waiting no index knows its destination, but the tallies do.
  Count(envelope, StateCode::kWaiting, -1);
  if (!envelope.deposited_to) envelope.deposited_to = envelope.destination;
  envelope.destination = to;
  Count(envelope, StateCode::kWaiting, +1);
  turn.step.batch.moved.push_back({envelope});
  JournalEntry entry;
  entry.at = turn.now;
  entry.cause = CauseCode::kMoved;
  entry.attempt = AttemptOf(*next);
  entry.actor = author.name;
  entry.note = author.note;
  Change(turn, request, *next, std::move(entry));
  return true;
}

void Books::Ask(const Turn& turn, const Envelope& envelope, wire::Event event,
                wire::WhyWaiting why) {
  NewInboxEntry(turn, envelope, event).why = why;
}

wire::InboxEntry& Books::NewInboxEntry(const Turn& turn, const Envelope& envelope,
                                       wire::Event event) {
  OpenInbox(turn, envelope.practice);
  store::InboxMark& mark = marks_[envelope.practice];
  mark.practice = envelope.practice;
  wire::InboxEntry entry;
  entry.position = ++mark.last;
  entry.request = envelope.id;
  entry.destination = envelope.destination;
  entry.reference = envelope.reference;
  entry.at = turn.now;
  entry.event = event;
  changed_marks_.insert(envelope.practice);
  turn.step.batch.answers.push_back({envelope.practice, std::move(entry)});
  return turn.step.batch.answers.back().entry;
}

void Books::PutInInbox(const Turn& turn, const Envelope& envelope, wire::Event event,
                       const Outcome& outcome) {
  wire::InboxEntry& entry = NewInboxEntry(turn, envelope, event);
  entry.decision = DecisionOf(outcome);
  const auto tell = [&](const auto& said) {
    if constexpr (requires { said.body; }) {
      entry.format = said.format;
      entry.body = said.body;
    }
  };
  std::visit(tell, outcome);
}

}  // namespace ecluse
