// SPDX-License-Identifier: Apache-2.0
// What follows from what, where the operator has the request or may have it; lifecycle_unsent.cc
// has the rest.
#include "broker/core/lifecycle.h"

#include <algorithm>

#include "broker/core/lifecycle_parts.h"

namespace ecluse {
namespace life {

State Back(const Tries& tries, const Circumstances& around) {
  if (around.held) return state::Waiting{tries, Wait::kHeld};
  return state::Ready{tries};
}

bool IsNews(const Tries& tries, Decision decision) {
  return decision != Decision::kOther && (tries.said & BitOf(decision)) == 0;
}

namespace {

// `first`, doubled `times` times, and at most `most`.
absl::Duration Doubled(absl::Duration first, absl::Duration most, uint32_t times) {
  absl::Duration wait = first;
  for (uint32_t i = 0; i < times && wait < most; ++i) wait *= 2;
  return std::min(wait, most);
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

// Up to an eighth longer, by the request itself.
absl::Duration Spread(absl::Duration wait, const Circumstances& around) {
  return wait + absl::Trunc(wait / (8 * kSpreads) * around.spread, absl::Microseconds(1));
}

// It speaks of another life, and this one has asked the operator since.
bool IsForeign(const cause::Reported& c, const Tries& tries, const Circumstances& around) {
  return c.of_other_life && tries.epoch == around.epoch;
}

// A refusal keeps nothing there.
bool IsKept(const Outcome* outcome) {
  return outcome && IsTaken(*outcome) && !std::holds_alternative<outcome::Rejected>(*outcome);
}

State Doubt(const Tries& tries, const Circumstances& around) {
  // The operator says that repeating is harmless, so doubt costs nothing.
  if (around.policy.idempotent) return Back(tries, around);
  return state::InDoubt{tries, 0,
                        around.policy.can_probe ? around.now + Spread(around.policy.settle, around)
                                                : absl::InfiniteFuture()};
}

// `asked`: how often it was asked already, in vain.
absl::Time AskAt(const Circumstances& around, absl::Duration ask_after, uint32_t asked) {
  const Policy& policy = around.policy;
  if (ask_after > absl::ZeroDuration()) return around.now + ask_after;
  if (!policy.can_probe || policy.ask_every <= absl::ZeroDuration()) return absl::InfiniteFuture();
  const absl::Duration most = std::max(policy.ask_every, policy.ask_most);
  return around.now + Spread(Doubled(policy.ask_every, most, asked), around);
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

}  // namespace

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

Result NextOf(const state::Sending& s, const Cause& cause, const Circumstances& around) {
  return std::visit(
      Overloaded{
          [&](const cause::Lapsed&) -> Result { return Doubt(s.tries, around); },
          [&](const cause::Reported& c) -> Result {
            const bool of_this_try = c.worker == s.worker && c.attempt == s.tries.attempt;
            // The number of a try in another life may be that of this one.
            if (!of_this_try || IsForeign(c, s.tries, around)) return {};
            if (c.outcome == nullptr) return Doubt(s.tries, around);
            return Follow(*c.outcome, s.tries, around);
          },
          [&](const cause::Answered& c) -> Result { return Follow(*c.outcome, s.tries, around); },
          [](const auto&) -> Result { return {}; },
      },
      cause);
}

namespace {

// Silence after Begin is doubt: a second try could pay a claim twice. Only the truth ends it: a
// late report, a probe that found it or truthfully did not, or a person.
struct InDoubt {
  const state::InDoubt& s;
  const Circumstances& around;

  Result operator()(const cause::Reported& c) const {
    if (c.outcome == nullptr) return {};
    // A restored store has forgotten the tries after its backup. What they say of the operator is
    // true; what they say of themselves says nothing of those after them.
    const bool foreign = IsForeign(c, s.tries, around);
    const bool forgotten =
        (foreign || s.tries.epoch != around.epoch) && c.attempt > s.tries.attempt;
    if (c.attempt != s.tries.attempt && !(forgotten && IsTaken(*c.outcome))) return {};
    Tries tries = s.tries;
    // The doubt is of a try in this life; now there are two.
    tries.maybe_twice |= foreign && IsKept(c.outcome);
    return Follow(*c.outcome, tries, around);
  }
  Result operator()(const cause::Probed&) const {
    return state::InDoubt{s.tries, s.probes + 1,
                          around.now + Spread(around.policy.probe_every, around)};
  }
  // Only a person can tell.
  Result operator()(const cause::Lapsed&) const {
    return state::InDoubt{s.tries, s.probes, absl::InfiniteFuture()};
  }
  Result operator()(const cause::Found& c) const {
    if (c.attempt != s.tries.attempt || c.outcome == nullptr) return {};
    const auto* deferred = std::get_if<outcome::Deferred>(c.outcome);
    // Not to have reached the operator is no news about the request. An account that could not be
    // used asked nothing: that probe does not count.
    if (deferred && IsOfAccount(deferred->hindrance) && s.probes > 0) {
      return state::InDoubt{s.tries, s.probes - 1, s.next_probe_at};
    }
    if (deferred && !IsNewsOfIt(deferred->hindrance)) return {};
    // It was asked because the store was restored, not because a try of it failed.
    const bool fenced = s.tries.epoch != around.epoch;
    if (fenced && deferred && deferred->hindrance == Hindrance::kAbsent) {
      return Back(Known(), around);
    }
    return Follow(*c.outcome, Known(), around);
  }
  Result operator()(const cause::Answered& c) const { return Follow(*c.outcome, Known(), around); }
  Result operator()(const cause::Resolved& c) const {
    if (c.verdict == wire::Verdict::kNotSent) return Back(Known(), around);
    return state::Awaiting{Known(), 0, AskAt(around, absl::ZeroDuration(), 0)};
  }
  Result operator()(const auto&) const { return {}; }

 private:
  // Whatever the operator or a person says now is known of this life of the store.
  Tries Known() const {
    Tries known = s.tries;
    known.epoch = around.epoch;
    return known;
  }
};

}  // namespace

Result NextOf(const state::InDoubt& s, const Cause& cause, const Circumstances& around) {
  return std::visit(InDoubt{s, around}, cause);
}

Result NextOf(const state::Awaiting& s, const Cause& cause, const Circumstances& around) {
  const auto settle = [&](uint32_t attempt, const Outcome* outcome) -> Result {
    if (attempt != s.tries.attempt || outcome == nullptr) return {};
    if (const auto* word = std::get_if<outcome::Accepted>(outcome)) {
      // A new word is told and makes the asking start over; the old one only sets the time.
      if (IsNews(s.tries, word->decision)) return Follow(*outcome, s.tries, around);
      const bool later = word->ask_after > absl::ZeroDuration();
      const bool numbered = !word->number.empty() && word->number != s.tries.number;
      if (!later && !numbered) return {};
      return state::Awaiting{Heard(s.tries, *word), s.probes,
                             later ? around.now + word->ask_after : s.next_probe_at};
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
static Result NextOf(const auto&, const Cause&, const Circumstances&) { return {}; }

namespace {

// A try that was given up reached the operator after all, and another was begun since, or the
// request ended as unsent: the operator may hold it twice, or though nobody wants it there.
bool TellsOfTwice(const State& from, const Cause& cause, const Circumstances& around) {
  const Tries& tries = TriesOf(from);
  const StateCode code = CodeOf(from);
  const bool ended_unsent = code == StateCode::kWithdrawn || code == StateCode::kElsewhere ||
                            code == StateCode::kDestroyed || code == StateCode::kReturned;
  if (tries.maybe_twice) return false;
  if (const auto* report = std::get_if<cause::Reported>(&cause)) {
    if (report->attempt == 0 || !IsKept(report->outcome)) return false;
    const bool also_sent_here = code == StateCode::kSending && IsForeign(*report, tries, around);
    return report->attempt < tries.attempt || ended_unsent || also_sent_here;
  }
  const auto* found = std::get_if<cause::Found>(&cause);
  return found && ended_unsent && IsKept(found->outcome);
}

}  // namespace
}  // namespace life

std::optional<State> Next(const State& from, const Cause& cause, const Circumstances& around) {
  using life::NextOf;
  life::Result next =
      std::visit([&](const auto& state) { return NextOf(state, cause, around); }, from);
  if (next || !life::TellsOfTwice(from, cause, around)) return next;
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
