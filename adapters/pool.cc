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
    jobs_.clear();
  }
  there_is_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Pool::Start(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  there_is_work_.notify_one();
}

std::vector<Pool::Finished> Pool::TakeFinished() {
  const std::lock_guard lock(mutex_);
  return std::exchange(finished_, {});
}

void Pool::Work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      there_is_work_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
      if (ending_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    Finished finished = Call(job);
    {
      const std::lock_guard lock(mutex_);
      finished_.push_back(std::move(finished));
    }
    wake_();
  }
}

Pool::Finished Pool::Call(const Job& job) {
  Finished finished{{job.envelope.id, job.attempt}, job.what, std::nullopt, false};
  try {
    finished.outcome = job.what == wire::Task::What::kDeliver
                           ? handler_.Deliver(job.envelope, job.attempt, job.content)
                           : handler_.Probe(job.envelope);
  } catch (...) {
    // Nobody knows how far the handler came.
    finished.threw = true;
  }
  return finished;
}

}  // namespace ecluse
