// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <map>

#include "tests/support/programs/ops.h"
#include "tests/support/story/progress.h"

namespace ecluse::story {

using programs::Ops;

// Shows the drain while it goes on: a bar, and each change of a gate.
class DrainView {
 public:
  DrainView(Ops& ops, Progress& progress) : ops_(ops), progress_(progress) {}

  // `answered`: what the practices have heard, of `requests` that there are or will be. True when
  // every request is at its end and answered.
  absl::StatusOr<bool> Look(uint64_t answered, uint64_t requests);

 private:
  void ShowGates(const wire::StatusReport& report);

  Ops& ops_;
  Progress& progress_;
  std::map<Destination, GateCode> gates_;
};

}  // namespace ecluse::story
