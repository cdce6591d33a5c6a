// SPDX-License-Identifier: Apache-2.0
#include "adapters/pool.h"

#include <utility>

namespace ecluse {
namespace {

Problem HandlerThrew() { return {"", "dry-run.failed", Severity::kError, "adapter"}; }

}  // namespace

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
  using What = wire::Task::What;
  Finished finished{{call.envelope.id, call.attempt}, call.what, std::nullopt, false, call.job};
  try {
    switch (call.what) {
      case What::kDeliver:
        finished.outcome =
            handler_.DeliverGranted(call.envelope, call.attempt, call.content, call.grant);
        break;
      case What::kProbe:
        finished.outcome = handler_.Probe(call.envelope);
        break;
      case What::kDryRun:
        finished.problems = handler_.DryRun(call.envelope, call.content, call.grant);
        break;
    }
  } catch (...) {
    // Nobody knows how far the handler came.
    finished.threw = true;
    if (call.what == What::kDryRun) finished.problems = {HandlerThrew()};
  }
  return finished;
}

}  // namespace ecluse
