// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <limits>
#include <mutex>
#include <utility>

namespace ecluse::story {

// Counts what the practices' threads have seen, and stops them all at some counts until something
// was done: so processes are killed by progress and never by the clock.
class Tally {
 public:
  // REQUIRES: called before the counting begins; counts in rising order.
  void StopAt(std::deque<uint64_t> counts) { stops_ = std::move(counts); }

  void Add() {
    std::unique_lock lock(mutex_);
    ++count_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return count_ < NextStop(); });
  }

  bool Stopped() const {
    const std::lock_guard lock(mutex_);
    return count_ >= NextStop();
  }
  // Goes on to the next stop.
  void Resume() {
    const std::lock_guard lock(mutex_);
    if (!stops_.empty()) stops_.pop_front();
    changed_.notify_all();
  }
  // Goes on, and does not stop again.
  void ResumeForGood() {
    const std::lock_guard lock(mutex_);
    stops_.clear();
    changed_.notify_all();
  }

  uint64_t Count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  // Waits until more than `count` were counted, or `patience` is over. Returns the count.
  uint64_t WaitBeyond(uint64_t count, absl::Duration patience) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoMilliseconds(patience), [&] { return count_ > count; });
    return count_;
  }

 private:
  uint64_t NextStop() const {
    return stops_.empty() ? std::numeric_limits<uint64_t>::max() : stops_.front();
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  uint64_t count_ = 0;
  std::deque<uint64_t> stops_;
};

}  // namespace ecluse::story
