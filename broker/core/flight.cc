// SPDX-License-Identifier: Apache-2.0
#include "broker/core/flight.h"

namespace ecluse {

void Flight::Note(RequestId id, const Destination& destination, const State& before,
                  const State& after) {
  Leave(id, destination, before);
  Enter(id, destination, after);
}

void Flight::Enter(RequestId id, const Destination& destination, const State& state) {
  if (const auto* leased = std::get_if<state::Leased>(&state)) {
    ends_.emplace(leased->lapses_at, id);
    leased_[leased->worker].insert(id);
    ++in_hand_[destination].leased;
  } else if (const auto* sending = std::get_if<state::Sending>(&state)) {
    ends_.emplace(sending->silent_at, id);
    ++in_hand_[destination].sending;
  }
}

void Flight::Leave(RequestId id, const Destination& destination, const State& state) {
  if (const auto* leased = std::get_if<state::Leased>(&state)) {
    ends_.erase({leased->lapses_at, id});
    const auto worker = leased_.find(leased->worker);
    worker->second.erase(id);
    if (worker->second.empty()) leased_.erase(worker);
    --in_hand_[destination].leased;
  } else if (const auto* sending = std::get_if<state::Sending>(&state)) {
    ends_.erase({sending->silent_at, id});
    --in_hand_[destination].sending;
  }
}

std::vector<RequestId> Flight::Overdue(absl::Time now, size_t at_most) const {
  std::vector<RequestId> overdue;
  for (const auto& [end, id] : ends_) {
    if (end > now || overdue.size() == at_most) break;
    overdue.push_back(id);
  }
  return overdue;
}

absl::Time Flight::NextEnd() const {
  return ends_.empty() ? absl::InfiniteFuture() : ends_.begin()->first;
}

std::vector<RequestId> Flight::LeasedTo(WorkerId worker) const {
  const auto found = leased_.find(worker);
  if (found == leased_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

InHand Flight::Of(const Destination& destination) const {
  const auto found = in_hand_.find(destination);
  return found == in_hand_.end() ? InHand{} : found->second;
}

}  // namespace ecluse
