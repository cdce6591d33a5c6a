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
  enum class What : uint8_t { kDeliver = 1, kProbe = 2 };
  What what = What::kDeliver;
  Envelope envelope;  // without digest
  uint32_t attempt = 0;
  absl::Duration lease;  // kDeliver: time left to ask Begin; kProbe: time left to tell
  std::string content;   // kDeliver only; travels in a frame of its own
  bool operator==(const Task&) const = default;
};

struct Work {
  std::vector<Task> tasks;
  bool operator==(const Work&) const = default;
};

struct Begin {
  WorkerId worker;
  std::vector<Attempt> attempts;
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
  bool operator==(const Report&) const = default;
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
