// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <string>
#include <vector>

#include "tests/support/programs/ops.h"
#include "tests/support/story/progress.h"
#include "tests/support/story/rules.h"
#include "tests/support/story/world.h"

namespace ecluse::story {

using programs::Ops;

// One operator demands new passwords of everybody. Ops declare the incident; two thirds of the
// practices have changed theirs before the reopening, and the others come later.
class Rotation {
 public:
  Rotation(World& world, Ops& ops, Progress& progress,
           const std::vector<patients::Practice>& practices);

  absl::Status Begin();
  // The others change theirs now.
  absl::Status ChangeLate();

  const OperatorId& at() const { return at_; }
  bool IsLate(const PracticeId& practice) const;
  // Since when each practice that was late has its new password; before, nothing of it may go.
  const std::vector<NewPassword>& late() const { return late_; }

 private:
  absl::StatusOr<bool> WasTried(const PracticeId& practice) const;

  World& world_;
  Ops& ops_;
  Progress& progress_;
  const std::vector<patients::Practice>& practices_;
  const OperatorId at_ = {"carte-blanche"};
  std::vector<NewPassword> late_;
};

}  // namespace ecluse::story
