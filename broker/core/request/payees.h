// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>

#include <string>
#include <vector>

#include "broker/core/books.h"

namespace ecluse {

// Which bank account each practice's bills name, as a keyed hash. After a theft of bank details a
// changed account is what a thief would deposit: such a bill waits for a person.
class Payees {
 public:
  explicit Payees(const std::vector<store::Payee>& known);

  // Another account than the one that is known of the practice. The first one is believed.
  bool Changed(const Envelope& envelope) const;
  // A bill is being sent, or a person released it: its account is the known one from now on.
  void Know(const Turn& turn, const Envelope& envelope);

 private:
  absl::flat_hash_map<PracticeId, std::string> known_;
};

}  // namespace ecluse
