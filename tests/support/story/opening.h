// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/programs/ops.h"
#include "tests/support/story/progress.h"
#include "tests/support/story/world.h"

namespace ecluse::story {

using programs::Ops;

// How the five come back, each in its own way; what of it is documented is in the READMEs of
// adapters/operators. Hours and order are the story's.
class Opening {
 public:
  Opening(World& world, Ops& ops, Progress& progress,
          const std::vector<patients::Practice>& practices)
      : world_(world), ops_(ops), progress_(progress), practices_(practices) {}

  // Every portal is closed, no date is known.
  absl::Status CloseAll();
  // Operators announce their hours, and ops staff write them down.
  absl::Status Announce(absl::Time now);
  // To be called again and again: does what is due, and what people have to do meanwhile.
  absl::Status Look(absl::Time now);

 private:
  struct Event {
    absl::Time at;
    std::string says;                                       // empty: nothing worth saying
    std::vector<std::pair<OperatorId, std::string>> lines;  // to the simulated operators
  };
  absl::Status AnnounceHour(const Destination& destination, absl::Time hour);
  // Bills that went by mail while portals were closed.
  absl::Status CountBills();
  void Plan(absl::Time base);
  absl::Status LookAfterAccounts();
  absl::Status LookAfterTechnicalRefusals();

  World& world_;
  Ops& ops_;
  Progress& progress_;
  const std::vector<patients::Practice>& practices_;
  std::vector<Event> events_;  // in the order of time
  size_t done_ = 0;
  std::set<std::pair<OperatorId, PracticeId>> changed_;
};

}  // namespace ecluse::story
