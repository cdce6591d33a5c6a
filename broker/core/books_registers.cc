// SPDX-License-Identifier: Apache-2.0
// The registers of Books beside the requests: gates, holds, inbox marks, due times.
#include <algorithm>
#include <limits>
#include <utility>

#include "broker/core/books.h"

namespace ecluse {

Books::Books(const store::Reads& reads, Policies policies, Routes routes,
             const store::Recovered& recovered, House house)
    : reads_(reads),
      policies_(std::move(policies)),
      routes_(std::move(routes)),
      house_(std::move(house)),
      epoch_(recovered.epoch) {
  Restore(recovered);
}

void Books::Restore(const store::Recovered& recovered) {
  for (const auto& [destination, gate] : recovered.gates) gates_.emplace(destination, Gate(gate));
  for (const Hold& hold : recovered.holds) holds_.Place(hold);
  for (const store::Tally& t : recovered.tallies) {
    tallies_[{t.destination, t.state, t.hour}] = t.requests;
  }
  for (const store::LaneCount& lane : recovered.lanes) {
    queues_[lane.destination].Restore(lane.practice, lane.share, lane.ready);
  }
  for (const store::InboxMark& mark : recovered.marks) marks_[mark.practice] = mark;
  for (const store::Recovered::InFlight& f : recovered.in_flight) {
    flight_.Note(f.id, f.destination, state::Ready{}, f.state);
  }
  last_request_ = std::max(recovered.last_request, RequestsFrom(epoch_));
  last_hold_ = std::max(recovered.last_hold, HoldsFrom(epoch_));
}

void Books::PlaceHold(const Turn& turn, Hold hold) {
  hold.id = HoldId{++last_hold_.value};
  turn.step.batch.last_hold = last_hold_;
  holds_.Place(hold);
  turn.step.batch.placed.push_back(hold);
  if (!hold.scope.request) return;
  if (store::Request* request = Find(*hold.scope.request)) {
    Apply(turn, *request, cause::Held{}, {hold.owner, hold.reason});
  }
}

void Books::LiftHold(const Turn& turn, HoldId id, const Author& author) {
  const Hold* hold = holds_.Find(id);
  if (!hold) return;
  // No ops name can have the slash that names of rules have.
  const bool by_rule = author.name.empty() || author.name.find('/') != std::string::npos;
  if (by_rule && hold->owner != author.name && hold->until > turn.now) return;
  const Scope scope = holds_.Lift(id)->scope;
  turn.step.batch.lifted.push_back(id);
  lifted_ |= scope.IsFine();
  if (!scope.request) return;
  store::Request* request = Find(*scope.request);
  if (!request || holds_.Stops(request->envelope.id) || holds_.StopsFinely(request->envelope)) {
    return;
  }
  const auto* waiting = std::get_if<state::Waiting>(&request->state);
  if (waiting && waiting->reason == Wait::kHeld) Apply(turn, *request, cause::Released{}, author);
}

std::vector<RequestId> Books::CaseOf(RequestId root) const {
  std::vector<RequestId> members = reads_.CaseOf(root);
  const auto fresh = new_in_case_.find(root);
  if (fresh != new_in_case_.end()) {
    members.insert(members.end(), fresh->second.begin(), fresh->second.end());
  }
  return members;
}

void Books::OpenInbox(const Turn& turn, const PracticeId& practice) {
  const uint64_t from = InboxFrom(epoch_);
  if (from == 0) return;
  store::InboxMark& mark = marks_[practice];
  mark.practice = practice;
  if (mark.last >= from) return;
  constexpr size_t kAll = std::numeric_limits<size_t>::max();
  std::vector<wire::InboxEntry> kept = reads_.InboxAfter(practice, mark.acknowledged, kAll, kAll);
  // The store is unsound: nothing of this turn will leave.
  if (kept.size() != mark.last - mark.acknowledged) return;
  if (!kept.empty()) {
    turn.step.batch.acknowledged.push_back({practice, mark.acknowledged + 1, mark.last});
  }
  if (mark.last > 0) changed_marks_.insert(practice);
  mark.last = mark.acknowledged = from;
  for (wire::InboxEntry& entry : kept) {
    entry.position = ++mark.last;
    turn.step.batch.answers.push_back({practice, std::move(entry)});
  }
}

bool Books::Acknowledge(const Turn& turn, const PracticeId& practice, uint64_t position) {
  OpenInbox(turn, practice);
  store::InboxMark& mark = marks_[practice];
  mark.practice = practice;
  if (position > mark.last) return false;
  if (position <= mark.acknowledged) return true;
  turn.step.batch.acknowledged.push_back({practice, mark.acknowledged + 1, position});
  mark.acknowledged = position;
  changed_marks_.insert(practice);
  return true;
}

Gate& Books::ChangeGate(const Destination& destination) {
  return gates_.try_emplace(destination, Gate(GateState{})).first->second;
}

const Gate& Books::GateOf(const Destination& destination) const {
  static const Gate kOpen{GateState{}};
  const auto found = gates_.find(destination);
  return found == gates_.end() ? kOpen : found->second;
}

const Policy& Books::PolicyOf(const Destination& destination) const {
  static const Policy kDefault;
  const auto found = policies_.find(destination);
  return found == policies_.end() ? kDefault : found->second;
}

bool Books::IsAstray(const store::Request& request, absl::Time now) const {
  const Envelope& envelope = request.envelope;
  if (!envelope.card || TriesOf(request.state).keeps_route) return false;
  return routes_.Resolve(*envelope.card, now) != envelope.destination.run_by;
}

std::vector<Destination> Books::Destinations() const {
  absl::btree_set<Destination> all;
  for (const auto& [destination, policy] : policies_) all.insert(destination);
  for (const auto& [destination, queue] : queues_) all.insert(destination);
  return {all.begin(), all.end()};
}

const Queue& Books::QueueOf(const Destination& destination) const {
  static const Queue kEmpty;
  const auto found = queues_.find(destination);
  return found == queues_.end() ? kEmpty : found->second;
}

store::InboxMark Books::MarkOf(const PracticeId& practice) const {
  const auto found = marks_.find(practice);
  return found == marks_.end() ? store::InboxMark{practice, 0, 0} : found->second;
}

absl::Time Books::NextDue(const Destination& destination, store::Reads::Due due) const {
  const auto found = next_due_.find({destination, due});
  // Not known since the start: it may be any time.
  return found == next_due_.end() ? absl::InfinitePast() : found->second;
}

void Books::SetNextDue(const Destination& destination, store::Reads::Due due, absl::Time at) {
  next_due_[{destination, due}] = at;
}

}  // namespace ecluse
