// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>
#include <absl/container/node_hash_map.h>
#include <absl/time/time.h>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "broker/core/account/rests.h"
#include "broker/core/cause.h"
#include "broker/core/delivery/queue.h"
#include "broker/core/flight.h"
#include "broker/core/gate/gate.h"
#include "broker/core/hold/holds.h"
#include "broker/core/policy.h"
#include "broker/core/request/routes.h"
#include "broker/core/step.h"
#include "store/store.h"

namespace ecluse {

// One turn's step and the one time that stands still during it.
struct Turn {
  Step& step;
  absl::Time now;
};

// Who made a change, and in which words, for the journal.
struct Author {
  std::string name;  // ops name or worker number; empty: the broker itself
  std::string note;
};

// What the broker knows: requests as they stand within this turn, and everything derived from
// their states. The one place that changes a state, so that queue, flight, counts, journal and
// inbox can't disagree with it.
class Books {
 public:
  Books(const store::Reads& reads, Policies policies, Routes routes,
        const store::Recovered& recovered, House house);

  // Forgets what the last turn looked up; its changes are committed by now.
  void OpenTurn();
  // Writes the counts and gates that changed into the batch.
  void CloseTurn(const Turn& turn);

  // A request as it stands in this turn; valid until the turn ends. nullptr: there is none.
  store::Request* Find(RequestId id);
  store::Request* Find(const BusinessKey& key);

  // Takes a new request in charge and numbers it.
  RequestId Accept(const Turn& turn, Envelope envelope, std::string content,
                   State state = state::Ready{});

  // Lets `cause` happen to the request: state, journal, counts, indexes, and the inbox where the
  // outcome is an answer. False: the cause means nothing in this state; nothing changed.
  bool Apply(const Turn& turn, store::Request& request, const Cause& cause,
             const Author& author = {});
  // Sends a Waiting request another way: it goes to the queue of `to`, with its history. False: it
  // may be at the operator that it had; nothing changed.
  bool Move(const Turn& turn, store::Request& request, const Destination& to, const Author& author);
  // Marks the first of a case: others follow it, so its changes concern them.
  void MarkLeads(const Turn& turn, store::Request& root);
  // The requests of a case in order of number, without its root; those of this turn too.
  std::vector<RequestId> CaseOf(RequestId root) const;
  // The cases in which something changed since this was last asked.
  absl::btree_set<RequestId> TakeChangedCases() { return std::exchange(changed_cases_, {}); }
  // Asks the practice something, by its inbox.
  void Ask(const Turn& turn, const Envelope& envelope, wire::Event event, wire::WhyWaiting why);
  // A line in the history of a request that stays as it is.
  void Remark(const Turn& turn, const store::Request& request, const Author& author,
              CauseCode cause = CauseCode::kRemark);

  void PlaceHold(const Turn& turn, Hold hold);
  // INVARIANT: a rule of the broker lifts only its own, and the clock only what has an end.
  void LiftHold(const Turn& turn, HoldId id, const Author& author);
  // Were holds on kinds or times lifted since this was last asked? What they set aside may go.
  bool TakeLifted() { return std::exchange(lifted_, false); }
  bool Acknowledge(const Turn& turn, const PracticeId& practice, uint64_t position);
  // The first time since the store was restored, what the inbox holds gets positions of this life:
  // else a practice that had read further would acknowledge what it never saw.
  void OpenInbox(const Turn& turn, const PracticeId& practice);

  // The gate of a destination, to be told something. It goes into the batch if it says that this
  // changed its record.
  Gate& ChangeGate(const Destination& destination);
  const Gate& GateOf(const Destination& destination) const;
  const Policy& PolicyOf(const Destination& destination) const;
  const Policies& policies() const { return policies_; }
  const House& house() const { return house_; }
  StoreEpoch epoch() const { return epoch_; }
  RequestId last_request() const { return last_request_; }
  // Requests that the operator may hold twice, as far as this life has seen.
  uint64_t alarms() const { return alarms_; }
  const Routes& routes() const { return routes_; }
  // Its card's requests go to another destination by now, or to none, and nobody said that it is
  // to go all the same.
  bool IsAstray(const store::Request& request, absl::Time now) const;
  bool Exists(const Destination& destination) const { return policies_.contains(destination); }
  // Those of the configuration, and those that only the store remembers.
  std::vector<Destination> Destinations() const;

  Queue& QueueOf(const Destination& destination) { return queues_[destination]; }
  const Queue& QueueOf(const Destination& destination) const;
  const Flight& flight() const { return flight_; }
  const Holds& holds() const { return holds_; }
  Rests& rests() { return rests_; }
  const Rests& rests() const { return rests_; }
  HoldId last_hold() const { return last_hold_; }
  const store::Reads& reads() const { return reads_; }
  store::InboxMark MarkOf(const PracticeId& practice) const;

  // The soonest retry or probe of a destination that may be due; never later than the true one.
  absl::Time NextDue(const Destination& destination, store::Reads::Due due) const;
  void SetNextDue(const Destination& destination, store::Reads::Due due, absl::Time at);

  // (destination, state, hour of deposit) → requests.
  using Tallies = absl::btree_map<std::tuple<Destination, StateCode, int64_t>, uint64_t>;
  const Tallies& tallies() const { return tallies_; }

 private:
  void Restore(const store::Recovered& recovered);
  void Change(const Turn& turn, store::Request& request, const State& after, JournalEntry entry);
  void Index(const Envelope& envelope, const State* before, const State& after);
  void Count(const Envelope& envelope, StateCode code, int64_t by);
  void PutInInbox(const Turn& turn, const Envelope& envelope, wire::Event event,
                  const Outcome& outcome);
  wire::InboxEntry& NewInboxEntry(const Turn& turn, const Envelope& envelope, wire::Event event);
  void NoteDue(const Destination& destination, const State& state);

  const store::Reads& reads_;
  const Policies policies_;
  const Routes routes_;
  const House house_;
  const StoreEpoch epoch_;
  uint64_t alarms_ = 0;

  absl::btree_map<Destination, Gate> gates_;
  absl::btree_map<Destination, Queue> queues_;
  absl::btree_map<PracticeId, store::InboxMark> marks_;
  Tallies tallies_;
  Holds holds_;
  Rests rests_;
  Flight flight_;
  absl::btree_map<std::pair<Destination, store::Reads::Due>, absl::Time> next_due_;
  RequestId last_request_;
  HoldId last_hold_;
  bool lifted_ = false;

  // This turn's: what was looked up or changed. What is in flight stays from turn to turn.
  absl::node_hash_map<RequestId, store::Request> requests_;
  std::vector<RequestId> looked_up_;
  absl::flat_hash_map<BusinessKey, RequestId> new_keys_;
  absl::flat_hash_map<RequestId, std::vector<RequestId>> new_in_case_;
  absl::btree_set<RequestId> changed_cases_;
  absl::btree_set<std::tuple<Destination, StateCode, int64_t>> changed_tallies_;
  absl::btree_set<std::tuple<Destination, PracticeId, Share>> changed_lanes_;
  absl::btree_set<PracticeId> changed_marks_;
};

}  // namespace ecluse
