// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/edge.h"

namespace ecluse {

const content::Rules& Edge::RulesOf(const wire::Deposit::Item& item, absl::Time now) const {
  static const content::Rules kNone;
  Destination destination = item.destination;
  if (item.card) destination.run_by = routes_.Resolve(*item.card, now).value_or(OperatorId{});
  const auto found = rules_.find(destination);
  return found == rules_.end() ? kNone : found->second;
}

void Edge::Look(wire::Deposit& deposit, absl::Time now) const {
  const absl::CivilDay today = absl::ToCivilDay(now, paris_);
  for (wire::Deposit::Item& item : deposit.items) {
    item.found = content::Check(item.kind, item.format, item.content, RulesOf(item, now), today);
    if (item.follows.value != 0) std::erase_if(item.found, content::GrantBrings);
  }
}

}  // namespace ecluse
