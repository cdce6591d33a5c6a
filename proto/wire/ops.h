// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/card.h"
#include "proto/envelope.h"
#include "proto/filter.h"
#include "proto/gate.h"
#include "proto/history.h"
#include "proto/hold.h"
#include "proto/names.h"
#include "proto/state.h"
#include "proto/wire/practice.h"

// What ops staff say and hear.
namespace ecluse::wire {

struct Status {
  bool operator==(const Status&) const = default;
};
struct StatusReport {
  struct Count {
    Destination destination;
    StateCode state = StateCode::kReady;
    uint64_t requests = 0;
    bool operator==(const Count&) const = default;
  };
  std::string version;
  absl::Duration up;
  bool disk_low = false;
  uint64_t holds = 0;
  uint64_t workers = 0;  // heard from lately
  uint64_t unfit = 0;    // deposits refused for their content since the start
  StoreEpoch epoch = 0;
  uint64_t alarms = 0;  // requests that the operator may hold twice
  std::vector<DestinationStatus> destinations;
  std::vector<Count> counts;
  bool operator==(const StatusReport&) const = default;
};

// Unfinished requests by destination and age.
struct Shape {
  bool operator==(const Shape&) const = default;
};
struct ShapeReport {
  struct Row {
    Destination destination;
    std::vector<uint64_t> requests;  // one per bucket of kShapeHours, then one for older
    // Of them, those whose date comes within kShapeDue, or has passed.
    uint64_t due_soon = 0;
    bool due_at_least = false;  // not all could be looked at: there may be more
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  bool operator==(const ShapeReport&) const = default;
};
// Upper edges of the age buckets, in hours.
inline constexpr uint32_t kShapeHours[] = {1, 4, 12, 24, 48, 96, 192, 384};
inline constexpr uint32_t kShapeDueHours = 48;

using ecluse::Filter;

struct List {
  Filter filter;
  RequestId after;  // 0: from the first
  uint32_t at_most = 100;
  bool operator==(const List&) const = default;
};
struct ListRow {
  RequestStatus status;  // without the practice's reference: it is not for ops
  PracticeId practice;
  bool operator==(const ListRow&) const = default;
};
struct ListResult {
  std::vector<ListRow> rows;
  // Where to go on; the look went no further, whether rows were found or not. 0: that was all.
  RequestId next;
  bool operator==(const ListResult&) const = default;
};

struct Show {
  RequestId request;
  bool operator==(const Show&) const = default;
};
struct ShowResult {
  ListRow row;
  std::string finess;
  Kind kind = Kind::kAuthorisation;
  std::string format;
  uint64_t content_bytes = 0;
  std::optional<absl::Time> next_at;  // lease end, retry or probe, whichever the state has
  std::vector<Hold> holds;            // all that stop it now
  std::vector<JournalEntry> history;  // oldest first
  std::optional<Card> card = {};      // where the routing tables chose the destination
  std::optional<Destination> deposited_to = {};  // before ops sent it another way
  Wait wait = Wait::kHeld;                       // why, while it is Waiting
  std::string number = {};                       // the operator's own for it
  std::string grant = {};                        // of the authorisation that it takes along
  bool maybe_twice = false;
  bool operator==(const ShowResult&) const = default;
};

struct Close {
  Destination destination;
  std::string reason;
  std::optional<absl::Time> announced;  // a clock time by nature; the zone is the caller's affair
  bool operator==(const Close&) const = default;
};
struct Reopen {
  Destination destination;
  std::string reason;
  bool at_once = false;  // without a canary
  bool operator==(const Reopen&) const = default;
};
// Lets the next N requests pass a closed gate. Sets the allowance and adds nothing to it, so that
// a repeat changes nothing.
struct Drain {
  Destination destination;
  uint32_t first = 0;
  std::string reason;
  bool operator==(const Drain&) const = default;
};
struct GateResult {
  Destination destination;
  GateState gate;
  bool operator==(const GateResult&) const = default;
};

struct PlaceHold {
  Scope scope;
  std::string reason;
  absl::Time until = absl::InfiniteFuture();  // a clock time by nature, as an announced hour is
  // kPerson, kIncident (an operator alone in the scope) or kQuarantine (a practice alone).
  HoldRule rule = HoldRule::kPerson;
  // kIncident: credentials set before are not used. InfinitePast: now.
  absl::Time since = absl::InfinitePast();
  bool operator==(const PlaceHold&) const = default;
};
struct LiftHold {
  HoldId hold;
  std::string reason;
  bool operator==(const LiftHold&) const = default;
};
struct Holds {
  bool operator==(const Holds&) const = default;
};
struct HoldsResult {
  std::vector<Hold> holds;  // all, or the one that was placed or lifted
  bool operator==(const HoldsResult&) const = default;
};

enum class Verdict : uint8_t {
  kSent = 1,     // the operator has it: the request awaits its answer
  kNotSent = 2,  // the operator never had it: the request goes back to its queue
};
// Settles one doubt.
struct Resolve {
  RequestId request;
  Verdict verdict = Verdict::kSent;
  std::string note;
  // The try that the person judged (RequestStatus::attempts), so that a repeat can't settle a
  // later doubt. 0: whichever is in doubt now.
  uint32_t attempt = 0;
  bool operator==(const Resolve&) const = default;
};
// Settles every doubt that the filter finds: first a plan with its token, then, with it, the act.
struct ResolveAll {
  Filter filter;
  Verdict verdict = Verdict::kSent;
  std::string note;
  std::string token;  // empty: only plan
  bool operator==(const ResolveAll&) const = default;
};
// Puts a request that waits for a person (strikes, damage, payee) back into its queue.
struct Retry {
  RequestId request;
  std::string note;
  bool operator==(const Retry&) const = default;
};
struct ActResult {
  uint64_t requests = 0;  // planned or done
  bool done = false;
  std::string token;  // of the plan
  bool more = false;  // the plan was cut at limits::kResolvePerCall: plan again after it
  bool operator==(const ActResult&) const = default;
};

}  // namespace ecluse::wire
