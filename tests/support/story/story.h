// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/patients/requests.h"
#include "tests/support/programs/ops.h"
#include "tests/support/story/books.h"
#include "tests/support/story/opening.h"
#include "tests/support/story/practice.h"
#include "tests/support/story/progress.h"
#include "tests/support/story/rules.h"
#include "tests/support/story/tally.h"
#include "tests/support/story/world.h"

namespace ecluse::story {

// February 2024, act by act. Each act returns when what it tells has happened; an error ends the
// story. Processes are killed when a count is reached, so that every run has its kills in the
// same places.
class Story {
 public:
  Story(World& world, const std::vector<patients::Practice>& practices,
        const std::vector<patients::Request>& requests, Progress& progress, int kills);

  absl::Status ClosePortals();
  // One practice is in a hurry: what the broker finds wrong is shown.
  absl::Status MakeMistakes();
  // All practices at once. The broker is killed on the way and comes back.
  absl::Status Deposit();
  // One operator demands new passwords.
  absl::Status DemandPasswords();
  absl::Status Announce();
  // Operators come back, each in its own way. Until every request is at its end and answered. An
  // adapter is killed on the way, and after it the broker, by turns.
  absl::Status Drain();
  absl::StatusOr<Verdict> Judge();
  Clock clock() const { return opening_ == nullptr ? Clock() : opening_->clock(); }

 private:
  // Every practice acts on a thread of its own, and `meanwhile` on this one.
  absl::Status EachPractice(const std::function<absl::Status(Practice&)>& act,
                            const std::function<absl::Status()>& meanwhile);
  absl::Status KillAt(Tally& tally, Process& process, const std::string& counted);
  Process& NextVictim();
  // What must hold at a reopening, and how each practice fared.
  void JudgeReopening(const Ledgers& ledgers, Verdict& verdict) const;
  std::vector<Notebook> Notebooks() const;

  World& world_;
  Progress& progress_;
  std::unique_ptr<Ops> ops_;
  std::unique_ptr<Opening> opening_;
  GateLog gates_;
  const std::vector<patients::Practice>& people_;
  std::vector<std::unique_ptr<Practice>> practices_;
  Tally receipts_, answers_;
  std::atomic<bool> enough_ = false;
  const uint64_t deposited_;  // before anything follows
  std::atomic<uint64_t> expected_;
  const int kills_;
  size_t victims_ = 0;
  std::atomic<size_t> acting_ = 0;
};

}  // namespace ecluse::story
