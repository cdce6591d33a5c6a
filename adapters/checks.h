// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proto/wire.h"

namespace ecluse {

// A call of the handler that is to be made now, on a thread.
struct HandlerCall {
  wire::Task::What what = wire::Task::What::kDeliver;
  Envelope envelope;
  uint32_t attempt = 0;
  std::string content;
  std::string grant = {};
  JobId job = {};  // kDryRun: whose
};

// The dry runs that a worker has in hand. They have no lease and are never begun. What they find
// is said until it is answered, and then forgotten, whatever the answer: nothing hangs on it. Part
// of Desk.
class Checks {
 public:
  // Repeats change nothing.
  void Take(wire::Task task);
  // Those that may take one of so many free threads.
  std::vector<HandlerCall> NextCalls(size_t free_threads);
  void Done(JobId job, RequestId request, std::vector<Problem> problems);
  // As many as a call has room for; they are under way until answered.
  std::optional<wire::Checked> Next(WorkerId worker);
  void Answered(const wire::Checked& checked);
  // Puts down what does not run yet.
  void PutDown();

  size_t size() const { return checks_.size(); }
  size_t running() const { return running_; }

 private:
  enum class Phase : uint8_t { kInHand, kRunning, kToSay, kSaying };
  struct Check {
    Phase phase = Phase::kInHand;
    Envelope envelope;
    std::string content;
    std::string grant;
    std::vector<Problem> problems;
  };
  std::map<std::pair<JobId, RequestId>, Check> checks_;
  size_t running_ = 0;
};

}  // namespace ecluse
