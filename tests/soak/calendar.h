// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <queue>
#include <vector>

namespace ecluse::soak {

// What will happen, in order of time and, at one time, in the order in which it was written down.
struct Event {
  enum class What : uint8_t { kReport, kRenewal, kVisit, kSweep, kSample, kSlip };
  absl::Time at;
  What what = What::kSample;
  uint32_t who = 0;  // adapter or practice
  uint64_t request = 0;
  uint64_t order = 0;
};

class Calendar {
 public:
  void Add(Event event) {
    event.order = ++written_;
    events_.push(event);
  }
  absl::Time Next() const { return events_.empty() ? absl::InfiniteFuture() : events_.top().at; }
  // The next that has come. REQUIRES: Next() is not later than now.
  Event Take() {
    const Event event = events_.top();
    events_.pop();
    return event;
  }

 private:
  struct Later {
    bool operator()(const Event& a, const Event& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  uint64_t written_ = 0;
};

}  // namespace ecluse::soak
