// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/civil_time.h>

#include <string>

#include "proto/names.h"

namespace ecluse {

// What an insurance card says about where a request goes. The insurer's name is no part of it: the
// same insurer may use several operators. Source: the five labelled items of the harmonised
// attestation (Inter-AMC); the care domain and the date come from the request.
struct Card {
  std::string amc;         // number of the complementary insurer (AMC), zeros in front kept
  std::string convention;  // convention type
  std::string csr;         // secondary routing criterion; may be empty, may hold spaces
  std::string domain;      // care domain: "optics", "audiology", "pharmacy"…
  absl::CivilDay day;      // of the care; routing tables are dated

  bool operator==(const Card&) const = default;
};

// The operator of a deposit that is to be routed by its card. Reserved: no operator may be called
// so. The business key of such a request keeps this name, whatever operator the tables choose, so
// that a repeat is a repeat even after the tables changed.
inline const OperatorId kByCard{"card"};

}  // namespace ecluse
