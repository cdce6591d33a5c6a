// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/desk.h"
#include "adapters/handler.h"

namespace ecluse {

// The threads on which the handler is called. What a handler throws is doubt.
class Pool {
 public:
  struct Finished {
    wire::Attempt attempt;
    wire::Task::What what = wire::Task::What::kDeliver;
    std::optional<Outcome> outcome;
    bool threw = false;
    JobId job = {};  // kDryRun: whose, and what it found
    std::vector<Problem> problems = {};
  };

  // `wake` is called from the pool's threads whenever there is something to take.
  Pool(Handler& handler, uint32_t threads, std::function<void()> wake);
  // Waits for the calls that run. What was not begun is dropped.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void Start(HandlerCall call);
  std::vector<Finished> TakeFinished();

 private:
  void Work();
  Finished Call(const HandlerCall& call);

  Handler& handler_;
  const std::function<void()> wake_;
  std::mutex mutex_;  // guards the three below
  std::condition_variable there_is_work_;
  std::deque<HandlerCall> calls_;
  std::vector<Finished> finished_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ecluse
