// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "tests/support/patients/people.h"

namespace ecluse::patients {

// A request for a care authorisation in a format of our own: which items a request carries is
// known from what professionals type, how operators write them is not published. So this is
// nobody's message but ours.
inline constexpr std::string_view kAuthorisationFormat =
    "application/vnd.ecluse.authorisation+json";

// One patient, one prescription, the equipment with its prices in cents. About 1.5 kB of JSON.
// `today`: the day of the request; the prescription is at most a year older.
std::string MakeAuthorisation(Dice& dice, const Practice& practice, absl::CivilDay today);

}  // namespace ecluse::patients
