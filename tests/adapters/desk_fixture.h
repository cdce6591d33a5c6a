// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "adapters/desk.h"

namespace ecluse {

// A desk, its clock, and short words for what the broker and the handler say to it.
class DeskTest : public ::testing::Test {
 protected:
  static constexpr auto kDeliver = wire::Task::What::kDeliver;
  static constexpr auto kProbe = wire::Task::What::kProbe;

  explicit DeskTest(uint32_t threads = 2, uint32_t slots = 4)
      : desk_(
            {{77}, {{{"op"}, {"billing"}}}, threads, slots, absl::Seconds(20), absl::Seconds(60)}) {
  }

  static wire::Task TaskOf(uint64_t request, uint32_t attempt, wire::Task::What what) {
    wire::Task task;
    task.what = what;
    task.envelope.id = {request};
    task.attempt = attempt;
    task.lease = absl::Seconds(30);
    task.content = "content of " + std::to_string(request);
    return task;
  }
  void Get(uint64_t request, uint32_t attempt = 1, wire::Task::What what = kDeliver) {
    desk_.Take(wire::Work{{TaskOf(request, attempt, what)}}, now_);
  }
  void Proceed(const wire::Begin& begin, absl::Duration silence = absl::Seconds(120)) {
    wire::Proceed proceed;
    for (const auto attempt : begin.attempts) {
      proceed.items.push_back({attempt, ErrorCode::kNone, silence});
    }
    desk_.Take(proceed, asked_, now_);
  }
  // Begins all that may begin, and asks the broker at once.
  std::vector<HandlerCall> Begin() {
    asked_ = now_;
    if (const auto begin = desk_.NextBegin(now_)) Proceed(*begin);
    return desk_.NextCalls(now_);
  }
  void Note(const wire::Report& report, ErrorCode code = ErrorCode::kNone) {
    desk_.Take(report, wire::Noted{std::vector(report.items.size(), code)});
  }
  void Finish(uint64_t request, std::optional<Outcome> outcome, uint32_t attempt = 1,
              wire::Task::What what = kDeliver) {
    desk_.Done({{request}, attempt}, what, std::move(outcome));
  }

  absl::Time now_ = absl::UnixEpoch();
  absl::Time asked_ = absl::UnixEpoch();
  Desk desk_;
};

}  // namespace ecluse
