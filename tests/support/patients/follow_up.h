// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "proto/content/content.h"
#include "tests/support/patients/requests.h"

// What a practice deposits because of an answer.
namespace ecluse::patients {

// What was deposited, where it went, and its receipt.
struct Deposited {
  const Request* request = nullptr;
  Destination destination;
  RequestId receipt;
};

// The scanned prescription that the operator waits for; sent by its site, whichever way the request
// itself went.
Request DocumentFor(const Deposited& first, size_t bytes);

// What the request's plan says for this grant; nullopt: nothing. `number` tells bills apart.
std::optional<Request> AfterGrant(const Deposited& first, const content::Answer& grant,
                                  absl::CivilDay today, uint32_t number);

// The bill of an authorisation that nobody has granted yet: without its number and day, which come
// with the grant. nullopt: it is not a typed authorisation. `number` tells bills apart.
std::optional<Request> BillAhead(const Deposited& first, absl::CivilDay today, uint32_t number);

// The same request as a hurried person typed it: several things wrong at once. REQUIRES: a typed
// authorisation.
wire::Deposit::Item WithMistakes(wire::Deposit::Item item);

}  // namespace ecluse::patients
