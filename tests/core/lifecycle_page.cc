// SPDX-License-Identifier: Apache-2.0
#include "tests/core/lifecycle_page.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "broker/core/lifecycle.h"
#include "proto/texts.h"

namespace ecluse {
namespace {

constexpr WorkerId kWorker{7};
constexpr WorkerId kAnother{8};
constexpr Tries kOnce{1, 0};

const absl::Time kNow = absl::FromUnixSeconds(1707742800);

struct NamedState {
  std::string title;
  std::string meaning;
  State state;
};

std::vector<NamedState> States() {
  return {
      {"ready", "In its queue; goes when gate and holds allow.", state::Ready{kOnce}},
      {"waiting",
       "Out of its queue until somebody acts: held, tried too often, damaged, refused for "
       "technical "
       "reasons, or its route has changed.",
       state::Waiting{kOnce, Wait::kHeld}},
      {"leased", "A worker may ask to begin. Nothing has been sent.",
       state::Leased{kOnce, kWorker, kNow}},
      {"sending", "The worker was told to proceed: from here on the operator may have it.",
       state::Sending{kOnce, kWorker, kNow}},
      {"deferred", "Surely not sent; tried again later.", state::Deferred{kOnce, kNow}},
      {"in_doubt",
       "Begun, then silence. Never sent again before a probe says absent or a person "
       "decides.",
       state::InDoubt{kOnce, 1, kNow}},
      {"awaiting", "The operator has it; its answer is still to come.",
       state::Awaiting{kOnce, 0, kNow}},
      {"settled",
       "Answered by the operator; the answer is in the inbox. What the operator says later of its "
       "own "
       "accord goes there too.",
       state::Settled{kOnce}},
      {"rejected", "The operator never took it as it was; its words are in the inbox.",
       state::Rejected{kOnce}},
      {"withdrawn", "Taken back by the practice while unsent.", state::Withdrawn{kOnce}},
  };
}

const Outcome kAnswered = outcome::Answered{};
const Outcome kAccepted = outcome::Accepted{};
const Outcome kWord = outcome::Accepted{absl::ZeroDuration(), Decision::kPending};
const Outcome kTakenBack = outcome::Answered{Decision::kCancelled, "", ""};
const Outcome kRejected = outcome::Rejected{};
const Outcome kHindered{outcome::Deferred{Hindrance::kUnreachable, absl::ZeroDuration(), false}};
const Outcome kAllHindered{outcome::Deferred{Hindrance::kClosed, absl::ZeroDuration(), true}};
const Outcome kNoLogin{outcome::Deferred{Hindrance::kCredentials, absl::ZeroDuration(), false}};
const Outcome kEarly{outcome::Deferred{Hindrance::kTooEarly, absl::Hours(40), false}};
const Outcome kTechnical{outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration(), false}};
const Outcome kAbsent{outcome::Deferred{Hindrance::kAbsent, absl::ZeroDuration(), false}};

std::vector<std::pair<std::string, Cause>> Causes(const State& from) {
  // A lease is for the try after the last one that began.
  const uint32_t attempt = std::holds_alternative<state::Leased>(from) ? 2 : 1;
  const auto reported = [&](const Outcome* outcome) {
    return Cause{cause::Reported{kWorker, attempt, outcome}};
  };
  return {
      {"granted to a worker", cause::Granted{kWorker}},
      {"its worker begins", cause::Begun{kWorker}},
      {"another worker begins", cause::Begun{kAnother}},
      {"its worker may not begin: gate or hold", cause::Refused{kWorker}},
      {"its time is over", cause::Lapsed{}},
      {"report: answered", reported(&kAnswered)},
      {"report: accepted, answer later", reported(&kAccepted)},
      {"report: accepted, with a word on the way", reported(&kWord)},
      {"report: surely not sent", reported(&kHindered)},
      {"report: surely not sent, whole destination", reported(&kAllHindered)},
      {"report: login refused", reported(&kNoLogin)},
      {"report: too early for the operator", reported(&kEarly)},
      {"report: technical refusal", reported(&kTechnical)},
      {"report: rejected", reported(&kRejected)},
      {"report: cannot tell", reported(nullptr)},
      {"report of another worker: answered", cause::Reported{kAnother, attempt, &kAnswered}},
      {"report of an earlier try: accepted", cause::Reported{kWorker, attempt - 1, &kAccepted}},
      {"a probe is asked", cause::Probed{}},
      {"probe: answered", cause::Found{1, &kAnswered}},
      {"probe: accepted", cause::Found{1, &kAccepted}},
      {"probe: accepted, with a new word on the way", cause::Found{1, &kWord}},
      {"probe: rejected", cause::Found{1, &kRejected}},
      {"probe: absent", cause::Found{1, &kAbsent}},
      {"probe: operator not reached", cause::Found{1, &kHindered}},
      {"probe: technical refusal", cause::Found{1, &kTechnical}},
      {"probe: login refused", cause::Found{1, &kNoLogin}},
      {"an answer by itself", cause::Answered{&kAnswered}},
      {"a word on the way by itself", cause::Answered{&kWord}},
      {"another answer by itself", cause::Answered{&kTakenBack}},
      {"its retry is due", cause::RetryDue{}},
      {"a hold on it", cause::Held{}},
      {"released", cause::Released{}},
      {"a person: it was sent", cause::Resolved{wire::Verdict::kSent}},
      {"a person: it was not sent", cause::Resolved{wire::Verdict::kNotSent}},
      {"the practice withdraws it", cause::Withdrawn{}},
      {"its content can't be read", cause::Damaged{}},
      {"its card's requests go elsewhere", cause::Rerouted{}},
  };
}

struct Variation {
  std::string when;
  Policy policy;
  bool held = false;
};

std::vector<Variation> Variations() {
  std::vector<Variation> all(5);
  all[0].when = "the operator's operation may be repeated (`idempotent`)";
  all[0].policy.idempotent = true;
  all[1].when = "the adapter can't probe (`can_probe = false`)";
  all[1].policy.can_probe = false;
  all[2].when = "the retry budget is at its end (`strikes`)";
  all[2].policy.strikes = 1;
  all[3].when = "there is a hold on this very request";
  all[3].held = true;
  all[4].when = "answers come by themselves (`ask_every = 0s`)";
  all[4].policy.ask_every = absl::ZeroDuration();
  return all;
}

std::string Describe(const State& state) {
  std::string text = "**" + std::string(NameOf(CodeOf(state))) + "**";
  if (const auto* s = std::get_if<state::Waiting>(&state)) {
    text += fmt::format(" ({})", NameOf(s->reason));
  } else if (const auto* s2 = std::get_if<state::Sending>(&state)) {
    text += fmt::format(", try {}", s2->tries.attempt);
  } else if (const auto* s3 = std::get_if<state::InDoubt>(&state)) {
    text += s3->next_probe_at == absl::InfiniteFuture() ? ", for a person" : ", to be probed";
  } else if (const auto* s4 = std::get_if<state::Awaiting>(&state)) {
    text += s4->next_probe_at == absl::InfiniteFuture() ? "" : ", asked again later";
  }
  return text;
}

std::string Row(const State& from, const Cause& cause, const Policy& policy, bool held) {
  const std::optional<State> next = Next(from, cause, {policy, kNow, held});
  return next ? Describe(*next) : "";
}

}  // namespace

std::string LifecycleTable() {
  std::string page;
  const Policy usual;
  for (const NamedState& from : States()) {
    page += fmt::format("\n### {}\n\n{}\n", from.title, from.meaning);
    std::string rows;
    for (const auto& [title, cause] : Causes(from.state)) {
      const std::string then = Row(from.state, cause, usual, false);
      if (!then.empty()) rows += fmt::format("| {} | {} |\n", title, then);
      for (const Variation& v : Variations()) {
        const std::string other = Row(from.state, cause, v.policy, v.held);
        if (other == then) continue;
        rows +=
            fmt::format("| {}; when {} | {} |\n", title, v.when, other.empty() ? "nothing" : other);
      }
    }
    page += rows.empty() ? "\nThe end: no cause changes it.\n"
                         : "\n| cause | then |\n| --- | --- |\n" + rows;
  }
  return page;
}

}  // namespace ecluse
