// SPDX-License-Identifier: Apache-2.0
#include "broker/core/queue.h"

#include <algorithm>

namespace ecluse {
namespace {

// Ranks in memory over all lanes of a destination, and in one lane at the least.
constexpr size_t kWindows = 4096;
constexpr size_t kLeastWindow = 32;

}  // namespace

uint64_t Lane::Before(const Rank& rank) const {
  const auto at = std::lower_bound(window_.begin(), window_.end(), rank);
  if (at == window_.end()) return count_;
  return static_cast<uint64_t>(at - window_.begin());
}

void Lane::Add(const Rank& rank) {
  const bool whole = window_.size() == count_;
  ++count_;
  const bool in_window = !window_.empty() && rank < window_.back();
  if (in_window || (whole && window_.size() < kWindows)) {
    window_.insert(std::lower_bound(window_.begin(), window_.end(), rank), rank);
    if (window_.size() > 2 * kWindows) window_.pop_back();
  } else if (floor_ && !(*floor_ < rank)) {
    // It went before what was looked at: the next look begins anew.
    floor_.reset();
  }
}

void Lane::Remove(const Rank& rank) {
  --count_;
  const auto at = std::lower_bound(window_.begin(), window_.end(), rank);
  if (at == window_.end() || !(*at == rank)) return;
  if (at == window_.begin()) floor_ = floor_ ? std::max(*floor_, rank) : rank;
  window_.erase(at);
}

void Lane::Refill(const store::Reads& reads, const Destination& destination,
                  const PracticeId& practice, Share share, size_t at_most) {
  if (window_.size() == count_ || window_.size() * 2 > at_most) return;
  const std::optional<Rank> after = window_.empty() ? floor_ : window_.back();
  for (const Rank& rank : reads.Ready(destination, practice, share, after, at_most)) {
    window_.push_back(rank);
  }
}

void Queue::Restore(const PracticeId& practice, Share share, uint64_t count) {
  if (count == 0) return;
  Lanes& lanes = Of(share);
  lanes.of.emplace(practice, Lane(count));
  lanes.size += count;
}

void Queue::Add(const PracticeId& practice, const Rank& rank) {
  Lanes& lanes = Of(rank.share);
  lanes.of.try_emplace(practice, Lane(0)).first->second.Add(rank);
  ++lanes.size;
}

void Queue::Remove(const PracticeId& practice, const Rank& rank) {
  Lanes& lanes = Of(rank.share);
  const auto lane = lanes.of.find(practice);
  if (lane == lanes.of.end()) return;
  lane->second.Remove(rank);
  --lanes.size;
  if (lane->second.count() == 0) lanes.of.erase(lane);
}

void Queue::Refill(const store::Reads& reads, const Destination& destination) {
  const size_t count = fresh_.of.size() + backlog_.of.size();
  const size_t at_most = std::max(kLeastWindow, kWindows / std::max<size_t>(1, count));
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    for (auto& [practice, lane] : Of(share).of) {
      lane.Refill(reads, destination, practice, share, at_most);
    }
  }
}

std::optional<Queue::Next> Queue::TakeTurn(const std::function<bool(const PracticeId&)>& stopped,
                                           uint32_t fresh_share) {
  // Spread evenly over a hundred turns.
  const bool fresh_first = (turn_ + 1) * fresh_share / 100 > turn_ * fresh_share / 100;
  turn_ = (turn_ + 1) % 100;
  const Share first = fresh_first ? Share::kFresh : Share::kBacklog;
  const Share second = fresh_first ? Share::kBacklog : Share::kFresh;
  for (const Share share : {first, second}) {
    Lanes& lanes = Of(share);
    auto lane = lanes.of.upper_bound(lanes.last);
    for (size_t i = 0; i < lanes.of.size(); ++i, ++lane) {
      if (lane == lanes.of.end()) lane = lanes.of.begin();
      if (!lane->second.HasHead() || stopped(lane->first)) continue;
      lanes.last = lane->first;
      return Next{lane->first, lane->second.Head()};
    }
  }
  return std::nullopt;
}

std::vector<Queue::Next> Queue::Heads(const std::function<bool(const PracticeId&)>& stopped,
                                      size_t at_most) const {
  std::vector<Next> heads;
  for (const Share share : {Share::kBacklog, Share::kFresh}) {
    const Lanes& lanes = Of(share);
    auto lane = lanes.of.upper_bound(lanes.last);
    for (size_t i = 0; i < lanes.of.size() && heads.size() < at_most; ++i, ++lane) {
      if (lane == lanes.of.end()) lane = lanes.of.begin();
      if (!lane->second.HasHead() || stopped(lane->first)) continue;
      heads.push_back({lane->first, lane->second.Head()});
    }
  }
  return heads;
}

uint64_t Queue::CountOf(const PracticeId& practice, Share share) const {
  const auto lane = Of(share).of.find(practice);
  return lane == Of(share).of.end() ? 0 : lane->second.count();
}

uint64_t Queue::CountOf(const PracticeId& practice) const {
  return CountOf(practice, Share::kFresh) + CountOf(practice, Share::kBacklog);
}

std::vector<PracticeId> Queue::Practices() const {
  std::vector<PracticeId> all;
  for (const auto& [practice, lane] : fresh_.of) all.push_back(practice);
  for (const auto& [practice, lane] : backlog_.of) {
    if (!fresh_.of.contains(practice)) all.push_back(practice);
  }
  std::sort(all.begin(), all.end());
  return all;
}

uint64_t Queue::AheadInLane(const PracticeId& practice, const Rank& rank) const {
  const auto lane = Of(rank.share).of.find(practice);
  return lane == Of(rank.share).of.end() ? 0 : lane->second.Before(rank);
}

uint64_t Queue::Before(const PracticeId& practice, uint64_t ahead) const {
  uint64_t before = ahead;
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    for (const auto& [other, lane] : Of(share).of) {
      if (other != practice) before += std::min(lane.count(), ahead + 1);
    }
  }
  return before;
}

}  // namespace ecluse
