// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "proto/job.h"
#include "store/store.h"

namespace ecluse {

// The next requests that a job may mean, in order of number.
struct JobPage {
  std::vector<RequestId> ids;
  RequestId at;       // looked at up to here; `job.last` when there is nothing more
  size_t looked = 0;  // what it cost
};

// Looks after `after` at about `at_most` of what is committed: by the index of states that need
// care where the job can mean no others, else by number.
JobPage ReadPage(const store::Reads& reads, const Job& job, RequestId after, size_t at_most);

}  // namespace ecluse
