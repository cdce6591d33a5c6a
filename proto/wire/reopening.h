// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/filter.h"
#include "proto/gate.h"
#include "proto/hold.h"
#include "proto/job.h"
#include "proto/names.h"
#include "proto/problem.h"
#include "proto/wire/ops.h"
#include "proto/wire/practice.h"

// What ops staff say around an incident and a reopening.
namespace ecluse::wire {

// Writes down, puts off or withdraws the hour that an operator told for one destination. Only a
// closed gate has one. The hour is a hint: at it, and this broker's own offset later, one request
// goes.
struct Announce {
  Destination destination;
  std::optional<absl::Time> at;  // nullopt: withdrawn
  std::string source;            // who told, and how; obligatory as the reason is
  std::string reason;
  bool operator==(const Announce&) const = default;
};

// Why a request waits, and when it would go, for one request.
struct Explain {
  RequestId request;
  bool operator==(const Explain&) const = default;
};
struct Explanation {
  ListRow row;
  GateState gate;
  std::vector<Hold> holds;  // all that stop it now
  // All that stands in its way, the first to be cleared first. Empty: it is on its way, or ended.
  std::vector<WhyWaiting> reasons;
  // At today's rate; nullopt: nobody can tell.
  std::optional<absl::Duration> goes_in;
  // Begun a second at today's rate, in thousandths, and what binds it (see PROTOCOL.md).
  uint64_t rate_milli = 0;
  bool operator==(const Explanation&) const = default;
};

// At today's rate: when is it empty, and who misses a date?
struct Forecast {
  Destination destination;
  PracticeId after;  // practices in order of name; empty: from the first
  bool operator==(const Forecast&) const = default;
};
struct ForecastResult {
  struct Row {
    PracticeId practice;
    uint64_t waiting = 0;
    std::optional<absl::Duration> empty_in;
    uint64_t late = 0;          // would go after their date
    bool looked_at_all = true;  // false: `late` counts the head of the lane alone
    bool operator==(const Row&) const = default;
  };
  Destination destination;
  uint64_t waiting = 0;
  uint64_t rate_milli = 0;                 // begun a second, in thousandths; 0: unknown
  bool measured = false;                   // else an assumption from the profile's ceiling
  std::optional<absl::Duration> opens_in;  // the announced hour, with this broker's offset
  std::optional<absl::Duration> empty_in;
  std::vector<Row> rows;
  bool more = false;
  bool operator==(const ForecastResult&) const = default;
};

// Requests in doubt that only a person can settle, worst first: bills before others, then by date,
// then the oldest.
struct Doubts {
  uint32_t at_most = 100;
  bool operator==(const Doubts&) const = default;
};

// The bytes as they were deposited. Who looked is written into the request's history first.
struct ReadContent {
  RequestId request;
  std::string reason;
  bool operator==(const ReadContent&) const = default;
};
struct ContentResult {
  RequestId request;
  std::string format;
  std::string content;  // travels in a frame of its own
  bool operator==(const ContentResult&) const = default;
};

// Bulk work: a plan first. The job counts, then waits for StartJob with its token.
struct PlanJob {
  JobKind kind = JobKind::kRelease;
  Filter filter;
  std::optional<Destination> to;  // kReroute
  std::string reason;
  bool operator==(const PlanJob&) const = default;
};
enum class JobAct : uint8_t {
  kStart = 1,    // with the plan's token
  kApprove = 2,  // by a second person, where one is needed
  kPause = 3,
  kResume = 4,
  kStop = 5,
};
struct ActOnJob {
  JobId job;
  JobAct act = JobAct::kStart;
  std::string token;  // kStart and kApprove
  std::string reason;
  bool operator==(const ActOnJob&) const = default;
};
struct Jobs {
  JobId job;  // 0: all
  bool operator==(const Jobs&) const = default;
};
struct JobsResult {
  struct Row {
    Job job;
    std::string token;  // while one is wanted
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;  // newest first
  bool operator==(const JobsResult&) const = default;
};

// What a dry run found, in order of number. Kept in the broker's memory: a restart forgets it.
struct Findings {
  JobId job;
  RequestId after;
  bool operator==(const Findings&) const = default;
};
struct FindingsResult {
  struct Row {
    RequestId request;
    std::vector<Problem> problems;  // never a value
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  RequestId next;  // 0: that was all
  bool operator==(const FindingsResult&) const = default;
};

// The contents that an export reserved, a page at a time; they are not terminal yet.
struct Fetch {
  JobId job;
  RequestId after;
  bool operator==(const Fetch&) const = default;
};
struct FetchResult {
  struct Row {
    RequestId request;
    PracticeId practice;
    std::string finess;
    Destination destination;
    std::string reference;  // for the files' index: they are handed over in the practice's name
    Kind kind = Kind::kAuthorisation;
    std::string format;
    absl::Time deposited_at;
    std::string content;  // travels in a frame of its own
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;  // may be none though there are more
  RequestId next;         // 0: that was all
  bool operator==(const FetchResult&) const = default;
};
// They are safely written, with this proof: from now on they can't be sent from here.
struct HandedOver {
  JobId job;
  std::vector<RequestId> requests;
  std::string proof;  // for the history: file and digest
  bool operator==(const HandedOver&) const = default;
};

// A live copy of the store, in the folder that the configuration names.
struct Backup {
  std::string name;  // IsName(); a folder of it must not exist
  std::string reason;
  bool operator==(const Backup&) const = default;
};
struct BackupResult {
  std::string path;  // on the broker's machine; complete and synced
  RequestId last_request;
  bool operator==(const BackupResult&) const = default;
};

}  // namespace ecluse::wire
