// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/envelope.h"
#include "proto/errors.h"
#include "proto/names.h"
#include "proto/outcome.h"
#include "proto/problem.h"

// What adapters say and hear.
namespace ecluse::wire {

struct Attempt {
  RequestId request;
  uint32_t attempt = 0;
  bool operator==(const Attempt&) const = default;
};

// Asks for work, and waits for it. The broker hears in `holding` what the worker already has and
// sends again what it granted to this worker and the worker does not hold.
struct Pull {
  WorkerId worker;
  std::vector<Destination> destinations;
  uint32_t slots = 1;            // how much more the worker can take
  std::vector<Attempt> holding;  // tasks in hand
  absl::Duration wait;           // answer with no work after this long
  bool operator==(const Pull&) const = default;
};

struct Task {
  // kDryRun: render and check as for delivery, and send nothing.
  enum class What : uint8_t { kDeliver = 1, kProbe = 2, kDryRun = 3 };
  What what = What::kDeliver;
  Envelope envelope;  // without digest, share and payee: they stay with the broker
  uint32_t attempt = 0;
  absl::Duration lease;    // kDeliver: time left to ask Begin; kProbe: time left to tell
  std::string content;     // kDeliver and kDryRun; travels in a frame of its own
  std::string grant = {};  // number of the authorisation that the request is to take along
  JobId job = {};          // kDryRun: whose
  bool operator==(const Task&) const = default;
};

// A worker that has heard a greater epoch refuses all work of a smaller one: it comes from a broker
// that was restored over. A broker refuses Begin of another epoch than its own (kFenced).
struct Work {
  std::vector<Task> tasks;
  StoreEpoch epoch = 0;
  bool operator==(const Work&) const = default;
};

struct Begin {
  WorkerId worker;
  std::vector<Attempt> attempts;
  StoreEpoch epoch = 0;  // as heard with the work
  bool operator==(const Begin&) const = default;
};

// kNone: proceed, and report before `silence` is over. Anything else: put the task down, nothing
// may be sent.
struct Proceed {
  struct Item {
    Attempt attempt;
    ErrorCode error = ErrorCode::kNone;
    absl::Duration silence;
    bool operator==(const Item&) const = default;
  };
  std::vector<Item> items;
  bool operator==(const Proceed&) const = default;
};

// The outcomes of tries (after Proceed) or of probes. nullopt: cannot tell.
struct Report {
  struct Item {
    Attempt attempt;
    std::optional<Outcome> outcome;  // a body travels in a frame of its own
    bool operator==(const Item&) const = default;
  };
  WorkerId worker;
  Task::What of = Task::What::kDeliver;
  std::vector<Item> items;
  // As heard with the work. A restored store counts attempts anew, so that of another epoch only
  // the news that the operator has the request means something.
  StoreEpoch epoch = 0;
  bool operator==(const Report&) const = default;
};

// What dry runs found; nothing is noted durably.
struct Checked {
  struct Item {
    RequestId request;
    JobId job;
    std::vector<Problem> problems;  // errors: it would fail. Never a value
    bool operator==(const Item&) const = default;
  };
  WorkerId worker;
  std::vector<Item> items;
  bool operator==(const Checked&) const = default;
};

// The worker will not take more: its waiting pull is forgotten, and what was leased to it and not
// begun goes back at once.
struct Leave {
  WorkerId worker;
  bool operator==(const Leave&) const = default;
};

// An answer that came by itself, without a task: from any worker that serves the destination.
struct Answer {
  RequestId request;
  Outcome outcome;  // Answered, Rejected, or Accepted with a word on the way
  bool operator==(const Answer&) const = default;
};

// Which credentials the adapter has: said when it starts and whenever one is set anew. A hold that
// a refused login placed is lifted by a newer epoch of that account, and by nothing else of this.
struct Accounts {
  struct Item {
    PracticeId practice;
    uint64_t epoch = 0;  // grows with every new credential of the account
    // When it was set. A clock time by nature, as the hour of an incident is: a duration would be
    // wrong when the call is repeated days later to a broker that was away. InfinitePast: unknown.
    absl::Time set_at = absl::InfinitePast();
    bool operator==(const Item&) const = default;
  };
  std::vector<Item> items;
  bool operator==(const Accounts&) const = default;
};

// kNone: noted, durably; kStale: nothing changed and repeating is useless.
struct Noted {
  std::vector<ErrorCode> results;  // one per item, in order
  bool operator==(const Noted&) const = default;
};

}  // namespace ecluse::wire
