// SPDX-License-Identifier: Apache-2.0
#include "broker/core/delivery/queue.h"

#include <algorithm>

namespace ecluse {
namespace {

// Ranks in memory over all lanes of a destination, and in one lane at the least.
constexpr size_t kWindows = 4096;
constexpr size_t kLeastWindow = 8;
// Lanes that one turn reads, or looks at anew though they were stopped.
constexpr size_t kReadsPerRefill = 512;
constexpr size_t kWokenPerTurn = 512;
// Ranks behind a window that are read to tell the place of one request.
constexpr size_t kReadsPerPlace = 256;

uint64_t CountBefore(const absl::btree_set<Rank>& ranks, const std::optional<Rank>& from,
                     const Rank& to) {
  const auto begin = from ? ranks.upper_bound(*from) : ranks.begin();
  return static_cast<uint64_t>(std::distance(begin, ranks.lower_bound(to)));
}

}  // namespace

uint64_t Lane::Before(const store::Reads& reads, const Destination& destination,
                      const PracticeId& practice, const Rank& rank) const {
  const auto at = std::lower_bound(window_.begin(), window_.end(), rank);
  if (at != window_.end() || whole_) return static_cast<uint64_t>(at - window_.begin());
  const std::vector<Rank> page =
      reads.Ready(destination, practice, rank.share, known_, kReadsPerPlace);
  if (page.size() == kReadsPerPlace && page.back() < rank) return count_;
  const auto in_store = std::lower_bound(page.begin(), page.end(), rank) - page.begin();
  return window_.size() + static_cast<uint64_t>(in_store) + CountBefore(added_, known_, rank) -
         CountBefore(removed_, known_, rank);
}

void Lane::Add(const Rank& rank, size_t at_most) {
  ++count_;
  if (removed_.erase(rank) == 0) added_.insert(rank);
  if (!whole_ && (!known_ || *known_ < rank)) return;
  window_.insert(std::lower_bound(window_.begin(), window_.end(), rank), rank);
  if (window_.size() <= 2 * at_most) return;
  window_.resize(at_most);
  known_ = window_.back();
  whole_ = false;
}

void Lane::Remove(const Rank& rank) {
  --count_;
  if (added_.erase(rank) == 0) removed_.insert(rank);
  const auto at = std::lower_bound(window_.begin(), window_.end(), rank);
  if (at != window_.end() && *at == rank) window_.erase(at);
}

void Lane::Refill(const store::Reads& reads, const Destination& destination,
                  const PracticeId& practice, Share share, size_t at_most) {
  if (!RunsLow(at_most)) return;
  if (window_.size() == count_) {
    whole_ = true;
    return;
  }
  const std::vector<Rank> page = reads.Ready(destination, practice, share, known_, at_most);
  auto fresh = known_ ? added_.upper_bound(*known_) : added_.begin();
  for (const Rank& rank : page) {
    for (; fresh != added_.end() && *fresh < rank; ++fresh) window_.push_back(*fresh);
    if (!removed_.contains(rank)) window_.push_back(rank);
  }
  if (!page.empty()) {
    known_ = page.back();
    return;
  }
  window_.insert(window_.end(), fresh, added_.end());
  whole_ = true;
}

void Lane::Committed() {
  added_.clear();
  removed_.clear();
}

size_t Queue::Window() const {
  const size_t count = fresh_.of.size() + backlog_.of.size();
  return std::max(kLeastWindow, kWindows / std::max<size_t>(1, count));
}

void Queue::Restore(const PracticeId& practice, Share share, uint64_t count) {
  if (count == 0) return;
  depths_.reset();
  Lanes& lanes = Of(share);
  lanes.of.emplace(practice, Lane(count));
  lanes.awake.insert(practice);
  lanes.low.insert(practice);
  lanes.size += count;
}

void Queue::Add(const PracticeId& practice, const Rank& rank) {
  depths_.reset();
  Lanes& lanes = Of(rank.share);
  const auto [lane, created] = lanes.of.try_emplace(practice, Lane(0));
  if (created) lanes.awake.insert(practice);
  lane->second.Add(rank, Window());
  if (lane->second.RunsLow(Window())) lanes.low.insert(practice);
  lanes.changed.insert(practice);
  ++lanes.size;
}

void Queue::Remove(const PracticeId& practice, const Rank& rank) {
  depths_.reset();
  Lanes& lanes = Of(rank.share);
  const auto lane = lanes.of.find(practice);
  if (lane == lanes.of.end()) return;
  lane->second.Remove(rank);
  if (lane->second.RunsLow(Window())) lanes.low.insert(practice);
  lanes.changed.insert(practice);
  --lanes.size;
}

void Queue::Refill(const store::Reads& reads, const Destination& destination) {
  const size_t at_most = Window();
  size_t left = kReadsPerRefill;
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    Lanes& lanes = Of(share);
    auto at = lanes.low.begin();
    for (; at != lanes.low.end() && left > 0; ++at, --left) {
      const auto lane = lanes.of.find(*at);
      if (lane != lanes.of.end()) lane->second.Refill(reads, destination, *at, share, at_most);
    }
    // One that is still low after a short page is low again with its next removal; an empty one
    // must be read on.
    absl::btree_set<PracticeId> still;
    for (auto done = lanes.low.begin(); done != at; ++done) {
      const auto lane = lanes.of.find(*done);
      if (lane != lanes.of.end() && !lane->second.HasHead() && lane->second.RunsLow(at_most)) {
        still.insert(*done);
      }
    }
    lanes.low.erase(lanes.low.begin(), at);
    lanes.low.insert(still.begin(), still.end());
  }
}

void Queue::Committed() {
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    Lanes& lanes = Of(share);
    for (const PracticeId& practice : lanes.changed) {
      const auto lane = lanes.of.find(practice);
      if (lane == lanes.of.end()) continue;
      lane->second.Committed();
      if (lane->second.count() > 0) continue;
      lanes.of.erase(lane);
      lanes.awake.erase(practice);
      lanes.asleep.erase(practice);
      lanes.low.erase(practice);
    }
    lanes.changed.clear();
    Wake(lanes);
  }
}

void Queue::Wake(Lanes& lanes) {
  for (size_t left = kWokenPerTurn; left > 0 && !lanes.asleep.empty(); --left) {
    auto at = lanes.asleep.upper_bound(lanes.last_woken);
    if (at == lanes.asleep.end()) at = lanes.asleep.begin();
    lanes.last_woken = *at;
    lanes.awake.insert(*at);
    lanes.asleep.erase(at);
  }
}

void Queue::LetSleep(Lanes& lanes, const std::vector<PracticeId>& found_stopped) {
  for (const PracticeId& practice : found_stopped) {
    lanes.awake.erase(practice);
    lanes.asleep.insert(practice);
  }
}

std::optional<Queue::Next> Queue::TakeTurn(Lanes& lanes,
                                           const std::function<bool(const PracticeId&)>& stopped) {
  std::vector<PracticeId> found_stopped;
  std::optional<Next> next;
  auto at = lanes.awake.upper_bound(lanes.last);
  for (size_t i = 0; i < lanes.awake.size() && !next; ++i, ++at) {
    if (at == lanes.awake.end()) at = lanes.awake.begin();
    const Lane& lane = lanes.of.find(*at)->second;
    if (!lane.HasHead()) continue;
    if (stopped(*at)) {
      found_stopped.push_back(*at);
    } else {
      next = Next{*at, lane.Head()};
    }
  }
  LetSleep(lanes, found_stopped);
  if (next) lanes.last = next->practice;
  return next;
}

std::optional<Queue::Next> Queue::TakeTurn(const std::function<bool(const PracticeId&)>& stopped,
                                           uint32_t fresh_share) {
  // Spread evenly over a hundred turns.
  const bool fresh_first = (turn_ + 1) * fresh_share / 100 > turn_ * fresh_share / 100;
  turn_ = (turn_ + 1) % 100;
  Lanes& first = fresh_first ? fresh_ : backlog_;
  Lanes& second = fresh_first ? backlog_ : fresh_;
  std::optional<Next> next = TakeTurn(first, stopped);
  return next ? next : TakeTurn(second, stopped);
}

std::vector<Queue::Next> Queue::Heads(const std::function<bool(const PracticeId&)>& stopped,
                                      size_t at_most) {
  std::vector<Next> heads;
  for (const Share share : {Share::kBacklog, Share::kFresh}) {
    Lanes& lanes = Of(share);
    std::vector<PracticeId> found_stopped;
    auto at = lanes.awake.upper_bound(lanes.last);
    for (size_t i = 0; i < lanes.awake.size() && heads.size() < at_most; ++i, ++at) {
      if (at == lanes.awake.end()) at = lanes.awake.begin();
      const Lane& lane = lanes.of.find(*at)->second;
      if (!lane.HasHead()) continue;
      if (stopped(*at)) {
        found_stopped.push_back(*at);
      } else {
        heads.push_back({*at, lane.Head()});
      }
    }
    LetSleep(lanes, found_stopped);
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
  for (const auto& [practice, lane] : fresh_.of) {
    if (lane.count() > 0) all.push_back(practice);
  }
  for (const auto& [practice, lane] : backlog_.of) {
    if (lane.count() > 0 && CountOf(practice, Share::kFresh) == 0) all.push_back(practice);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::optional<PracticeId> Queue::PracticeBehind(const PracticeId& practice) const {
  std::optional<PracticeId> next;
  for (const Lanes* lanes : {&fresh_, &backlog_}) {
    auto lane = lanes->of.upper_bound(practice);
    while (lane != lanes->of.end() && lane->second.count() == 0) ++lane;
    if (lane != lanes->of.end() && (!next || lane->first < *next)) next = lane->first;
  }
  return next;
}

uint64_t Queue::AheadInLane(const store::Reads& reads, const Destination& destination,
                            const PracticeId& practice, const Rank& rank) const {
  const auto lane = Of(rank.share).of.find(practice);
  if (lane == Of(rank.share).of.end()) return 0;
  return lane->second.Before(reads, destination, practice, rank);
}

const Queue::Depths& Queue::DepthsNow() const {
  if (depths_) return *depths_;
  Depths& depths = depths_.emplace();
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    for (const auto& [practice, lane] : Of(share).of) depths.lanes.push_back(lane.count());
  }
  std::sort(depths.lanes.begin(), depths.lanes.end());
  uint64_t sum = 0;
  for (const uint64_t depth : depths.lanes) depths.sums.push_back(sum += depth);
  return depths;
}

uint64_t Queue::Before(const PracticeId& practice, uint64_t ahead) const {
  const Depths& depths = DepthsNow();
  const uint64_t turns = ahead + 1;
  const auto deep = std::upper_bound(depths.lanes.begin(), depths.lanes.end(), turns);
  const auto shallow = static_cast<size_t>(deep - depths.lanes.begin());
  uint64_t before = ahead + (depths.lanes.size() - shallow) * turns;
  if (shallow > 0) before += depths.sums[shallow - 1];
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    before -= std::min(CountOf(practice, share), turns);
  }
  return before;
}

}  // namespace ecluse
