// SPDX-License-Identifier: Apache-2.0
#include "broker/core/hold/holds.h"

#include <algorithm>

namespace ecluse {
namespace {

template <class Map, class Key>
void AddTo(Map& map, const Key& key, int by) {
  if ((map[key] += by) == 0) map.erase(key);
}

// Puts the value in, or takes it out.
template <class Set, class Value>
void PutIn(Set& set, const Value& value, int by) {
  if (by > 0) {
    set.insert(value);
  } else if constexpr (requires { typename Set::mapped_type; }) {
    set.erase(value.first);
  } else {
    set.erase(value);
  }
}

bool Covers(const Scope& scope, const Destination& destination, const PracticeId& practice) {
  return (!scope.run_by || *scope.run_by == destination.run_by) &&
         (!scope.service || *scope.service == destination.service) &&
         (!scope.practice || *scope.practice == practice);
}

bool CoversFinely(const Scope& scope, const Envelope& envelope) {
  return Covers(scope, envelope.destination, envelope.practice) &&
         (!scope.kind || *scope.kind == envelope.kind) &&
         envelope.deposited_at >= scope.deposited_from &&
         envelope.deposited_at < scope.deposited_until;
}

}  // namespace

bool IsOfBroker(HoldRule rule) {
  return rule == HoldRule::kCredentials || rule == HoldRule::kRestored;
}

Holds::Place_ Holds::PlaceOf(const Scope& scope) {
  return {scope.run_by ? scope.run_by->text : "", scope.service ? scope.service->text : "",
          scope.practice ? scope.practice->text : ""};
}

void Holds::Count(const Hold& hold, int by) {
  const Scope& scope = hold.scope;
  if (!IsOfBroker(hold.rule)) of_people_ = by > 0 ? of_people_ + 1 : of_people_ - 1;
  if (hold.until != absl::InfiniteFuture()) PutIn(ends_, std::pair{hold.until, hold.id}, by);
  if (hold.rule == HoldRule::kRestored) {
    restored_ += by;
  } else if (hold.rule == HoldRule::kIncident && scope.run_by) {
    PutIn(incidents_, std::tuple{*scope.run_by, hold.since, hold.id}, by);
  } else if (hold.rule == HoldRule::kQuarantine && scope.practice) {
    AddTo(quarantined_, *scope.practice, by);
  } else if (scope.request) {
    AddTo(requests_, *scope.request, by);
  } else if (scope.IsFine()) {
    PutIn(fine_, std::pair{hold.id, scope}, by);
  } else {
    AddTo(places_, PlaceOf(scope), by);
    if (hold.rule == HoldRule::kCredentials) AddTo(logins_, PlaceOf(scope), by);
  }
}

void Holds::Place(const Hold& hold) {
  if (holds_.emplace(hold.id, hold).second) Count(hold, +1);
}

std::optional<Hold> Holds::Lift(HoldId id) {
  const auto found = holds_.find(id);
  if (found == holds_.end()) return std::nullopt;
  const Hold hold = found->second;
  holds_.erase(found);
  Count(hold, -1);
  return hold;
}

const Hold* Holds::Find(HoldId id) const {
  const auto found = holds_.find(id);
  return found == holds_.end() ? nullptr : &found->second;
}

const Hold* Holds::FindSame(const Hold& hold) const {
  const bool any_since = hold.rule != HoldRule::kIncident || hold.since == absl::InfinitePast();
  for (auto at = holds_.rbegin(); at != holds_.rend(); ++at) {
    const Hold& other = at->second;
    if (other.owner == hold.owner && other.scope == hold.scope && other.reason == hold.reason &&
        other.rule == hold.rule && other.until == hold.until &&
        (any_since || other.since == hold.since)) {
      return &other;
    }
  }
  return nullptr;
}

bool Holds::StopsProbes(const Destination& destination) const {
  if (places_.empty()) return false;
  const std::string& run_by = destination.run_by.text;
  return places_.contains(Place_{"", "", ""}) || places_.contains(Place_{run_by, "", ""}) ||
         places_.contains(Place_{run_by, destination.service.text, ""});
}

bool Holds::StopsProbes(const Destination& destination, const PracticeId& practice) const {
  if (places_.empty()) return false;
  const std::string& run_by = destination.run_by.text;
  return StopsProbes(destination) || places_.contains(Place_{"", "", practice.text}) ||
         places_.contains(Place_{run_by, "", practice.text}) ||
         places_.contains(Place_{run_by, destination.service.text, practice.text});
}

bool Holds::Stops(const Destination& destination) const {
  return IsRestored() || StopsProbes(destination);
}

bool Holds::Stops(const Destination& destination, const PracticeId& practice) const {
  return IsRestored() || StopsProbes(destination, practice);
}

bool Holds::StopsFinely(const Envelope& envelope) const {
  return std::any_of(fine_.begin(), fine_.end(),
                     [&](const auto& fine) { return CoversFinely(fine.second, envelope); });
}

absl::Time Holds::IncidentOf(const OperatorId& run_by) const {
  if (incidents_.empty()) return absl::InfinitePast();
  auto after = incidents_.upper_bound({run_by, absl::InfiniteFuture(), HoldId{UINT64_MAX}});
  if (after == incidents_.begin()) return absl::InfinitePast();
  const auto& [of, since, id] = *--after;
  return of == run_by ? since : absl::InfinitePast();
}

std::vector<HoldId> Holds::EndedBy(absl::Time now) const {
  std::vector<HoldId> ended;
  for (const auto& [until, id] : ends_) {
    if (until > now) break;
    ended.push_back(id);
  }
  return ended;
}

absl::Time Holds::NextEnd() const {
  return ends_.empty() ? absl::InfiniteFuture() : ends_.begin()->first;
}

std::vector<Hold> Holds::Over(const Envelope& envelope) const {
  std::vector<Hold> over;
  for (const auto& [id, hold] : holds_) {
    const Scope& scope = hold.scope;
    const bool covers =
        scope.request ? *scope.request == envelope.id : CoversFinely(scope, envelope);
    if (covers) over.push_back(hold);
  }
  return over;
}

std::vector<Hold> Holds::Over(const Destination& destination, const PracticeId& practice,
                              RequestId request) const {
  std::vector<Hold> over;
  for (const auto& [id, hold] : holds_) {
    const Scope& scope = hold.scope;
    const bool covers = scope.request ? *scope.request == request
                                      : !scope.IsFine() && Covers(scope, destination, practice);
    if (covers) over.push_back(hold);
  }
  return over;
}

std::vector<Hold> Holds::All() const {
  std::vector<Hold> all;
  all.reserve(holds_.size());
  for (const auto& [id, hold] : holds_) all.push_back(hold);
  return all;
}

std::vector<Hold> Holds::Shown(size_t most) const {
  std::vector<Hold> shown = All();
  if (shown.size() <= most) return shown;
  // A restored store says so first of all.
  std::stable_partition(shown.begin(), shown.end(), [](const Hold& hold) {
    return !IsOfBroker(hold.rule) || hold.rule == HoldRule::kRestored;
  });
  shown.resize(most);
  return shown;
}

}  // namespace ecluse
