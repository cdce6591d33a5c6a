// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include "proto/wire.h"
#include "tests/support/programs/ops.h"
#include "tests/support/story/progress.h"
#include "tests/support/story/world.h"

namespace ecluse::story {

using programs::Ops;

// The afternoon of 12 February at one portal: it lets in and records nothing, then works, then
// falls over because everybody comes at once. Each step waits for what the broker's gate does, and
// for no clock but when the portal never gets that far.
class Stampede {
 public:
  Stampede(World& world, Ops& ops, Progress& progress)
      : world_(world), ops_(ops), progress_(progress) {}

  const Destination& where() const { return where_; }
  // Authorisations have their form again, which records nothing yet.
  absl::Status Begin(absl::Time now);
  absl::Status Look(const wire::StatusReport& report, absl::Time now);
  // From now on a person looks at what it refused for technical reasons.
  bool Records() const { return step_ > Step::kRecordsNothing; }
  bool Over() const { return step_ == Step::kOver; }

 private:
  enum class Step { kBefore, kRecordsNothing, kWorks, kOverrun, kOver };
  absl::Status LookForRefusal(const wire::StatusReport& report, absl::Time now);
  absl::Status LookAtGate(const GateState& gate, absl::Time now);
  absl::Status Go(Step step, absl::Time now, std::initializer_list<const char*> lines);

  World& world_;
  Ops& ops_;
  Progress& progress_;
  const Destination where_ = {{"viamedis"}, {"authorisation"}};
  Step step_ = Step::kBefore;
  absl::Time since_;
};

}  // namespace ecluse::story
