// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <mutex>
#include <thread>

namespace ecluse::simulated {

// Kills another process between the operator's acceptance and what that process makes of it. The
// victim is stopped when something is taken, so that it can't be faster than the operator; the
// operator answers; then the victim is killed. So the answer was given, and not a word of it was
// passed on.
class Strike {
 public:
  // The next acceptance strikes it.
  void Arm(pid_t victim);

  // By the thread that took something: when it is in the ledger, and when it was answered.
  void Taken();
  void Answered();

 private:
  std::mutex mutex_;
  pid_t victim_ = 0;  // 0: nobody
  bool stopped_ = false;
  std::thread::id by_;  // stopped_: who answers
};

}  // namespace ecluse::simulated
