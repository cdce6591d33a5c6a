// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "proto/content/content.h"

namespace ecluse {

// What becomes of a content that is to take the number of a grant along.
enum class Fit : uint8_t {
  kAsItIs,   // it has that number, or no place for one, or there is none to take
  kFilled,   // it had none, and has this one now
  kDiffers,  // it has another one: nobody knows which is right, so it must not be sent
};

// Puts the number that the operator gave to the authorisation into a bill, a document or a
// cancellation that follows it. Outer spaces don't count where two numbers are compared. Native
// contents are never touched: they are not read at all.
Fit TakeGrant(const std::string& grant, content::Content& content);

}  // namespace ecluse
