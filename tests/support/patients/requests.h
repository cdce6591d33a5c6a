// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <vector>

#include "proto/wire.h"
#include "tests/support/patients/people.h"

namespace ecluse::patients {

struct Plan {
  uint64_t seed = 1;
  int count = 500;
  OperatorId run_by;
  ServiceId authorisation = {"authorisation"};
  ServiceId billing = {"billing"};
  absl::CivilDay today = absl::CivilDay(2024, 2, 5);
  // So many of `count` are scanned prescriptions of about 200 kB; they go with authorisations.
  int documents = 0;
};

// What the practice does once the operator has granted it.
enum class Then : uint8_t { kNothing, kBill, kCancel };

// What one practice hands over.
struct Request {
  size_t practice = 0;  // its place in `practices`
  wire::Deposit::Item item;
  Then then = Then::kNothing;
};

// The requests of a day: practices take turns, a bit more than half are authorisations, the others
// bills. References are each practice's own and tell nothing about a patient. The same plan gives
// the same bytes.
absl::StatusOr<std::vector<Request>> MakeRequests(const Plan& plan,
                                                  const std::vector<Practice>& practices);

// A file that looks like a scan and can't be compressed.
std::string MakeScan(Dice& dice, size_t bytes);

}  // namespace ecluse::patients
