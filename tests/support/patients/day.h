// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/support/patients/requests.h"

// A day of practices that deal with several operators.
namespace ecluse::patients {

// An operator as practices know it.
struct Counter {
  OperatorId run_by;
  std::string amc;                // of its members' cards; made up
  bool quotations = false;        // it takes them
  bool bills = false;             // B2 files may be deposited
  bool typed_bills = false;       // a grant may be billed by a typed invoice
  std::optional<ServiceId> flow;  // opticians' software sends authorisations there
};

struct DayPlan {
  uint64_t seed = 1;
  int count = 420;
  absl::CivilDay today;
  std::vector<Counter> counters;
  bool chain = false;  // the first practice is one, and has half of all requests
};

// A ten-character insurer's number for the n-th operator, 0 to 9, that is nobody's.
std::string MadeUpAmc(size_t n);

// Authorisations for the most part, some of them by card; quotations; bills where they are taken.
// What follows from the answers is in follow_up.h. The same plan gives the same bytes.
absl::StatusOr<std::vector<Request>> MakeDay(const DayPlan& plan,
                                             const std::vector<Practice>& practices);

}  // namespace ecluse::patients
