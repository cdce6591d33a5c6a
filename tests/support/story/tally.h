// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>

namespace ecluse::story {

// Counts what the practices' threads have seen, and stops them all at a count until something was
// done: so processes are killed by progress and never by the clock.
class Tally {
 public:
  // REQUIRES: called before the counting begins.
  void StopAt(uint64_t count) { stop_ = count; }

  void Add() {
    std::unique_lock lock(mutex_);
    ++count_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return count_ < stop_; });
  }

  bool Stopped() const {
    const std::lock_guard lock(mutex_);
    return count_ >= stop_;
  }
  // Goes on, and does not stop again.
  void Resume() {
    const std::lock_guard lock(mutex_);
    stop_ = std::numeric_limits<uint64_t>::max();
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
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  uint64_t count_ = 0;
  uint64_t stop_ = std::numeric_limits<uint64_t>::max();
};

}  // namespace ecluse::story
