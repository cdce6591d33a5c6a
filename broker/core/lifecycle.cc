// SPDX-License-Identifier: Apache-2.0
#include "broker/core/lifecycle.h"

#include <algorithm>

namespace ecluse {
namespace {

using Result = std::optional<State>;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// Back to where it may be sent from: its queue, unless a hold on it says wait.
State Back(const Tries& tries, const Circumstances& around) {
  if (around.held) return state::Waiting{tries, Wait::kHeld};
  return state::Ready{tries};
}

// `first`, doubled `times` times, and at most `most`.
absl::Duration Doubled(absl::Duration first, absl::Duration most, uint32_t times) {
  absl::Duration wait = first;
  for (uint32_t i = 0; i < times && wait < most; ++i) wait *= 2;
  return std::min(wait, most);
}

bool IsNews(const Tries& tries, Decision decision) {
  return decision != Decision::kOther && (tries.said & BitOf(decision)) == 0;
}

template <class Word>
Tries Heard(Tries tries, const Word& word) {
  if (word.decision != Decision::kOther) tries.said |= BitOf(word.decision);
  if (!word.number.empty()) tries.number = word.number;
  return tries;
}

// The hindrance is one of the practice's account, not of the request.
bool IsOfAccount(Hindrance hindrance) {
  return hindrance == Hindrance::kCredentials || hindrance == Hindrance::kAccount;
}

// A probe that ended with it learned something about the request: absent, or technically refused.
bool IsNewsOfIt(Hindrance hindrance) {
  return hindrance == Hindrance::kAbsent || hindrance == Hindrance::kTechnical;
}

State Doubt(const Tries& tries, const Circumstances& around) {
  // The operator says that repeating is harmless, so doubt costs nothing.
  if (around.policy.idempotent) return Back(tries, around);
  return state::InDoubt{
      tries, 0,
      around.policy.can_probe ? around.now + around.policy.settle : absl::InfiniteFuture()};
}

// `asked`: how often it was asked already, in vain.
absl::Time AskAt(const Circumstances& around, absl::Duration ask_after, uint32_t asked) {
  const Policy& policy = around.policy;
  if (ask_after > absl::ZeroDuration()) return around.now + ask_after;
  if (!policy.can_probe || policy.ask_every <= absl::ZeroDuration()) return absl::InfiniteFuture();
  return around.now + Doubled(policy.ask_every, std::max(policy.ask_every, policy.ask_most), asked);
}

// Surely not sent. What stops the whole destination or the account is no fault of this request and
// burns none of its budget: gate and holds keep that time. A technical refusal is no decision, and
// sending the same again would get the same: a person looks.
State NotSent(Tries tries, const outcome::Deferred& deferred, const Circumstances& around) {
  const Policy& policy = around.policy;
  if (deferred.hindrance == Hindrance::kTechnical) {
    return state::Waiting{tries, Wait::kTechnical};
  }
  if (deferred.whole_destination) return Back(tries, around);
  switch (deferred.hindrance) {
    case Hindrance::kCredentials:
    case Hindrance::kAccount:
      return Back(tries, around);
    case Hindrance::kTooEarly:
      return state::Deferred{tries,
                             around.now + std::max(deferred.retry_after, policy.retry_first)};
    default:
      break;
  }
  ++tries.strikes;
  if (tries.strikes >= policy.strikes) return state::Waiting{tries, Wait::kStrikes};
  const absl::Duration pause = Doubled(policy.retry_first, policy.retry_most, tries.strikes - 1);
  return state::Deferred{tries, around.now + std::max(deferred.retry_after, pause)};
}

State Follow(const Outcome& outcome, const Tries& tries, const Circumstances& around) {
  return std::visit(
      Overloaded{
          [&](const outcome::Answered& a) -> State { return state::Settled{Heard(tries, a)}; },
          [&](const outcome::Accepted& a) -> State {
            return state::Awaiting{Heard(tries, a), 0, AskAt(around, a.ask_after, 0)};
          },
          [&](const outcome::Deferred& d) -> State { return NotSent(tries, d, around); },
          [&](const outcome::Rejected&) -> State { return state::Rejected{tries}; },
      },
      outcome);
}

// A report that comes after its try was given up. If the operator has the request, that is the
// truth, and it must not go again; anything else is yesterday's news.
Result Late(const cause::Reported& report, const Tries& tries, const Circumstances& around) {
  const bool speaks_of_a_try = report.attempt >= 1 && report.attempt <= tries.attempt;
  if (!speaks_of_a_try || report.outcome == nullptr || !IsTaken(*report.outcome)) return {};
  Tries heard = tries;
  heard.maybe_twice |= report.attempt < tries.attempt;
  return Follow(*report.outcome, heard, around);
}

// The causes that mean the same wherever a request waits unsent.
struct Unsent {
  const Tries& tries;
  const Circumstances& around;

  Result operator()(const cause::Reported& report) const { return Late(report, tries, around); }
  // The operator speaks of a try that was given up: it has the request after all.
  Result operator()(const cause::Answered& answer) const {
    if (tries.attempt == 0) return {};
    return Follow(*answer.outcome, tries, around);
  }
  Result operator()(const cause::Withdrawn&) const {
    return IsSurelyUnsent() ? Result{state::Withdrawn{tries}} : Result{};
  }
  Result operator()(const cause::Elsewhere& c) const {
    if (!IsSurelyUnsent()) return {};
    Tries told = tries;
    if (!c.number.empty()) told.number = c.number;
    return state::Elsewhere{told};
  }
  Result operator()(const cause::Destroyed&) const {
    return IsSurelyUnsent() ? Result{state::Destroyed{tries}} : Result{};
  }
  // Set aside for a person or an export. What is on its way there comes back to its queue first.
  Result operator()(const cause::Parked& c) const {
    if (c.reason == Wait::kExport && !IsSurelyUnsent()) return {};
    return state::Waiting{tries, c.reason, c.job};
  }
  Result operator()(const auto&) const { return {}; }

 private:
  // Where repeating is harmless a silent try leaves no doubt behind, but it may be there. And a
  // restored store does not know what was sent after its backup.
  bool IsSurelyUnsent() const {
    const bool silent = around.policy.idempotent && tries.attempt > 0;
    return !silent && tries.epoch == around.epoch;
  }
};

Tries ConfirmedAt(Tries tries, absl::Time now) {
  tries.confirmed_at = now;
  return tries;
}

Result NextOf(const state::Ready& s, const Cause& cause, const Circumstances& around) {
  return std::visit(
      Overloaded{
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
          // It may have been sent after the backup was made.
          [&](const cause::Fenced&) -> Result {
            if (s.tries.epoch == around.epoch) return {};
            Tries tries = s.tries;
            tries.epoch = around.epoch;
            const bool can = around.policy.can_probe;
            return state::InDoubt{tries, 0, can ? around.now : absl::InfiniteFuture()};
          },
      },
      cause);
}

// May be put back by ops: all but what an earlier request or the practice decides.
bool IsForOps(Wait reason) {
  return reason != Wait::kCase && reason != Wait::kDecide && reason != Wait::kConfirm;
}

Result NextOf(const state::Waiting& s, const Cause& cause, const Circumstances& around) {
  return std::visit(
      Overloaded{
          [&](const cause::Released&) -> Result {
            if (!IsForOps(s.reason)) return {};
            Tries tries = s.tries;
            if (s.reason == Wait::kPayee) tries.payee_seen = true;
            if (s.reason == Wait::kQuarantine) tries.cleared = true;
            if (s.reason != Wait::kHeld) tries.strikes = 0;
            // Whoever puts it back although its route changed wants it to go where it
            // is.
            if (s.reason == Wait::kRoute) tries.keeps_route = true;
            return Back(tries, around);
          },
          // The routing tables say its own destination again.
          [&](const cause::RetryDue&) -> Result {
            return s.reason == Wait::kRoute ? Result{Back(s.tries, around)} : Result{};
          },
          [&](const cause::Followed& c) -> Result {
            if (s.reason != Wait::kCase) return {};
            Tries tries = s.tries;
            if (!c.grant.empty()) tries.grant = c.grant;
            if (c.not_before > around.now) {
              return state::Deferred{tries, c.not_before};
            }
            return Back(tries, around);
          },
          [&](const cause::Undecided&) -> Result {
            if (s.reason != Wait::kCase) return {};
            return state::Waiting{s.tries, Wait::kDecide};
          },
          [&](const cause::Returned&) -> Result {
            const bool waits = s.reason == Wait::kCase || s.reason == Wait::kDecide;
            if (!waits || s.tries.epoch != around.epoch) return {};
            return state::Returned{s.tries};
          },
          [&](const cause::Decided& c) -> Result {
            if (s.reason != Wait::kDecide) return {};
            Tries tries = ConfirmedAt(s.tries, around.now);
            if (!c.grant.empty()) tries.grant = c.grant;
            return Back(tries, around);
          },
          [&](const cause::Confirmed&) -> Result {
            Tries tries = ConfirmedAt(s.tries, around.now);
            if (s.reason == Wait::kConfirm) return Back(tries, around);
            return state::Waiting{tries, s.reason, s.job};
          },
          // Only what an export, a re-route or a quarantine asks for changes why
          // something waits.
          [&](const cause::Parked& c) -> Result {
            const bool taken = s.reason == Wait::kExport || s.reason == Wait::kQuarantine;
            const bool wanted = c.reason == Wait::kExport || c.reason == Wait::kQuarantine;
            if (taken || !wanted) return {};
            return Unsent{s.tries, around}(c);
          },
          [&](const cause::Moved&) -> Result {
            Tries tries = s.tries;
            tries.keeps_route = true;
            return Back(tries, around);
          },
          [&](const cause::Reported& c) -> Result {
            // Said before the technical refusal and heard again, it takes nothing
            // back.
            const bool old = s.reason == Wait::kTechnical && c.outcome &&
                             std::holds_alternative<outcome::Accepted>(*c.outcome) &&
                             !IsNews(s.tries, DecisionOf(*c.outcome));
            return old ? Result{} : Late(c, s.tries, around);
          },
          [&](const auto& c) -> Result {
            return Unsent{s.tries, around}(c);
          },
      },
      cause);
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
            const bool of_this_lease = c.worker == s.worker && c.attempt == s.tries.attempt + 1;
            if (!of_this_lease) return Late(c, s.tries, around);
            // Only this can be said without Begin: the worker puts the task down.
            const bool put_down =
                c.outcome && std::holds_alternative<outcome::Deferred>(*c.outcome);
            return put_down ? Result{Back(s.tries, around)} : Result{};
          },
          // A worker has it in hand; it comes back by itself.
          [&](const cause::Parked&) -> Result { return {}; },
          [&](const auto& c) -> Result {
            return Unsent{s.tries, around}(c);
          },
      },
      cause);
}

Result NextOf(const state::Sending& s, const Cause& cause, const Circumstances& around) {
  return std::visit(
      Overloaded{
          [&](const cause::Lapsed&) -> Result { return Doubt(s.tries, around); },
          [&](const cause::Reported& c) -> Result {
            if (c.worker != s.worker || c.attempt != s.tries.attempt) return {};
            if (c.outcome == nullptr) return Doubt(s.tries, around);
            return Follow(*c.outcome, s.tries, around);
          },
          [&](const cause::Answered& c) -> Result { return Follow(*c.outcome, s.tries, around); },
          [](const auto&) -> Result { return {}; },
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

// Silence after Begin is doubt: a second try could pay a claim twice. Only the truth ends it: a
// late report, a probe that found it or truthfully did not, or a person.
Result NextOf(const state::InDoubt& s, const Cause& cause, const Circumstances& around) {
  // Whatever ends the doubt is known of this life of the store.
  Tries known = s.tries;
  known.epoch = around.epoch;
  const auto person = [&] { return state::InDoubt{s.tries, s.probes, absl::InfiniteFuture()}; };
  return std::visit(
      Overloaded{
          [&](const cause::Reported& c) -> Result {
            if (c.attempt != s.tries.attempt || c.outcome == nullptr) return {};
            return Follow(*c.outcome, known, around);
          },
          [&](const cause::Probed&) -> Result {
            return state::InDoubt{s.tries, s.probes + 1, around.now + around.policy.probe_every};
          },
          [&](const cause::Lapsed&) -> Result { return person(); },
          [&](const cause::Found& c) -> Result {
            if (c.attempt != s.tries.attempt || c.outcome == nullptr) return {};
            const auto* deferred = std::get_if<outcome::Deferred>(c.outcome);
            // Not to have reached the operator is no news about the request. An account that could
            // not be used asked nothing: that probe does not count.
            if (deferred && IsOfAccount(deferred->hindrance) && s.probes > 0) {
              return state::InDoubt{s.tries, s.probes - 1, s.next_probe_at};
            }
            if (deferred && !IsNewsOfIt(deferred->hindrance)) return {};
            return Follow(*c.outcome, known, around);
          },
          [&](const cause::Answered& c) -> Result { return Follow(*c.outcome, known, around); },
          [&](const cause::Resolved& c) -> Result {
            if (c.verdict == wire::Verdict::kNotSent) return Back(known, around);
            return state::Awaiting{known, 0, AskAt(around, absl::ZeroDuration(), 0)};
          },
          [](const auto&) -> Result { return {}; },
      },
      cause);
}

Result NextOf(const state::Awaiting& s, const Cause& cause, const Circumstances& around) {
  const auto settle = [&](uint32_t attempt, const Outcome* outcome) -> Result {
    if (attempt != s.tries.attempt || outcome == nullptr) return {};
    if (const auto* word = std::get_if<outcome::Accepted>(outcome)) {
      // A new word is told and makes the asking start over; the old one only sets the time.
      if (IsNews(s.tries, word->decision)) return Follow(*outcome, s.tries, around);
      if (word->ask_after <= absl::ZeroDuration()) return {};
      return state::Awaiting{s.tries, s.probes, around.now + word->ask_after};
    }
    if (const auto* deferred = std::get_if<outcome::Deferred>(outcome)) {
      if (deferred->hindrance == Hindrance::kTechnical) return Follow(*outcome, s.tries, around);
      if (deferred->hindrance != Hindrance::kAbsent) return {};
      // It said that it has it, and now that it never had: a person asks.
      return state::InDoubt{s.tries, s.probes, absl::InfiniteFuture()};
    }
    return Follow(*outcome, s.tries, around);
  };
  return std::visit(
      Overloaded{
          [&](const cause::Reported& c) -> Result {
            const bool news = c.outcome && IsTaken(*c.outcome);
            return news ? settle(c.attempt, c.outcome) : Result{};
          },
          [&](const cause::Probed&) -> Result {
            return state::Awaiting{s.tries, s.probes + 1,
                                   AskAt(around, absl::ZeroDuration(), s.probes + 1)};
          },
          [&](const cause::Found& c) -> Result { return settle(c.attempt, c.outcome); },
          [&](const cause::Answered& c) -> Result { return settle(s.tries.attempt, c.outcome); },
          [](const auto&) -> Result { return {}; },
      },
      cause);
}

// The operator may say more after its answer, of its own accord: cancelled, paid and then taken
// back.
Result NextOf(const state::Settled& s, const Cause& cause, const Circumstances&) {
  const auto* answer = std::get_if<cause::Answered>(&cause);
  if (answer == nullptr || !IsNews(s.tries, DecisionOf(*answer->outcome))) return {};
  const auto heard = [&](const auto& word) -> Result {
    if constexpr (requires { word.decision; }) return state::Settled{Heard(s.tries, word)};
    return {};
  };
  return std::visit(heard, *answer->outcome);
}

// Rejected, Withdrawn, Elsewhere, Destroyed, Returned: the end.
Result NextOf(const auto&, const Cause&, const Circumstances&) { return {}; }

// A try that was given up reached the operator after all, and another was begun since: the operator
// may hold the request twice.
bool TellsOfTwice(const State& from, const Cause& cause) {
  const auto* report = std::get_if<cause::Reported>(&cause);
  const Tries& tries = TriesOf(from);
  return report != nullptr && report->outcome != nullptr && IsTaken(*report->outcome) &&
         report->attempt >= 1 && report->attempt < tries.attempt && !tries.maybe_twice;
}

}  // namespace

std::optional<State> Next(const State& from, const Cause& cause, const Circumstances& around) {
  Result next = std::visit([&](const auto& state) { return NextOf(state, cause, around); }, from);
  if (next || !TellsOfTwice(from, cause)) return next;
  State alarmed = from;
  TriesOf(alarmed).maybe_twice = true;
  return alarmed;
}

Decision DecisionOf(const Outcome& outcome) {
  if (const auto* answered = std::get_if<outcome::Answered>(&outcome)) return answered->decision;
  if (const auto* accepted = std::get_if<outcome::Accepted>(&outcome)) return accepted->decision;
  return Decision::kOther;
}

bool IsTaken(const Outcome& outcome) { return !std::holds_alternative<outcome::Deferred>(outcome); }

CauseCode CodeOf(const Cause& cause) {
  constexpr CauseCode kCodes[] = {
      CauseCode::kGranted,   CauseCode::kBegun,     CauseCode::kRefused,   CauseCode::kLapsed,
      CauseCode::kReported,  CauseCode::kProbed,    CauseCode::kFound,     CauseCode::kAnswered,
      CauseCode::kRetryDue,  CauseCode::kHeld,      CauseCode::kReleased,  CauseCode::kResolved,
      CauseCode::kWithdrawn, CauseCode::kDamaged,   CauseCode::kRerouted,  CauseCode::kFollowed,
      CauseCode::kUndecided, CauseCode::kReturned,  CauseCode::kParked,    CauseCode::kConfirmed,
      CauseCode::kDecided,   CauseCode::kElsewhere, CauseCode::kDestroyed, CauseCode::kFenced,
      CauseCode::kMoved,
  };
  return kCodes[cause.index()];
}

}  // namespace ecluse
