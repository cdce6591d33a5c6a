// SPDX-License-Identifier: Apache-2.0
#include "broker/core/cases.h"

namespace ecluse {

std::variant<Cases::Entry, ErrorCode> Cases::Enter(const Turn&, const Envelope&) {
  return Entry{RequestId{}, state::Ready{}};
}

std::optional<Cause> Cases::Look(const Turn&, const store::Request&) { return std::nullopt; }

void Cases::Follow(const Turn&) { books_.TakeChangedCases(); }

}  // namespace ecluse
