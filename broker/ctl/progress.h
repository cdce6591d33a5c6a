// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "broker/ctl/view.h"
#include "proto/wire.h"

namespace ecluse::ctl {

// How far a drain has come, from two status reports: at its start and now.
struct Progress {
  Destination destination;
  uint64_t asked = 0;      // as many as may go: the asked number, or all that waited if fewer
  uint64_t left = 0;       // still allowed to go
  uint64_t in_flight = 0;  // gone to a worker, and no word yet
  uint64_t waiting = 0;
  int64_t in_doubt = 0;  // more than at the start
  int64_t deferred = 0;  // more than at the start
  bool over = false;     // nothing more will come of it

  uint64_t Passed() const { return asked > left ? asked - left : 0; }
  bool operator==(const Progress&) const = default;
};

// `asked`: the drain's number. A destination that is in neither report gives a Progress that is
// over.
Progress Measure(const Destination& destination, uint64_t asked, const wire::StatusReport& start,
                 const wire::StatusReport& now);

// For a terminal, one line without its end.
std::string Bar(const Progress& progress, const View& view);
// For a log: one line.
std::string ProgressText(const Progress& progress, const View& view);
// For programs: one line.
std::string ProgressJson(const Progress& progress);
// When it is over.
std::string SummaryText(const Progress& progress, const View& view);

// What may keep it from moving, one line each; empty when nothing is to be seen.
std::string WhyStill(const Destination& destination, const wire::StatusReport& now,
                     const View& view);

}  // namespace ecluse::ctl
