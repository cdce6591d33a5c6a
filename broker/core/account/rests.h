// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/time/time.h>

#include "proto/names.h"

namespace ecluse {

// Accounts that are not to be tried before a while, because the operator has not reopened them yet.
// Kept in memory only: after a restart each is tried once and rests again.
class Rests {
 public:
  // Of several rests the longest counts: what the operator told is never shortened.
  void Set(const Destination& destination, const PracticeId& practice, absl::Time until);
  bool Stop(const Destination& destination, const PracticeId& practice, absl::Time now) const;
  // Forgets those that are over.
  void Tick(absl::Time now);

  using Accounts = absl::btree_map<PracticeId, absl::Time>;
  const Accounts& Of(const Destination& destination) const;

 private:
  absl::btree_map<Destination, Accounts> until_;
};

}  // namespace ecluse
