// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/incidents.h"

#include <algorithm>

namespace ecluse::sim {

void Incidents::Told(const wire::ReplyBody& reply) {
  const auto* holds = std::get_if<wire::HoldsResult>(&reply);
  if (!holds) return;
  for (const Hold& hold : holds->holds) {
    if (lifted_.contains(hold.id)) continue;
    if (hold.rule == HoldRule::kIncident) incidents_[hold.id] = {*hold.scope.run_by, hold.since};
    if (hold.rule == HoldRule::kQuarantine) quarantines_[hold.id] = *hold.scope.practice;
  }
}

void Incidents::LiftHanded(HoldId hold) {
  incidents_.erase(hold);
  quarantines_.erase(hold);
  lifted_.insert(hold);
}

void Incidents::AccountsHanded(const OperatorId& run_by, const wire::Accounts& call) {
  for (const auto& item : call.items) {
    absl::Time& set_at =
        set_at_.try_emplace({run_by, item.practice}, absl::InfinitePast()).first->second;
    set_at = std::max(set_at, item.set_at);
  }
}

const char* Incidents::WhyNot(const Page& page) const {
  for (const auto& [hold, incident] : incidents_) {
    const auto& [run_by, since] = incident;
    if (run_by != page.destination.run_by) continue;
    const auto known = set_at_.find({run_by, page.practice});
    // The broker keeps times to the microsecond.
    if (known == set_at_.end() || known->second + absl::Microseconds(1) < since) {
      return "no account sends before its password is newer than the incident";
    }
  }
  const bool in_quarantine = std::any_of(quarantines_.begin(), quarantines_.end(),
                                         [&](auto& q) { return q.second == page.practice; });
  if (in_quarantine && !released_) return "a practice in quarantine sends nothing";
  return nullptr;
}

}  // namespace ecluse::sim
