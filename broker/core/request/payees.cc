// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/payees.h"

namespace ecluse {

Payees::Payees(const std::vector<store::Payee>& known) {
  for (const store::Payee& payee : known) known_[payee.practice] = payee.digest;
}

bool Payees::Changed(const Envelope& envelope) const {
  if (envelope.payee.empty()) return false;
  const auto known = known_.find(envelope.practice);
  return known != known_.end() && known->second != envelope.payee;
}

void Payees::Know(const Turn& turn, const Envelope& envelope) {
  if (envelope.payee.empty()) return;
  std::string& known = known_[envelope.practice];
  if (known == envelope.payee) return;
  known = envelope.payee;
  turn.step.batch.payees.push_back({envelope.practice, known});
}

}  // namespace ecluse
