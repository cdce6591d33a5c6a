// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate.h"

#include <algorithm>

namespace ecluse {

void Gate::Close(const std::string& by, const std::string& reason,
                 std::optional<absl::Time> announced, absl::Time now) {
  if (state_.code != GateCode::kClosed) {
    state_ = GateState{};
    state_.code = GateCode::kClosed;
    state_.since = now;
  }
  state_.by = by;
  state_.reason = reason;
  state_.announced = announced.value_or(absl::InfiniteFuture());
  state_.allowance = 0;
}

void Gate::Reopen(const std::string& by, const std::string& reason, bool at_once, absl::Time now) {
  const GateCode wanted = at_once ? GateCode::kOpen : GateCode::kCanary;
  const bool already = state_.code == wanted || state_.code == GateCode::kOpen;
  if (already && state_.pauses == 0) return;
  const absl::Time since = already ? state_.since : now;
  const GateCode code = already ? state_.code : wanted;
  // A person knows better than a Retry-After of yesterday.
  state_ = GateState{};
  state_.code = code;
  state_.since = since;
  state_.by = by;
  state_.reason = reason;
}

void Gate::Allow(uint32_t requests, const std::string& by, const std::string& reason) {
  if (state_.code != GateCode::kClosed) return;
  state_.allowance = requests;
  state_.by = by;
  state_.reason = reason;
}

bool Gate::HourCame(absl::Time now) {
  if (state_.code != GateCode::kClosed || state_.announced > now) return false;
  state_.code = GateCode::kCanary;
  state_.since = now;
  state_.by.clear();
  state_.allowance = 0;
  return true;
}

uint32_t Gate::Room(const InHand& in_hand, uint32_t most, absl::Time now) const {
  const uint32_t busy = in_hand.leased + in_hand.sending;
  if (now < state_.paused_until || busy >= most) return 0;
  const uint32_t room = OneAtATime() ? (busy == 0 ? 1 : 0) : most - busy;
  if (state_.code != GateCode::kClosed) return room;
  const uint32_t allowed =
      state_.allowance > in_hand.leased ? state_.allowance - in_hand.leased : 0;
  return std::min(room, allowed);
}

bool Gate::MayBegin(const InHand& in_hand, absl::Time now) const {
  if (now < state_.paused_until) return false;
  if (OneAtATime() && in_hand.sending > 0) return false;
  return state_.code != GateCode::kClosed || state_.allowance > 0;
}

bool Gate::MayProbe(absl::Time now) const {
  return state_.code != GateCode::kClosed && now >= state_.paused_until;
}

void Gate::Begun() {
  if (state_.code == GateCode::kClosed && state_.allowance > 0) --state_.allowance;
}

void Gate::Took(absl::Time now) {
  state_.pauses = 0;
  state_.paused_until = absl::InfinitePast();
  if (state_.code != GateCode::kCanary) return;
  state_.code = GateCode::kOpen;
  state_.since = now;
}

void Gate::Hindered(const outcome::Deferred& why, const Policy& policy, absl::Time now) {
  Pause(why.retry_after, policy, now);
}

void Gate::Silent(const Policy& policy, absl::Time now) {
  // In the open a doubt is one request's affair. While one goes first, it says: not well yet.
  if (OneAtATime()) Pause(absl::ZeroDuration(), policy, now);
}

void Gate::Pause(absl::Duration at_least, const Policy& policy, absl::Time now) {
  // What was already on its way when the pause began tells nothing new; but a later
  // Retry-After is honoured in full.
  absl::Duration pause = at_least;
  if (now >= state_.paused_until) {
    absl::Duration backoff = policy.retry_first;
    for (uint32_t i = 0; i < state_.pauses && backoff < policy.retry_most; ++i) backoff *= 2;
    pause = std::max(pause, std::min(backoff, policy.retry_most));
    ++state_.pauses;
  }
  state_.paused_until = std::max(state_.paused_until, now + pause);
}

absl::Time Gate::NextChange(absl::Time now) const {
  absl::Time next = absl::InfiniteFuture();
  if (state_.code == GateCode::kClosed) next = state_.announced;
  if (state_.paused_until > now) next = std::min(next, state_.paused_until);
  return next;
}

}  // namespace ecluse
