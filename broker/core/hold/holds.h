// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>
#include <absl/time/time.h>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "proto/envelope.h"
#include "proto/hold.h"

namespace ecluse {

// The set of holds. Lifting one never lifts another's: a request goes only when none is left.
//
// Four ways in which a hold stops, by its rule and scope: whole lanes (Stops), requests of a kind
// or of a time as their turn comes (StopsFinely), accounts one by one (IncidentOf), and a practice
// whose requests are set aside for two people (IsQuarantined).
class Holds {
 public:
  void Place(const Hold& hold);
  std::optional<Hold> Lift(HoldId id);
  const Hold* Find(HoldId id) const;
  // The same owner, scope, reason, rule and end: placing it again is a repeat, not a second hold.
  // Of an incident also the same `since`, unless `hold` has none. Of several the newest.
  const Hold* FindSame(const Hold& hold) const;

  // Does anything hold all requests of this practice for this destination?
  bool Stops(const Destination& destination, const PracticeId& practice) const;
  // … all requests for this destination, whoever deposited them?
  bool Stops(const Destination& destination) const;
  // … this very request?
  bool Stops(RequestId request) const { return requests_.contains(request); }
  // Was the store restored, and has nobody let it go yet?
  bool IsRestored() const { return restored_ > 0; }

  // Does a hold on kinds or times of deposit cover this one? Those stop no lane.
  bool StopsFinely(const Envelope& envelope) const;
  // How many of those there are; asking costs as much.
  size_t fine() const { return fine_.size(); }
  bool IsQuarantined(const PracticeId& practice) const { return quarantined_.contains(practice); }
  const absl::btree_map<PracticeId, int>& quarantined() const { return quarantined_; }
  // The newest incident declared for the operator: credentials set before it are not used.
  // InfinitePast: none.
  absl::Time IncidentOf(const OperatorId& run_by) const;

  // Do these stop even probes? Everything of Stops() does but the hold of a restored store: there
  // the operator is asked first.
  bool StopsProbes(const Destination& destination) const;
  bool StopsProbes(const Destination& destination, const PracticeId& practice) const;

  // Is the account held because the operator refused its login?
  bool AwaitsLogin(const OperatorId& run_by, const PracticeId& practice) const {
    return logins_.contains(Place_{run_by.text, "", practice.text});
  }

  // Those whose time is over, and when the next one's is.
  std::vector<HoldId> EndedBy(absl::Time now) const;
  absl::Time NextEnd() const;

  // Everything that holds this request, in order of placing. An incident is told of all requests
  // of its operator, whether their account passes it or not.
  std::vector<Hold> Over(const Envelope& envelope) const;
  std::vector<Hold> Over(const Destination& destination, const PracticeId& practice,
                         RequestId request) const;
  std::vector<Hold> All() const;
  // At most so many, in order of placing; where there are more, those of people come first.
  std::vector<Hold> Shown(size_t most) const;
  size_t size() const { return holds_.size(); }
  size_t of_people() const { return of_people_; }

 private:
  // A scope without its request: empty text for a part that is not given.
  using Place_ = std::tuple<std::string, std::string, std::string>;
  static Place_ PlaceOf(const Scope& scope);
  void Count(const Hold& hold, int by);

  absl::btree_map<HoldId, Hold> holds_;
  size_t of_people_ = 0;  // not placed by a rule of the broker
  // How many holds are on each; so that asking costs the same whatever their number.
  absl::flat_hash_map<Place_, int> places_;
  absl::flat_hash_map<RequestId, int> requests_;
  absl::flat_hash_map<Place_, int> logins_;  // those of HoldRule::kCredentials
  absl::btree_map<PracticeId, int> quarantined_;
  absl::btree_map<HoldId, Scope> fine_;
  absl::btree_set<std::tuple<OperatorId, absl::Time, HoldId>> incidents_;
  absl::btree_set<std::pair<absl::Time, HoldId>> ends_;
  int restored_ = 0;
};

// Placed by a rule of the broker, not by a person.
bool IsOfBroker(HoldRule rule);

}  // namespace ecluse
