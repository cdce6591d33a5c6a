// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <map>
#include <set>
#include <utility>

#include "proto/hold.h"
#include "proto/job.h"
#include "proto/wire.h"
#include "tests/sim/page.h"

namespace ecluse::sim {

// What forbids the requests of a practice after an incident: a credential that was set before it,
// and quarantine. As in Permits, a word that tightens counts from the moment when ops was told, a
// word that loosens from the moment when it reached the broker.
class Incidents {
 public:
  void Told(const wire::ReplyBody& reply);
  void LiftHanded(HoldId hold);
  void AccountsHanded(const OperatorId& run_by, const wire::Accounts& call);
  // Two people let requests in quarantine go, or destroyed them.
  void ReleaseHanded() { released_ = true; }

  // Why no request of this account may begin; nullptr: it may.
  const char* WhyNot(const Page& page) const;

 private:
  std::map<HoldId, std::pair<OperatorId, absl::Time>> incidents_;
  std::map<HoldId, PracticeId> quarantines_;
  std::set<HoldId> lifted_;
  std::map<std::pair<OperatorId, PracticeId>, absl::Time> set_at_;
  bool released_ = false;
};

}  // namespace ecluse::sim
