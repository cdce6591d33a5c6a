// SPDX-License-Identifier: Apache-2.0
#include "broker/core/look/turns.h"

#include <algorithm>

namespace ecluse {

Turns::Turns(const Queue& queue, uint32_t fresh_share,
             const std::function<bool(const PracticeId&)>& stopped)
    : fresh_share_(std::min<uint32_t>(fresh_share, 100)) {
  std::vector<uint64_t> fresh;
  std::vector<uint64_t> backlog;
  for (const PracticeId& practice : queue.Practices()) {
    if (stopped(practice)) continue;
    fresh.push_back(queue.CountOf(practice, Share::kFresh));
    backlog.push_back(queue.CountOf(practice, Share::kBacklog));
  }
  fresh_ = Sorted(std::move(fresh));
  backlog_ = Sorted(std::move(backlog));
}

Turns::Sizes Turns::Sorted(std::vector<uint64_t> sizes) {
  Sizes s;
  std::sort(sizes.begin(), sizes.end());
  s.sorted = std::move(sizes);
  s.sums.assign(1, 0);
  for (const uint64_t size : s.sorted) s.sums.push_back(s.total += size);
  return s;
}

uint64_t Turns::Sizes::Gone(uint64_t rounds) const {
  const auto longer = std::upper_bound(sorted.begin(), sorted.end(), rounds);
  const auto shorter = static_cast<size_t>(longer - sorted.begin());
  return sums[shorter] + (sorted.size() - shorter) * rounds;
}

uint64_t Turns::Before(Share share, uint64_t count, uint64_t ahead) const {
  const Sizes& own = share == Share::kFresh ? fresh_ : backlog_;
  const Sizes& other = share == Share::kFresh ? backlog_ : fresh_;
  const uint64_t per_hundred = share == Share::kFresh ? fresh_share_ : 100 - fresh_share_;
  const uint64_t mine = std::min(count, ahead + 1);
  const uint64_t all = own.Gone(ahead + 1);
  const uint64_t in_share = ahead + (all > mine ? all - mine : 0);
  if (per_hundred == 0) return in_share + other.total;
  // What the other share gets in the turns that its own needs, rounded up.
  const uint64_t others = ((in_share + 1) * (100 - per_hundred) + per_hundred - 1) / per_hundred;
  return in_share + std::min(other.total, others);
}

}  // namespace ecluse
