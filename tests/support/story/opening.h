// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/programs/ops.h"
#include "tests/support/story/clock.h"
#include "tests/support/story/progress.h"
#include "tests/support/story/rotation.h"
#include "tests/support/story/stampede.h"
#include "tests/support/story/world.h"

namespace ecluse::story {

using programs::Ops;

// How the five come back on the afternoon of 12 February, each in its own way; what of it is
// documented is in the READMEs of adapters/operators. Hours and order are the story's, but 13:00.
class Opening {
 public:
  Opening(World& world, Ops& ops, Progress& progress,
          const std::vector<patients::Practice>& practices);

  // Every portal is closed, no date is known.
  absl::Status CloseAll();
  // One operator demands new passwords.
  absl::Status DemandPasswords() { return rotation_.Begin(); }
  // Operators announce their hours, and ops staff write them down; one puts its hour off.
  absl::Status Announce(absl::Time now);
  // To be called again and again: does what is due, and what people have to do meanwhile.
  absl::Status Look(const wire::StatusReport& report, absl::Time now);
  // All that was to happen has happened.
  bool Over() const { return done_ == events_.size() && stampede_.Over(); }

  const Clock& clock() const { return clock_; }
  const Rotation& rotation() const { return rotation_; }
  const Destination& overrun() const { return stampede_.where(); }
  // Who had to wait where for its own account.
  std::set<std::pair<OperatorId, PracticeId>> NotLetIn() const;

 private:
  struct Event {
    absl::Time at;
    std::string says;                                       // empty: nothing worth saying
    std::vector<std::pair<OperatorId, std::string>> lines;  // to the simulated operators
    std::function<absl::Status()> also = {};
  };
  absl::Status AnnounceHours(absl::Time base);
  // Bills that went by mail while portals were closed.
  absl::Status CountBills();
  void Plan(absl::Time base);
  absl::Status LookAfterAccounts();
  absl::Status LookAfterTechnicalRefusals();
  const PracticeId& Who(size_t practice) const { return practices_.at(practice).id; }

  World& world_;
  Ops& ops_;
  Progress& progress_;
  const std::vector<patients::Practice>& practices_;
  Rotation rotation_;
  Stampede stampede_;
  Clock clock_;
  std::vector<Event> events_;  // in the order of time
  size_t done_ = 0;
  absl::Time looked_ = absl::InfinitePast();
  std::set<std::pair<OperatorId, PracticeId>> changed_;
};

}  // namespace ecluse::story
