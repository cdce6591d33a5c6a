// SPDX-License-Identifier: Apache-2.0
// What time and adapters do to a gate, and what it lets through. What people do to it is in
// gate_people.cc.
#include "broker/core/gate/gate.h"

#include <fmt/core.h>

#include <algorithm>

#include "broker/core/gate/pace.h"

namespace ecluse {
namespace {

// Answers that are learned from at once, so that an open gate's record is written rarely.
constexpr uint32_t kLearnAtOnce = 32;

const char* Text(Hindrance hindrance) {
  switch (hindrance) {
    case Hindrance::kUnreachable:
      return "the operator can't be reached";
    case Hindrance::kTls:
      return "the operator's connection can't be trusted";
    case Hindrance::kClosed:
      return "the operator says that it is closed";
    case Hindrance::kBusy:
      return "the operator says: not now";
    case Hindrance::kAdapter:
      return "the adapter can't begin";
    default:
      return "the operator takes nothing";
  }
}

}  // namespace

void Gate::Enter(GateCode code, std::string reason, absl::Time now) {
  state_.code = code;
  state_.since = now;
  state_.by.clear();
  state_.reason = std::move(reason);
  changed_ = true;
}

void Gate::TimePassed(const House& house, const Policy& policy, bool wanted, absl::Time now) {
  if (state_.code == GateCode::kClosed && state_.announced + house.offset <= now) {
    state_.allowance = 0;
    state_.paused_until = absl::InfinitePast();
    state_.pauses = 0;
    StartWatch(state_.mix, policy);
    Enter(GateCode::kCanary, "the announced hour has come", now);
  } else if (state_.code == GateCode::kReclosed && !state_.asks && state_.paused_until <= now) {
    Enter(GateCode::kCanary, "its pause is over", now);
  }
  throttle_.Fill(now, Rate(policy));
  tempo_.Note(wanted && Lets(now), now);
}

bool Gate::GoesAlone() const {
  return state_.code == GateCode::kCanary || state_.code == GateCode::kSuspected ||
         (state_.code == GateCode::kClosed && state_.pauses > 0);
}

bool Gate::Lets(absl::Time now) const {
  if (now < state_.paused_until || state_.code == GateCode::kReclosed) return false;
  return state_.code != GateCode::kClosed || state_.allowance > 0;
}

uint32_t Gate::Most(const Policy& policy) const {
  if (GoesAlone()) return 1;
  return state_.code == GateCode::kRamping ? WindowOf(state_.pace, policy)
                                           : std::max(1u, policy.in_flight);
}

uint32_t Gate::Rate(const Policy& policy) const { return RateWithin(Most(policy), policy); }

uint32_t Gate::Room(const InHand& in_hand, const Policy& policy, absl::Time now) const {
  const uint32_t busy = in_hand.leased + in_hand.sending;
  const auto beyond_leased = [&](uint32_t n) {
    return n > in_hand.leased ? n - in_hand.leased : 0;
  };
  if (!Lets(now) || busy >= Most(policy)) return 0;
  // A lease that finds no token at its Begin would have been given in vain.
  uint32_t room = std::min(Most(policy) - busy, beyond_leased(throttle_.Tokens(Rate(policy))));
  if (state_.code == GateCode::kClosed) room = std::min(room, beyond_leased(state_.allowance));
  return room;
}

bool Gate::MayBegin(const InHand& in_hand, const Policy& policy, absl::Time now) const {
  return Lets(now) && in_hand.sending < Most(policy) && throttle_.Tokens(Rate(policy)) > 0;
}

bool Gate::MayProbe(absl::Time now) const {
  if (state_.code == GateCode::kClosed || state_.asks) return false;
  return now >= state_.paused_until;
}

void Gate::Begun(const Policy& policy, absl::Time now) {
  if (policy.rate_most > 0) throttle_.Take();
  tempo_.Begun(now);
  if (state_.code != GateCode::kClosed || state_.allowance == 0) return;
  --state_.allowance;
  changed_ = true;
}

void Gate::Took(Word word, const Policy& policy, absl::Time now) {
  // What was on its way when a pause began tells nothing new, and never shortens it.
  if (now < state_.paused_until || word == Word::kTechnical) {
    if (GoesAlone() && now >= state_.paused_until) {
      Fail("the first was refused for technical reasons", absl::ZeroDuration(), policy, now);
    }
    return;
  }
  switch (state_.code) {
    case GateCode::kOpen:
      silences_ = 0;
      if (held_ < policy.in_flight) ++held_;
      return;
    case GateCode::kClosed:
      changed_ |= state_.pauses > 0;
      state_.pauses = 0;
      return;
    case GateCode::kReclosed:
      return;
    case GateCode::kCanary:
    case GateCode::kSuspected:
      // A refusal is an answer, but no proof of a service that works: the next goes alone too.
      if (word != Word::kBad) Rise(policy, now);
      return;
    case GateCode::kRamping:
      break;
  }
  throttle_.Fill(now, Rate(policy));
  changed_ = true;
  if (!Widen(state_.pace, policy)) return;
  state_.pauses = 0;
  if (IsAtCeiling(state_.pace, policy)) Enter(GateCode::kOpen, "the ramp is at its top", now);
}

void Gate::Rise(const Policy& policy, absl::Time now) {
  throttle_.Fill(now, Rate(policy));
  if (state_.code == GateCode::kSuspected) state_.pauses = 0;
  state_.paused_until = absl::InfinitePast();
  StartRamp(state_.pace, policy);
  held_ = silences_ = 0;
  if (IsAtCeiling(state_.pace, policy)) {
    state_.pauses = 0;
    Enter(GateCode::kOpen, "the first was taken", now);
  } else {
    Enter(GateCode::kRamping, "the first was taken", now);
  }
}

void Gate::Hindered(const outcome::Deferred& why, const Policy& policy, absl::Time now) {
  Fail(Text(why.hindrance), why.retry_after, policy, now);
}

void Gate::Silent(const Policy& policy, absl::Time now) {
  if (state_.code == GateCode::kClosed && !GoesAlone()) return;
  if (state_.code == GateCode::kReclosed) return;
  // In the open a doubt is one request's affair, but not when nothing comes back at all.
  if (state_.code == GateCode::kOpen && ++silences_ < std::max(2u, policy.dead_cohorts)) return;
  Fail("no reply came", absl::ZeroDuration(), policy, now);
}

void Gate::Fail(std::string reason, absl::Duration at_least, const Policy& policy, absl::Time now) {
  const bool news = now >= state_.paused_until;
  if (state_.code == GateCode::kOpen) Suspect(reason, policy, now);
  if (state_.code == GateCode::kRamping && news) {
    throttle_.Fill(now, Rate(policy));
    Narrow(state_.pace, policy);
    if (IsDead(state_.pace, policy)) {
      Enter(GateCode::kReclosed, fmt::format("closed again on the way up: {}", reason), now);
    }
  } else if (GoesAlone() && news && state_.code != GateCode::kClosed) {
    state_.reason = std::move(reason);
  }
  Pause(at_least, policy, now);
}

void Gate::Suspect(std::string reason, const Policy& policy, absl::Time now) {
  throttle_.Fill(now, Rate(policy));
  if (held_ >= policy.in_flight) LearnCeiling(state_.pace, policy);
  held_ = silences_ = 0;
  StartWatch(state_.mix, policy);
  Enter(GateCode::kSuspected, std::move(reason), now);
}

void Gate::FellWith(const std::string& other, const Policy& policy, absl::Time now) {
  if (state_.code != GateCode::kOpen) return;
  Suspect(fmt::format("fell with {}", other), policy, now);
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
  changed_ = true;
}

void Gate::Heard(Word word, const Policy& policy, absl::Time now) {
  if (word == Word::kNothing || state_.asks || state_.code == GateCode::kClosed) return;
  Mix& mix = state_.mix;
  const bool open = state_.code == GateCode::kOpen;
  const bool watched = mix.seen < WatchedAnswers(policy) && state_.since > absl::UnixEpoch();
  if (open && !watched) return LearnUsual(word);
  changed_ = true;
  Watch(mix, word);
  if (IsTooBad(mix, policy)) {
    Enter(GateCode::kReclosed,
          fmt::format("{} of {} answers are refusals, usually {} of 100: a person must look",
                      mix.bad, mix.seen, (mix.usual + 5) / 10),
          now);
    state_.asks = true;
  } else if (mix.seen >= WatchedAnswers(policy)) {
    if (open) {
      Learn(mix, mix.seen, mix.bad);
    } else {
      Fade(mix);
    }
  }
}

void Gate::LearnUsual(Word word) {
  ++learning_seen_;
  if (word != Word::kGood) ++learning_bad_;
  if (learning_seen_ < kLearnAtOnce) return;
  Learn(state_.mix, learning_seen_, learning_bad_);
  learning_seen_ = learning_bad_ = 0;
  changed_ = true;
}

absl::Time Gate::NextChange(const InHand& in_hand, const House& house, const Policy& policy,
                            absl::Time now) const {
  if (state_.asks) return absl::InfiniteFuture();
  absl::Time next = absl::InfiniteFuture();
  if (state_.code == GateCode::kClosed) next = state_.announced + house.offset;
  if (state_.paused_until > now) return std::min(next, state_.paused_until);
  const uint32_t rate = Rate(policy);
  const uint32_t wanted = in_hand.leased + 1;
  if (Lets(now) && throttle_.Tokens(rate) < wanted) {
    next = std::min(next, throttle_.When(wanted, rate));
  }
  return next;
}

}  // namespace ecluse
