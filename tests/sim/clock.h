// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace ecluse::sim {

// Virtual time, and what is to happen in it.
//
// Two times: `now` is true time and only goes forward. `house` is the clock on the wall of the
// house where broker and workers run; it jumps now and then, and is all that they see.
class Clock {
 public:
  using Event = std::function<void()>;

  absl::Time now() const { return now_; }
  absl::Time house() const { return now_ + offset_; }
  void Jump(absl::Duration by) { offset_ += by; }

  void After(absl::Duration wait, Event event);
  // When the house clock will show `at`, if it doesn't jump before; never in the past.
  void AtHouse(absl::Time at, Event event) { After(at - house(), std::move(event)); }

  // Runs the next event if it is due before `end`; else time is `end`, and the answer false.
  bool RunNext(absl::Time end);
  uint64_t events() const { return events_; }

 private:
  struct Due {
    absl::Time at;
    uint64_t order;  // equal times: first come, first served
    Event event;
    bool operator<(const Due& other) const {
      return at != other.at ? at > other.at : order > other.order;
    }
  };

  absl::Time now_ = absl::FromUnixSeconds(1'706'918'400);  // 3 February 2024
  absl::Duration offset_;
  std::vector<Due> heap_;
  uint64_t order_ = 0;
  uint64_t events_ = 0;
};

}  // namespace ecluse::sim
