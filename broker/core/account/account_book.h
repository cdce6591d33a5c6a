// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/time/time.h>

#include <optional>
#include <utility>
#include <vector>

#include "broker/core/books.h"

namespace ecluse {

// What is known of each practice's login at each operator, durably: which credential is the newest,
// when it was set, and whether the operator took something with it. Never the login itself.
class AccountBook {
 public:
  explicit AccountBook(const std::vector<store::Account>& known);

  // An adapter has this credential, set at that time. Older news changes nothing. True: it is newer
  // than all that were told of.
  bool Hear(const Turn& turn, const OperatorId& run_by, const PracticeId& practice, uint64_t epoch,
            absl::Time set_at);
  // The operator took something of the account's newest credential.
  void Proven(const Turn& turn, const OperatorId& run_by, const PracticeId& practice);

  const store::Account* Find(const OperatorId& run_by, const PracticeId& practice) const;
  // Was its credential set after this time? Of an account that nobody told of: no.
  bool IsNewer(const OperatorId& run_by, const PracticeId& practice, absl::Time than) const;

 private:
  absl::flat_hash_map<std::pair<OperatorId, PracticeId>, store::Account> accounts_;
};

}  // namespace ecluse
