// SPDX-License-Identifier: Apache-2.0
#include "adapters/pool.h"

#include <utility>

namespace ecluse {

Pool::Pool(Handler& handler, uint32_t threads, std::function<void()> wake)
    : handler_(handler), wake_(std::move(wake)) {
  for (uint32_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    calls_.clear();
  }
  there_is_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Pool::Start(HandlerCall call) {
  {
    const std::lock_guard lock(mutex_);
    calls_.push_back(std::move(call));
  }
  there_is_work_.notify_one();
}

std::vector<Pool::Finished> Pool::TakeFinished() {
  const std::lock_guard lock(mutex_);
  return std::exchange(finished_, {});
}

void Pool::Work() {
  for (;;) {
    HandlerCall call;
    {
      std::unique_lock lock(mutex_);
      there_is_work_.wait(lock, [this] { return ending_ || !calls_.empty(); });
      if (ending_) return;
      call = std::move(calls_.front());
      calls_.pop_front();
    }
    Finished finished = Call(call);
    {
      const std::lock_guard lock(mutex_);
      finished_.push_back(std::move(finished));
    }
    wake_();
  }
}

Pool::Finished Pool::Call(const HandlerCall& call) {
  Finished finished{{call.envelope.id, call.attempt}, call.what, std::nullopt, false};
  try {
    finished.outcome = call.what == wire::Task::What::kDeliver
                           ? handler_.Deliver(call.envelope, call.attempt, call.content)
                           : handler_.Probe(call.envelope);
  } catch (...) {
    // Nobody knows how far the handler came.
    finished.threw = true;
  }
  return finished;
}

}  // namespace ecluse
