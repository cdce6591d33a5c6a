// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "proto/envelope.h"
#include "proto/errors.h"
#include "proto/gate.h"
#include "proto/history.h"
#include "proto/hold.h"
#include "proto/names.h"
#include "proto/outcome.h"
#include "proto/state.h"

// What peers say to the broker and hear from it, as plain values. PROTOCOL.md is the contract;
// proto/codec.h turns these into frames and back. Every call may be repeated until answered.
namespace ecluse::wire {

inline constexpr uint32_t kVersion = 1;

// ---- practice ---------------------------------------------------------------------------

struct Deposit {
  struct Item {
    Destination destination;
    std::string finess;
    std::string reference;
    Kind kind = Kind::kAuthorisation;
    std::string format;
    std::string content;     // travels in a frame of its own
    RequestId follows = {};  // the request it belongs to; 0: none
    // Given with the operator "card": the routing tables choose.
    std::optional<Card> card = {};
    // What the broker's edge found wrong with the content. It does not travel.
    std::vector<Problem> found = {};
    bool operator==(const Item&) const = default;
  };
  std::vector<Item> items;
  bool operator==(const Deposit&) const = default;
};

// Durable when it is heard, and from then on the broker's duty.
struct Receipt {
  RequestId number;
  absl::Time deposited_at;       // of the first deposit; millisecond precision on the wire
  bool repeated = false;         // this deposit was a repeat of an earlier one
  Destination destination = {};  // where it will go; of interest to deposits by card
  std::vector<Problem> warnings = {};
  bool operator==(const Receipt&) const = default;
};

struct DepositResult {
  std::vector<std::variant<Receipt, Error>> results;  // one per item, in order
  bool operator==(const DepositResult&) const = default;
};

struct StatusOf {
  struct ByReference {
    Destination destination;
    std::string reference;
    bool operator==(const ByReference&) const = default;
  };
  std::vector<RequestId> receipts;
  std::vector<ByReference> references;
  bool operator==(const StatusOf&) const = default;
};

// Why a request is not moving now; the texts for a screen are in proto/texts.h.
enum class WhyWaiting : uint8_t {
  kNothing = 0,     // it is moving, or at its end
  kTurn = 1,        // others are before it
  kGateClosed = 2,  // the destination is closed
  kCanary = 3,      // the destination just reopened: one request goes first
  kPaused = 4,      // the operator asked for a pause, or can't be reached
  kHeld = 5,        // a hold
  kRetry = 6,       // it will be tried again
  kStrikes = 7,     // tried too often: a person looks at it
  kProbe = 8,       // in doubt: the operator is being asked
  kPerson = 9,      // in doubt: only a person can tell
  kOperator = 10,   // the operator has it and has not answered yet
  kDamaged = 11,
  kDiskLow = 12,    // the broker has no room to record deliveries
  kAccount = 13,    // the operator refused the account's login: the account needs a person
  kRoute = 14,      // the card's requests go elsewhere by now: a person decides
  kTechnical = 15,  // technical refusal: a person looks at it
};

struct RequestStatus {
  RequestId number;
  Destination destination;
  std::string reference;
  StateCode state = StateCode::kReady;
  WhyWaiting why = WhyWaiting::kNothing;
  absl::Time deposited_at;
  uint32_t attempts = 0;
  uint64_t before = 0;     // requests that go before it, while it is in its queue
  RequestId follows = {};  // the request it belongs to; 0: none
  // What the operator has said so far, in the order of the codes.
  std::vector<Decision> said = {};
  bool operator==(const RequestStatus&) const = default;
};

struct StatusResult {
  // One per asked receipt, then one per asked reference, in order.
  std::vector<std::variant<RequestStatus, Error>> results;
  bool operator==(const StatusResult&) const = default;
};

struct Withdraw {
  RequestId receipt;
  bool operator==(const Withdraw&) const = default;
};
struct WithdrawResult {
  RequestStatus status;
  bool operator==(const WithdrawResult&) const = default;
};

// Answers are kept, in order, until acknowledged.
struct Inbox {
  uint64_t acknowledge = 0;  // forget all up to this position; 0: none
  uint32_t at_most = 64;     // entries to read back, after acknowledging; 0: none
  bool operator==(const Inbox&) const = default;
};

// What an inbox entry tells.
enum class Event : uint8_t {
  kAnswered = 1,  // the operator's answer, `decision` and body
  kRejected = 2,  // the operator never took it; the body says why
  kNews = 3,      // a word on the way: the operator has it, and will say more
};

struct InboxEntry {
  uint64_t position = 0;  // 1, 2, 3… in each practice
  RequestId request;
  Destination destination;
  std::string reference;
  Event event = Event::kAnswered;
  Decision decision = Decision::kOther;
  absl::Time at;
  std::string format;
  std::string body;  // travels in a frame of its own
  bool operator==(const InboxEntry&) const = default;
};

struct InboxResult {
  std::vector<InboxEntry> entries;
  uint64_t remaining = 0;  // entries after these
  bool operator==(const InboxResult&) const = default;
};

// State of every destination, for the practice's screen.
struct Operators {
  bool operator==(const Operators&) const = default;
};

struct DestinationStatus {
  Destination destination;
  GateState gate;
  bool held = false;       // a hold stops this destination or this practice's account
  uint64_t waiting = 0;    // of this practice; of all, when ops asks
  uint64_t before = 0;     // requests that go before the practice's next one
  uint64_t in_flight = 0;  // of all; ops only
  bool operator==(const DestinationStatus&) const = default;
};

struct OperatorsResult {
  std::vector<DestinationStatus> destinations;
  bool operator==(const OperatorsResult&) const = default;
};

// ---- adapter ----------------------------------------------------------------------------

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

// ---- ops --------------------------------------------------------------------------------

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
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  bool operator==(const ShapeReport&) const = default;
};
// Upper edges of the age buckets, in hours.
inline constexpr uint32_t kShapeHours[] = {1, 4, 12, 24, 48, 96, 192, 384};

struct Filter {
  std::optional<OperatorId> run_by;
  std::optional<ServiceId> service;
  std::optional<PracticeId> practice;
  std::vector<StateCode> states;  // empty: every state
  absl::Duration older_than;      // zero: any age
  bool operator==(const Filter&) const = default;
};

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
// Puts a request that waits for a person (strikes, damage) back into its queue.
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

// -----------------------------------------------------------------------------------------

using CallBody = std::variant<Deposit, StatusOf, Withdraw, Inbox, Operators,    // practice
                              Pull, Begin, Report, Answer, Accounts,            // adapter
                              Status, Shape, List, Show, Close, Reopen, Drain,  // ops
                              PlaceHold, LiftHold, Holds, Resolve, ResolveAll, Retry>;

struct Call {
  uint64_t correlation = 0;  // the caller's own; comes back in the reply
  CallBody body;
  bool operator==(const Call&) const = default;
};

using ReplyBody = std::variant<Error, DepositResult, StatusResult, WithdrawResult, InboxResult,
                               OperatorsResult, Work, Proceed, Noted, StatusReport, ShapeReport,
                               ListResult, ShowResult, GateResult, HoldsResult, ActResult>;

struct Reply {
  uint64_t correlation = 0;
  ReplyBody body;
  bool operator==(const Reply&) const = default;
};

}  // namespace ecluse::wire
