// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/card.h"
#include "proto/names.h"

namespace ecluse {

// One row of the routing tables. An empty part fits every card.
struct Route {
  std::string amc;  // compared without zeros in front: cards and files write both ways
  std::string csr;  // `?` stands for any one character
  std::string convention;
  std::string domain;
  // Days on which a request may be sent by this row, both included.
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> until;
  // Days of care, both included: an insurer may move its members on a day.
  std::optional<absl::CivilDay> care_from;
  std::optional<absl::CivilDay> care_until;
  OperatorId run_by;
  uint32_t line = 0;  // in its file
};

// Where requests with a card go. The most specific row wins: a row with an AMC number beats one
// without; among equals, the one with more characters of the CSR written out, then one with a
// convention type, then one with a care domain. Source of the items: domain knowledge of cards and
// convention tables; the order among them is ours.
class Routes {
 public:
  Routes() = default;
  // Two rows that could both win, and name different operators, are refused.
  static absl::StatusOr<Routes> Make(std::vector<Route> rows, absl::TimeZone zone);

  // nullopt: no row fits. Pure. `now`: when it is to be sent; its day is that of the zone given.
  std::optional<OperatorId> Resolve(const Card& card, absl::Time now) const;

  // Everybody that a row names.
  std::vector<OperatorId> Operators() const;

 private:
  std::vector<Route> rows_;  // the most specific first
  absl::TimeZone zone_ = absl::UTCTimeZone();
};

}  // namespace ecluse
