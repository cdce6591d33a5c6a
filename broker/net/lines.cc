// SPDX-License-Identifier: Apache-2.0
#include "broker/net/lines.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>

namespace ecluse {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

// Around a frame: the box of CURVE, then ZMTP's flags and length.
constexpr size_t kBoxBytes = 33;
constexpr size_t kShortHeader = 2;
constexpr size_t kLongHeader = 9;
// Handshake and heartbeats, which nobody hears.
constexpr uint64_t kHandshakeBytes = 4096;
constexpr uint64_t kIdleBytesPerSecond = 64;
// A line that held so much is asked about each time.
constexpr uint64_t kMuch = 256 << 10;
// Of the others: so many at a time, or all of them in eight times.
constexpr size_t kAsked = 256;
constexpr size_t kRounds = 8;
constexpr size_t kNewcomers = 8;  // one of so many lines is kept free

}  // namespace

void Lines::Opened(int fd, Time now) {
  Closed(fd);
  Line& line = lines_[fd];
  line.since = now;
  young_.emplace(now, fd);
}

void Lines::Closed(int fd) {
  const auto line = lines_.find(fd);
  if (line == lines_.end()) return;
  young_.erase({line->second.since, fd});
  silent_.erase({line->second.since, fd});
  lines_.erase(line);
}

void Lines::Heard(int fd, size_t bytes, std::string_view key) {
  const auto found = lines_.find(fd);
  if (found == lines_.end()) return;
  Line& line = found->second;
  const size_t boxed = bytes + kBoxBytes;
  line.heard += boxed + (boxed > 255 ? kLongHeader : kShortHeader);
  line.last_turn = ++frames_;
  if (!line.key.empty() || key.empty()) return;
  line.key = key;
  young_.erase({line.since, fd});
  silent_.erase({line.since, fd});
}

std::vector<int> Lines::Doubtful() {
  std::vector<int> doubtful;
  for (const auto& [fd, line] : lines_) {
    if (line.took_in > line.heard + kMuch) doubtful.push_back(fd);
  }
  const size_t others = std::min(lines_.size(), std::max(kAsked, lines_.size() / kRounds));
  auto next = lines_.upper_bound(asked_last_);
  for (size_t n = 0; n < others; ++n, ++next) {
    if (next == lines_.end()) next = lines_.begin();
    asked_last_ = next->first;
    if (next->second.took_in <= next->second.heard + kMuch) doubtful.push_back(next->first);
  }
  return doubtful;
}

void Lines::TookIn(int fd, uint64_t bytes) {
  const auto line = lines_.find(fd);
  if (line != lines_.end()) line->second.took_in = bytes;
}

std::vector<int> Lines::HoldTooMuch(Time now) {
  size_t all = 0;
  std::vector<std::pair<size_t, int>> holders;
  for (const auto& [fd, line] : lines_) {
    const size_t unheard = Unheard(line, now);
    all += unheard;
    if (unheard > 0) holders.emplace_back(unheard, fd);
  }
  std::vector<int> cut;
  if (all <= most_unheard_) return cut;
  std::sort(holders.rbegin(), holders.rend());
  for (const auto& [unheard, fd] : holders) {
    if (all <= most_unheard_) break;
    all -= unheard;
    cut.push_back(fd);
    Closed(fd);
  }
  return cut;
}

std::vector<int> Lines::TooMany(Time now) {
  std::vector<int> cut;
  if (lines_.size() <= most_lines_) return cut;
  Grow(now);
  while (lines_.size() > most_lines_) {
    const int nobody = Nobody();
    cut.push_back(nobody >= 0 ? nobody : OfTheBusiestKey());
    Closed(cut.back());
  }
  return cut;
}

size_t Lines::Unheard(const Line& line, Time now) {
  const auto age = static_cast<uint64_t>(duration_cast<seconds>(now - line.since).count());
  const uint64_t known = line.heard + kHandshakeBytes + age * kIdleBytesPerSecond;
  return line.took_in > known ? line.took_in - known : 0;
}

// What was not heard in all the time of a handshake is silent.
void Lines::Grow(Time now) {
  const auto grown = young_.lower_bound({now - kHandshake, -1});
  silent_.insert(young_.begin(), grown);
  young_.erase(young_.begin(), grown);
}

// -1: everybody who may be a newcomer has room.
int Lines::Nobody() const {
  if (young_.size() > most_lines_ / kNewcomers) return young_.begin()->second;
  return silent_.empty() ? -1 : silent_.begin()->second;
}

int Lines::OfTheBusiestKey() const {
  struct Owned {
    size_t lines = 0;
    int quietest = -1;
    uint64_t last_turn = UINT64_MAX;
  };
  absl::flat_hash_map<std::string, Owned> owners;
  for (const auto& [fd, line] : lines_) {
    if (line.key.empty()) continue;
    Owned& owned = owners[line.key];
    ++owned.lines;
    if (line.last_turn >= owned.last_turn) continue;
    owned.quietest = fd;
    owned.last_turn = line.last_turn;
  }
  const auto busiest = std::max_element(owners.begin(), owners.end(), [](auto& a, auto& b) {
    return a.second.lines < b.second.lines;
  });
  // With nobody ever heard, the bound is so small that all are newcomers.
  return busiest != owners.end() ? busiest->second.quietest : lines_.begin()->first;
}

}  // namespace ecluse
