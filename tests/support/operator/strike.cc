// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/strike.h"

#include <csignal>

namespace ecluse::simulated {

void Strike::Arm(pid_t victim) {
  const std::lock_guard lock(mutex_);
  victim_ = victim;
  stopped_ = false;
}

void Strike::Taken() {
  const std::lock_guard lock(mutex_);
  if (victim_ <= 0 || stopped_) return;
  stopped_ = true;
  by_ = std::this_thread::get_id();
  ::kill(victim_, SIGSTOP);
}

void Strike::Answered() {
  const std::lock_guard lock(mutex_);
  if (!stopped_ || by_ != std::this_thread::get_id()) return;
  ::kill(victim_, SIGKILL);
  victim_ = 0;
  stopped_ = false;
}

}  // namespace ecluse::simulated
