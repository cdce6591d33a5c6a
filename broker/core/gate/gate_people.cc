// SPDX-License-Identifier: Apache-2.0
// What people do to a gate.
#include "broker/core/gate/gate.h"

namespace ecluse {
namespace {

// What was learned of the operator outlives every closure.
GateState Anew(const GateState& before, GateCode code, absl::Time since) {
  GateState state;
  state.code = code;
  state.since = since;
  state.pace = before.pace;
  state.pace.failed_cohorts = 0;
  state.mix = before.mix;
  return state;
}

// An hour that is put off is one more reason to doubt the next.
void SetHour(GateState& state, absl::Time at) {
  const bool was_set = state.announced < absl::InfiniteFuture();
  if (was_set && at > state.announced && at < absl::InfiniteFuture()) ++state.slips;
  state.announced = at;
}

}  // namespace

void Gate::Close(const std::string& by, const std::string& reason,
                 std::optional<absl::Time> announced, absl::Time now) {
  if (state_.code != GateCode::kClosed) state_ = Anew(state_, GateCode::kClosed, now);
  state_.by = by;
  state_.reason = reason;
  const absl::Time at = announced.value_or(absl::InfiniteFuture());
  if (at != state_.announced) {
    SetHour(state_, at);
    state_.announced_by = by;
    state_.source.clear();
  }
  state_.allowance = 0;
  changed_ = true;
}

void Gate::Reopen(const std::string& by, const std::string& reason, bool at_once,
                  const Policy& policy, absl::Time now) {
  const bool open = state_.code == GateCode::kOpen;
  // Already on its way up, unless something stops it.
  const bool rising = state_.code == GateCode::kCanary || state_.code == GateCode::kRamping ||
                      state_.code == GateCode::kSuspected;
  const bool stopped = state_.paused_until > now;
  if (open || (rising && !stopped && !at_once)) return;
  const GateCode code = at_once ? GateCode::kOpen : GateCode::kCanary;
  // A person knows better than a Retry-After of yesterday.
  state_ = Anew(state_, code, now);
  StartWatch(state_.mix, policy);
  state_.by = by;
  state_.reason = reason;
  held_ = silences_ = 0;
  changed_ = true;
}

void Gate::Allow(uint32_t requests, const std::string& by, const std::string& reason) {
  if (state_.code != GateCode::kClosed) return;
  state_.allowance = requests;
  state_.by = by;
  state_.reason = reason;
  changed_ = true;
}

bool Gate::Announce(const std::string& by, const std::string& source,
                    std::optional<absl::Time> at) {
  if (state_.code != GateCode::kClosed) return false;
  SetHour(state_, at.value_or(absl::InfiniteFuture()));
  state_.announced_by = by;
  state_.source = source;
  changed_ = true;
  return true;
}

}  // namespace ecluse
