// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "tests/support/story/clock.h"
#include "tests/support/story/progress.h"
#include "tests/support/story/rules.h"

namespace ecluse::story {

// Shows the drain while it goes on: a bar, and each change of a gate.
class DrainView {
 public:
  DrainView(Progress& progress, const Clock& clock, Destination watched)
      : progress_(progress), clock_(clock), watched_(std::move(watched)) {}

  // `answered`: what the practices have heard, of `requests` that there are or will be. True when
  // every request is at its end and answered.
  bool Look(const wire::StatusReport& report, uint64_t answered, uint64_t requests);
  // The gates' changes so far.
  const GateLog& log() const { return log_; }

 private:
  bool MayInterest(const wire::DestinationStatus& d);
  void ShowGates(const wire::StatusReport& report);

  Progress& progress_;
  const Clock& clock_;
  const Destination watched_;
  std::set<Destination> rose_;
  GateLog log_;
  std::map<Destination, GateCode> gates_;
};

}  // namespace ecluse::story
