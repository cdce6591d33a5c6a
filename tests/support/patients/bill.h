// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/patients/people.h"

namespace ecluse::patients {

inline constexpr std::string_view kBillFormat = "application/x-b2";

// One B2 file: one lot with 1 to 3 invoices, each of another patient, as a practice's software
// might hand it over. It is written in the only variant that is published, the hospitals'; codes
// of acts and products are made up. What comes out was checked: it has no problem, not even a
// warning. `number` tells this practice's bills apart: it gives the file, lot and invoice numbers.
absl::StatusOr<std::string> MakeBill(Dice& dice, const Practice& practice, absl::CivilDay today,
                                     uint32_t number);

}  // namespace ecluse::patients
