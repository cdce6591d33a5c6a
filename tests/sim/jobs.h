// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "proto/job.h"
#include "proto/wire.h"
#include "tests/sim/caller.h"

namespace ecluse::sim {

struct World;

// Bulk work: two people of ops plan it, start it with its token, approve it, and now and then pause
// or stop it. Of an export they fetch the contents and hand them over.
class Jobs {
 public:
  explicit Jobs(World& world);

  void Plan(JobKind kind, Filter filter, std::optional<Destination> to = {});
  // Looks at all jobs and does what is next with each.
  void Look();

 private:
  void Next(const wire::JobsResult::Row& row);
  void Act(Caller& caller, const wire::JobsResult::Row& row, wire::JobAct act);
  void HandOver(JobId job, RequestId after);

  World& world_;
  Caller& anne_;
  Caller& bob_;
};

}  // namespace ecluse::sim
