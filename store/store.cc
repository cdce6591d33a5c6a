// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

namespace ecluse::store {

bool Batch::empty() const {
  return deposits.empty() && transitions.empty() && answers.empty() && acknowledged.empty() &&
         gates.empty() && placed.empty() && lifted.empty() && tallies.empty() && lanes.empty() &&
         marks.empty() && moved.empty() && erased.empty() && jobs.empty() && forgotten.empty() &&
         accounts.empty() && payees.empty() && !last_request && !last_hold && !last_job &&
         !fence_noted;
}

}  // namespace ecluse::store
