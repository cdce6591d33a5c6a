// SPDX-License-Identifier: Apache-2.0
// The life of a request while it is not at the operator: in its queue, out of it, in a worker's
// hands, or put off.
#include <utility>

#include "broker/core/lifecycle_parts.h"

namespace ecluse::life {
namespace {

// Where repeating is harmless a silent try leaves no doubt behind, but it may be there. And a
// restored store does not know what was sent after its backup.
bool IsUnsent(const Tries& tries, const Circumstances& around) {
  const bool silent = around.policy.idempotent && tries.attempt > 0;
  return !silent && tries.epoch == around.epoch;
}

// News of a try that was given up. If the operator has the request, that is the truth, and it must
// not go again; anything else is yesterday's news.
Result Late(uint32_t attempt, const Outcome* outcome, const Tries& tries,
            const Circumstances& around, bool of_other_life = false) {
  if (outcome == nullptr || !IsTaken(*outcome)) return {};
  // A restored store has forgotten the tries after its backup.
  const bool may_forget = of_other_life || tries.epoch != around.epoch;
  if (attempt > tries.attempt && !may_forget) return {};
  Tries heard = tries;
  const bool kept = !std::holds_alternative<outcome::Rejected>(*outcome);
  heard.maybe_twice |= kept && attempt < tries.attempt;
  return Follow(*outcome, heard, around);
}

// The causes that mean the same wherever a request waits unsent.
struct Unsent {
  const Tries& tries;
  const Circumstances& around;

  Result operator()(const cause::Reported& c) const {
    if (c.attempt == 0) return {};
    return Late(c.attempt, c.outcome, tries, around, c.of_other_life);
  }
  // A person or another probe said meanwhile that it is not there.
  Result operator()(const cause::Found& c) const {
    return Late(c.attempt, c.outcome, tries, around);
  }
  // The operator speaks of a try that was given up: it has the request after all.
  Result operator()(const cause::Answered& answer) const {
    if (tries.attempt == 0 && tries.epoch == around.epoch) return {};
    return Follow(*answer.outcome, tries, around);
  }
  Result operator()(const cause::Withdrawn&) const {
    return IsUnsent(tries, around) ? Result{state::Withdrawn{tries}} : Result{};
  }
  Result operator()(const cause::Elsewhere& c) const {
    if (!IsUnsent(tries, around)) return {};
    Tries told = tries;
    if (!c.number.empty()) told.number = c.number;
    return state::Elsewhere{told};
  }
  Result operator()(const cause::Destroyed&) const {
    return IsUnsent(tries, around) ? Result{state::Destroyed{tries}} : Result{};
  }
  // Set aside for a person or an export.
  Result operator()(const cause::Parked& c) const {
    if (c.reason == Wait::kExport && !IsUnsent(tries, around)) return {};
    return state::Waiting{tries, c.reason, c.job};
  }
  Result operator()(const auto&) const { return {}; }
};

Tries ConfirmedAt(Tries tries, absl::Time now) {
  tries.confirmed_at = now;
  return tries;
}

// The store was restored: it may have been sent after the backup was made.
Result Fence(const Tries& tries, const Circumstances& around) {
  if (tries.epoch == around.epoch) return {};
  return state::InDoubt{tries, 0, around.policy.can_probe ? around.now : absl::InfiniteFuture()};
}

// The order of its case or its authorisation keeps it, not a person of ops.
bool IsOfCase(Wait reason) { return reason == Wait::kCase || reason == Wait::kDecide; }

// May be put back by ops: all but what an earlier request or the practice decides.
bool IsForOps(Wait reason) { return !IsOfCase(reason) && reason != Wait::kConfirm; }

// What puts a waiting request back, or lets it end, each cause for its own reasons to wait.
struct WhileWaiting {
  const state::Waiting& s;
  const Circumstances& around;

  Result operator()(const cause::Released&) const {
    if (!IsForOps(s.reason)) return {};
    Tries tries = s.tries;
    if (s.reason == Wait::kPayee) tries.payee_seen = true;
    if (s.reason == Wait::kQuarantine) tries.cleared = true;
    if (s.reason != Wait::kHeld) tries.strikes = 0;
    // Whoever puts it back although its route changed wants it to go where it is.
    if (s.reason == Wait::kRoute) tries.keeps_route = true;
    return Back(tries, around);
  }
  // The routing tables say its own destination again.
  Result operator()(const cause::RetryDue&) const {
    return s.reason == Wait::kRoute ? Result{Back(s.tries, around)} : Result{};
  }
  Result operator()(const cause::Followed& c) const {
    if (!IsOfCase(s.reason)) return {};
    Tries tries = s.tries;
    if (!c.grant.empty()) tries.grant = c.grant;
    if (c.not_before > around.now) return state::Deferred{tries, c.not_before};
    return Back(tries, around);
  }
  Result operator()(const cause::Undecided&) const {
    if (s.reason != Wait::kCase) return {};
    return state::Waiting{s.tries, Wait::kDecide};
  }
  Result operator()(const cause::Returned&) const {
    if (!IsOfCase(s.reason) || !IsUnsent(s.tries, around)) return {};
    return state::Returned{s.tries};
  }
  // It is to be given back, but it may have been sent: the operator is asked first.
  Result operator()(const cause::Fenced&) const {
    return IsOfCase(s.reason) ? Fence(s.tries, around) : Result{};
  }
  Result operator()(const cause::Decided& c) const {
    if (s.reason != Wait::kDecide) return {};
    Tries tries = ConfirmedAt(s.tries, around.now);
    tries.grant = c.grant;
    tries.decided = c.heard | BitOf(Decision::kOther);
    return Back(tries, around);
  }
  Result operator()(const cause::Confirmed&) const {
    const Tries tries = ConfirmedAt(s.tries, around.now);
    if (s.reason == Wait::kConfirm) return Back(tries, around);
    return state::Waiting{tries, s.reason, s.job};
  }
  // Only what an export or a quarantine asks for changes why something waits.
  Result operator()(const cause::Parked& c) const {
    const bool taken = s.reason == Wait::kExport || s.reason == Wait::kQuarantine;
    const bool wanted = c.reason == Wait::kExport || c.reason == Wait::kQuarantine;
    return taken || !wanted ? Result{} : Unsent{s.tries, around}(c);
  }
  // Sent another way only when it is surely not at the operator that it had. What its case, its
  // practice or two people must say is still to be said.
  Result operator()(const cause::Moved&) const {
    if (s.reason == Wait::kExport || !IsUnsent(s.tries, around)) return {};
    Tries tries = s.tries;
    tries.keeps_route = true;
    if (IsForOps(s.reason) && s.reason != Wait::kQuarantine) return Back(tries, around);
    return state::Waiting{tries, s.reason};
  }
  // It may be in a file already: only its export gives it back.
  Result operator()(const cause::Withdrawn& c) const {
    return s.reason == Wait::kExport ? Result{} : Unsent{s.tries, around}(c);
  }
  Result operator()(const cause::Reported& c) const {
    return IsOld(c.outcome) ? Result{} : Unsent{s.tries, around}(c);
  }
  Result operator()(const cause::Found& c) const {
    return IsOld(c.outcome) ? Result{} : Unsent{s.tries, around}(c);
  }
  Result operator()(const auto& c) const { return Unsent{s.tries, around}(c); }

 private:
  // Said before the technical refusal and heard again, it takes nothing back.
  bool IsOld(const Outcome* outcome) const {
    return s.reason == Wait::kTechnical && outcome &&
           std::holds_alternative<outcome::Accepted>(*outcome) &&
           !IsNews(s.tries, DecisionOf(*outcome));
  }
};

}  // namespace

Result NextOf(const state::Ready& s, const Cause& cause, const Circumstances& around) {
  return std::visit(Overloaded{
                        Unsent{s.tries, around},
                        [&](const cause::Granted& c) -> Result {
                          return state::Leased{s.tries, c.worker, around.now + around.policy.lease};
                        },
                        [&](const cause::Held&) -> Result {
                          return state::Waiting{s.tries, Wait::kHeld};
                        },
                        [&](const cause::Damaged&) -> Result {
                          return state::Waiting{s.tries, Wait::kDamaged};
                        },
                        [&](const cause::Rerouted&) -> Result {
                          return state::Waiting{s.tries, Wait::kRoute};
                        },
                        [&](const cause::Confirmed&) -> Result {
                          return state::Ready{ConfirmedAt(s.tries, around.now)};
                        },
                        [&](const cause::Fenced&) -> Result { return Fence(s.tries, around); },
                    },
                    cause);
}

Result NextOf(const state::Waiting& s, const Cause& cause, const Circumstances& around) {
  return std::visit(WhileWaiting{s, around}, cause);
}

// Leased and Sending are two states, so that silence before Begin is harmless.
Result NextOf(const state::Leased& s, const Cause& cause, const Circumstances& around) {
  return std::visit(
      Overloaded{
          [&](const cause::Begun& c) -> Result {
            if (c.worker != s.worker) return {};
            Tries begun = s.tries;
            ++begun.attempt;
            return state::Sending{begun, s.worker, around.now + around.policy.silence};
          },
          [&](const cause::Refused& c) -> Result {
            if (c.worker != s.worker) return {};
            return Back(s.tries, around);
          },
          [&](const cause::Lapsed&) -> Result { return Back(s.tries, around); },
          [&](const cause::Reported& c) -> Result {
            const bool of_this_lease =
                !c.of_other_life && c.worker == s.worker && c.attempt == s.tries.attempt + 1;
            if (!of_this_lease) return Unsent{s.tries, around}(c);
            // Only this can be said without Begin: the worker puts the task down.
            const bool put_down =
                c.outcome && std::holds_alternative<outcome::Deferred>(*c.outcome);
            return put_down ? Result{Back(s.tries, around)} : Result{};
          },
          [&](const cause::Confirmed&) -> Result {
            return state::Leased{ConfirmedAt(s.tries, around.now), s.worker, s.lapses_at};
          },
          // A worker has it in hand; it comes back by itself.
          [&](const cause::Parked&) -> Result { return {}; },
          [&](const auto& c) -> Result {
            return Unsent{s.tries, around}(c);
          },
      },
      cause);
}

Result NextOf(const state::Deferred& s, const Cause& cause, const Circumstances& around) {
  return std::visit(Overloaded{
                        Unsent{s.tries, around},
                        [&](const cause::RetryDue&) -> Result { return Back(s.tries, around); },
                        [&](const cause::Confirmed&) -> Result {
                          return state::Deferred{ConfirmedAt(s.tries, around.now), s.retry_at};
                        },
                    },
                    cause);
}

}  // namespace ecluse::life

namespace ecluse {

bool IsSurelyUnsent(const State& state, const Circumstances& around) {
  const StateCode code = CodeOf(state);
  const bool lies_here =
      code == StateCode::kReady || code == StateCode::kWaiting || code == StateCode::kDeferred;
  return lies_here && life::IsUnsent(TriesOf(state), around);
}

}  // namespace ecluse
