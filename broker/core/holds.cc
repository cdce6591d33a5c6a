// SPDX-License-Identifier: Apache-2.0
#include "broker/core/holds.h"

#include <algorithm>

namespace ecluse {

Holds::Place_ Holds::PlaceOf(const Scope& scope) {
  return {scope.run_by ? scope.run_by->text : "", scope.service ? scope.service->text : "",
          scope.practice ? scope.practice->text : ""};
}

void Holds::Place(const Hold& hold) {
  if (!holds_.emplace(hold.id, hold).second) return;
  if (hold.rule == HoldRule::kPerson) ++of_people_;
  if (hold.scope.request) {
    ++requests_[*hold.scope.request];
  } else {
    ++places_[PlaceOf(hold.scope)];
    if (hold.rule == HoldRule::kCredentials) ++logins_[PlaceOf(hold.scope)];
  }
}

std::optional<Hold> Holds::Lift(HoldId id) {
  const auto found = holds_.find(id);
  if (found == holds_.end()) return std::nullopt;
  const Hold hold = found->second;
  holds_.erase(found);
  if (hold.rule == HoldRule::kPerson) --of_people_;
  if (hold.scope.request) {
    if (--requests_[*hold.scope.request] == 0) requests_.erase(*hold.scope.request);
  } else {
    const Place_ place = PlaceOf(hold.scope);
    if (--places_[place] == 0) places_.erase(place);
    if (hold.rule == HoldRule::kCredentials && --logins_[place] == 0) logins_.erase(place);
  }
  return hold;
}

const Hold* Holds::Find(HoldId id) const {
  const auto found = holds_.find(id);
  return found == holds_.end() ? nullptr : &found->second;
}

const Hold* Holds::FindSame(const Hold& hold) const {
  for (const auto& [id, other] : holds_) {
    if (other.owner == hold.owner && other.scope == hold.scope && other.reason == hold.reason) {
      return &other;
    }
  }
  return nullptr;
}

bool Holds::Stops(const Destination& destination) const {
  if (places_.empty()) return false;
  const std::string& run_by = destination.run_by.text;
  return places_.contains(Place_{"", "", ""}) || places_.contains(Place_{run_by, "", ""}) ||
         places_.contains(Place_{run_by, destination.service.text, ""});
}

bool Holds::Stops(const Destination& destination, const PracticeId& practice) const {
  if (places_.empty()) return false;
  const std::string& run_by = destination.run_by.text;
  return Stops(destination) || places_.contains(Place_{"", "", practice.text}) ||
         places_.contains(Place_{run_by, "", practice.text}) ||
         places_.contains(Place_{run_by, destination.service.text, practice.text});
}

bool Holds::StopsFinely(const Envelope&) const { return false; }

bool Holds::IsQuarantined(const PracticeId&) const { return false; }

absl::Time Holds::IncidentOf(const OperatorId&) const { return absl::InfinitePast(); }

bool Holds::StopsProbes(const Destination& destination) const { return Stops(destination); }

std::vector<Hold> Holds::Over(const Destination& destination, const PracticeId& practice,
                              RequestId request) const {
  std::vector<Hold> over;
  for (const auto& [id, hold] : holds_) {
    const Scope& s = hold.scope;
    const bool covers = s.request ? *s.request == request
                                  : (!s.run_by || *s.run_by == destination.run_by) &&
                                        (!s.service || *s.service == destination.service) &&
                                        (!s.practice || *s.practice == practice);
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
  std::stable_partition(shown.begin(), shown.end(),
                        [](const Hold& hold) { return hold.rule == HoldRule::kPerson; });
  shown.resize(most);
  return shown;
}

}  // namespace ecluse
