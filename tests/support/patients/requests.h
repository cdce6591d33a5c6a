// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "proto/wire.h"
#include "tests/support/patients/people.h"

namespace ecluse::patients {

// What the practice does once the operator has granted it; kBillAhead: its bill is deposited at
// once, before anybody knows the grant.
enum class Then : uint8_t { kNothing, kBill, kCancel, kBillAhead };

// What one practice hands over.
struct Request {
  size_t practice = 0;  // its place in `practices`
  wire::Deposit::Item item;
  Then then = Then::kNothing;
};

// A file that looks like a scan and can't be compressed.
std::string MakeScan(Dice& dice, size_t bytes);

}  // namespace ecluse::patients
