// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/flat_hash_map.h>

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "proto/envelope.h"
#include "proto/hold.h"

namespace ecluse {

// The set of holds. Lifting one never lifts another's: a request goes only when none is left.
class Holds {
 public:
  void Place(const Hold& hold);
  std::optional<Hold> Lift(HoldId id);
  const Hold* Find(HoldId id) const;
  // The same owner, scope and reason: placing it again is a repeat, not a second hold.
  const Hold* FindSame(const Hold& hold) const;

  // Does anything hold all requests of this practice for this destination?
  bool Stops(const Destination& destination, const PracticeId& practice) const;
  // … all requests for this destination, whoever deposited them?
  bool Stops(const Destination& destination) const;
  // … this very request?
  bool Stops(RequestId request) const { return requests_.contains(request); }

  // Does a hold on kinds or times of deposit cover this one? Those stop no lane.
  bool StopsFinely(const Envelope& envelope) const;
  bool IsQuarantined(const PracticeId& practice) const;
  // The newest incident declared for the operator: credentials set before it are not used.
  // InfinitePast: none.
  absl::Time IncidentOf(const OperatorId& run_by) const;
  // Stops even probes: everything of Stops() but the hold of a restored store.
  bool StopsProbes(const Destination& destination) const;

  // Is the account held because the operator refused its login?
  bool AwaitsLogin(const OperatorId& run_by, const PracticeId& practice) const {
    return logins_.contains(Place_{run_by.text, "", practice.text});
  }

  // Everything that holds this request, in order of placing.
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

  absl::btree_map<HoldId, Hold> holds_;
  size_t of_people_ = 0;  // not placed by a rule
  // How many holds are on each; so that asking costs the same whatever their number.
  absl::flat_hash_map<Place_, int> places_;
  absl::flat_hash_map<RequestId, int> requests_;
  absl::flat_hash_map<Place_, int> logins_;  // those of HoldRule::kCredentials
};

}  // namespace ecluse
