// SPDX-License-Identifier: Apache-2.0
#include "broker/core/queue.h"

#include <algorithm>

namespace ecluse {
namespace {

// Numbers in memory over all lanes of a destination, and in one lane at the least.
constexpr size_t kWindows = 4096;
constexpr size_t kLeastWindow = 32;

}  // namespace

uint64_t Lane::Before(RequestId id) const {
  const auto at = std::lower_bound(window_.begin(), window_.end(), id);
  if (at == window_.end()) return count_;
  return static_cast<uint64_t>(at - window_.begin());
}

void Lane::Add(RequestId id) {
  const bool whole = window_.size() == count_;
  ++count_;
  const bool in_window = !window_.empty() && id < window_.back();
  if (in_window || (whole && window_.size() < kWindows)) {
    window_.insert(std::lower_bound(window_.begin(), window_.end(), id), id);
    if (window_.size() > 2 * kWindows) window_.pop_back();
  } else if (id <= floor_) {
    floor_ = RequestId{id.value - 1};
  }
}

void Lane::Remove(RequestId id) {
  --count_;
  const auto at = std::lower_bound(window_.begin(), window_.end(), id);
  if (at == window_.end() || *at != id) return;
  if (at == window_.begin()) floor_ = std::max(floor_, id);
  window_.erase(at);
}

void Lane::Refill(const store::Reads& reads, const Destination& destination,
                  const PracticeId& practice, size_t at_most) {
  if (window_.size() == count_ || window_.size() * 2 > at_most) return;
  const RequestId after = window_.empty() ? floor_ : window_.back();
  for (const RequestId id : reads.Ready(destination, practice, after, at_most)) {
    window_.push_back(id);
  }
}

void Queue::Restore(const PracticeId& practice, uint64_t count) {
  if (count == 0) return;
  lanes_.emplace(practice, Lane(count));
  size_ += count;
}

void Queue::Add(const PracticeId& practice, RequestId id) {
  lanes_.try_emplace(practice, Lane(0)).first->second.Add(id);
  ++size_;
}

void Queue::Remove(const PracticeId& practice, RequestId id) {
  const auto lane = lanes_.find(practice);
  if (lane == lanes_.end()) return;
  lane->second.Remove(id);
  --size_;
  if (lane->second.count() == 0) lanes_.erase(lane);
}

void Queue::Refill(const store::Reads& reads, const Destination& destination) {
  const size_t at_most = std::max(kLeastWindow, kWindows / std::max<size_t>(1, lanes_.size()));
  for (auto& [practice, lane] : lanes_) lane.Refill(reads, destination, practice, at_most);
}

std::optional<Queue::Next> Queue::TakeTurn(const std::function<bool(const PracticeId&)>& stopped) {
  auto lane = lanes_.upper_bound(last_);
  for (size_t i = 0; i < lanes_.size(); ++i, ++lane) {
    if (lane == lanes_.end()) lane = lanes_.begin();
    if (!lane->second.HasHead() || stopped(lane->first)) continue;
    last_ = lane->first;
    return Next{lane->first, lane->second.Head()};
  }
  return std::nullopt;
}

uint64_t Queue::CountOf(const PracticeId& practice) const {
  const auto lane = lanes_.find(practice);
  return lane == lanes_.end() ? 0 : lane->second.count();
}

uint64_t Queue::AheadInLane(const PracticeId& practice, RequestId id) const {
  const auto lane = lanes_.find(practice);
  return lane == lanes_.end() ? 0 : lane->second.Before(id);
}

uint64_t Queue::Before(const PracticeId& practice, uint64_t ahead) const {
  uint64_t before = ahead;
  for (const auto& [other, lane] : lanes_) {
    if (other != practice) before += std::min(lane.count(), ahead + 1);
  }
  return before;
}

}  // namespace ecluse
