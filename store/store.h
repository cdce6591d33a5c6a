// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proto/envelope.h"
#include "proto/gate.h"
#include "proto/history.h"
#include "proto/hold.h"
#include "proto/job.h"
#include "proto/names.h"
#include "proto/state.h"
#include "proto/wire.h"

// The port to what survives a crash. The unit is the atomic batch of one turn; how it lies on
// disk is the engine's affair (FORMAT.md for RocksDB), so that another engine may stand here.
namespace ecluse::store {

// What a batch says, as values. The engine derives every index from `before` and `after`.
struct NewRequest {
  Envelope envelope;
  std::string content;
  State state;
  JournalEntry entry;
};

struct Transition {
  RequestId id;
  PracticeId practice;
  Destination destination;
  State before;
  State after;  // may equal `before`: then only the entry is new
  JournalEntry entry;
  Rank rank = {};  // of its envelope
};

// A person sent it another way: the envelope with its new destination replaces the one there is.
// In the same batch, and before it in the order of things, a transition has left the old
// destination's indexes: the request is Waiting.
struct Moved {
  Envelope envelope;
};

// What is known of a practice's login at an operator; never the login itself.
struct Account {
  OperatorId run_by;
  PracticeId practice;
  uint64_t epoch = 0;  // of its newest credential
  absl::Time set_at = absl::InfinitePast();
  bool proven = false;  // the operator took something with it
  bool operator==(const Account&) const = default;
};

// The bank account that a practice's bills name, as a keyed hash.
struct Payee {
  PracticeId practice;
  std::string digest;
  bool operator==(const Payee&) const = default;
};

struct NewAnswer {
  PracticeId practice;
  wire::InboxEntry entry;
};

// Forgets the inbox entries of `practice` with positions from `from` to `to`, both included.
struct Acknowledged {
  PracticeId practice;
  uint64_t from = 0;
  uint64_t to = 0;
};

// How many requests of a destination are in a state, by the hour of their deposit. Terminal
// states are all counted under hour 0. Zero erases the tally.
struct Tally {
  Destination destination;
  StateCode state = StateCode::kReady;
  int64_t hour = 0;  // hours since 1970-01-01 UTC
  uint64_t requests = 0;
};

// How many requests of a practice are Ready for a destination, in one share. Zero erases it.
struct LaneCount {
  Destination destination;
  PracticeId practice;
  uint64_t ready = 0;
  Share share = Share::kFresh;
};

struct InboxMark {
  PracticeId practice;
  uint64_t last = 0;          // position of the newest entry ever
  uint64_t acknowledged = 0;  // all up to here are forgotten
};

struct Batch {
  std::vector<NewRequest> deposits;
  std::vector<Transition> transitions;
  std::vector<NewAnswer> answers;
  std::vector<Acknowledged> acknowledged;
  std::vector<std::pair<Destination, GateState>> gates;
  std::vector<Hold> placed;
  std::vector<HoldId> lifted;
  std::vector<Moved> moved;
  std::vector<RequestId> erased;  // their contents are no longer needed and must go
  std::vector<Job> jobs;          // new, or as they stand now
  std::vector<JobId> forgotten;   // finished jobs
  std::vector<Account> accounts;
  std::vector<Payee> payees;
  // Absolute values, not differences.
  std::vector<Tally> tallies;
  std::vector<LaneCount> lanes;
  std::vector<InboxMark> marks;
  std::optional<RequestId> last_request;  // the highest number ever given
  std::optional<HoldId> last_hold;
  std::optional<JobId> last_job;
  // The broker has placed the hold of a restored store; it need not be told again.
  bool fence_noted = false;

  bool empty() const;
};

// Only a commit that is durable makes one: the proof that words may leave. See Step::Release().
class Committed {
 private:
  Committed() = default;
  friend class Store;
};

struct Request {
  Envelope envelope;
  State state;
};

// All that a broker must know before it hears its first word. Its size follows what is in
// flight and the number of practices, never the backlog.
struct Recovered {
  struct InFlight {
    RequestId id;
    PracticeId practice;
    Destination destination;
    State state;  // Leased or Sending
  };
  std::vector<InFlight> in_flight;
  std::vector<std::pair<Destination, GateState>> gates;
  std::vector<Hold> holds;
  std::vector<Tally> tallies;
  std::vector<LaneCount> lanes;
  std::vector<InboxMark> marks;
  RequestId last_request;
  HoldId last_hold;
  JobId last_job;
  std::vector<Job> jobs;
  std::vector<Account> accounts;
  std::vector<Payee> payees;
  StoreEpoch epoch = 0;
  // This epoch is new: the store was restored or is a copy, and no broker has noted it yet.
  bool fenced = false;
};

// Reads of what is committed. A read that fails (damage, I/O) returns nothing found and makes the
// store unsound for ever: the next Commit fails, the process stops, and no word based on the
// failed read leaves. So callers need no error path of their own.
class Reads {
 public:
  virtual ~Reads() = default;

  virtual std::optional<Request> Find(RequestId id) const = 0;
  virtual std::optional<RequestId> Find(const BusinessKey& key) const = 0;

  // The content, as deposited, or a status: damage of one content is the affair of that request
  // alone and does not make the store unsound.
  virtual absl::StatusOr<std::string> Content(RequestId id) const = 0;

  // The keyed hash that tells a repeat from a conflict. Pure: the same for the life of the store.
  virtual std::string Digest(Kind kind, const std::string& format,
                             const std::string& content) const = 0;

  // The next Ready requests of one practice for one destination, in order of rank, after `after`
  // and of its share. nullopt: from the first of `share`. At most `at_most`.
  virtual std::vector<Rank> Ready(const Destination& destination, const PracticeId& practice,
                                  Share share, const std::optional<Rank>& after,
                                  size_t at_most) const = 0;
  // The requests that belong to the case that `root` begins, in order of number, without it.
  virtual std::vector<RequestId> CaseOf(RequestId root) const = 0;

  enum class Due { kRetry, kProbe };
  struct DueAt {
    absl::Time at;
    RequestId id;
  };
  // The requests of a destination that are to be retried (Deferred) or probed (InDoubt and
  // Awaiting), soonest first, whatever their time; those without a time never. At most `at_most`.
  virtual std::vector<DueAt> NextDue(const Destination& destination, Due due,
                                     size_t at_most) const = 0;

  virtual std::vector<wire::InboxEntry> InboxAfter(const PracticeId& practice, uint64_t position,
                                                   size_t at_most, size_t bytes) const = 0;
  virtual std::vector<JournalEntry> History(RequestId id) const = 0;
  // The numbers of the requests in a state that needs care (Waiting, Deferred, InDoubt), in order,
  // after `after`, by an index: at most `at_most`.
  virtual std::vector<RequestId> InState(StateCode code, RequestId after, size_t at_most) const = 0;
  // Requests by number, after `after`: at most `at_most` of them, whatever they are.
  virtual std::vector<Request> Scan(RequestId after, size_t at_most) const = 0;
};

class Store : public Reads {
 public:
  // Makes all of `batch` durable, in order, or none of it. An empty batch costs no sync.
  //
  // An error means that nobody knows which: the batch may come back after a restart. The caller
  // must stop the process and recover; it must not retry and must not go on.
  absl::StatusOr<Committed> Commit(const Batch& batch) {
    const absl::Status status = Write(batch);
    if (!status.ok()) return status;
    return Committed();
  }

  virtual absl::StatusOr<Recovered> Recover() const = 0;

  // A copy of what is committed, complete and synced on return, in `directory`, which must not
  // exist. The store goes on. An error leaves nothing behind and harms nothing.
  virtual absl::Status Backup(const std::string& directory) const = 0;

 private:
  virtual absl::Status Write(const Batch& batch) = 0;
};

}  // namespace ecluse::store
