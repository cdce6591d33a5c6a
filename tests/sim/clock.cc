// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/clock.h"

#include <algorithm>
#include <utility>

namespace ecluse::sim {

void Clock::After(absl::Duration wait, Event event) {
  const absl::Time at = now_ + std::max(wait, absl::ZeroDuration());
  heap_.push_back({at, ++order_, std::move(event)});
  std::push_heap(heap_.begin(), heap_.end());
}

bool Clock::RunNext(absl::Time end) {
  if (heap_.empty() || heap_.front().at > end) {
    now_ = std::max(now_, end);
    return false;
  }
  std::pop_heap(heap_.begin(), heap_.end());
  Due due = std::move(heap_.back());
  heap_.pop_back();
  now_ = due.at;
  ++events_;
  due.event();
  return true;
}

}  // namespace ecluse::sim
