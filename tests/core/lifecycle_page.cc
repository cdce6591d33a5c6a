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
const Tries kOnce{1, 0};

const absl::Time kNow = absl::FromUnixSeconds(1707742800);

struct NamedState {
  std::string title;
  std::string meaning;
  State state;
  // Only what differs from this one is told.
  std::optional<State> like = {};
};

const State kHeld = state::Waiting{kOnce, Wait::kHeld};

NamedState WaitingFor(Wait reason, std::string meaning) {
  return {fmt::format("waiting ({})", NameOf(reason)), std::move(meaning),
          state::Waiting{kOnce, reason}, kHeld};
}

std::vector<NamedState> States() {
  return {
      {"ready", "In its queue; goes when gate and holds allow.", state::Ready{kOnce}},
      {"waiting (held)",
       "Out of its queue until somebody acts; here: until the hold on it is lifted.", kHeld},
      WaitingFor(Wait::kStrikes, "The retry budget is used up: a person looks at it."),
      WaitingFor(Wait::kDamaged, "Its content can't be read back: a person looks at it."),
      WaitingFor(Wait::kRoute, "The routing tables say another destination by now."),
      WaitingFor(Wait::kTechnical, "Technical refusal by the operator: a person looks at it."),
      WaitingFor(Wait::kCase, "An earlier request of its case is not there yet."),
      WaitingFor(Wait::kDecide,
                 "Its authorisation was not granted as asked: the practice was asked, once."),
      WaitingFor(Wait::kConfirm, "Old: the practice was asked, once, whether it still wants it."),
      WaitingFor(Wait::kPayee, "The bank account to be paid changed: a person looks at it."),
      WaitingFor(Wait::kExport, "An export took it to hand it over by other means."),
      WaitingFor(Wait::kQuarantine, "Its practice is in quarantine: two people decide."),
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
      {"elsewhere",
       "Sent by other means, said by the practice or by an export; the proof is in the history.",
       state::Elsewhere{kOnce}},
      {"destroyed",
       "Deposited by a compromised account, destroyed by two people; the content is erased.",
       state::Destroyed{kOnce}},
      {"returned", "Given back to the practice unsent: its authorisation was refused.",
       state::Returned{kOnce}},
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
      {"report of a try that a restored store forgot: accepted",
       cause::Reported{kWorker, attempt + 1, &kAccepted}},
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
      {"those before it in its case are there", cause::Followed{}},
      {"… and it may only go later", cause::Followed{"", kNow + absl::Hours(48)}},
      {"its authorisation was not granted as asked", cause::Undecided{}},
      {"its authorisation was refused", cause::Returned{}},
      {"the practice decides that it goes", cause::Decided{}},
      {"the practice confirms it", cause::Confirmed{}},
      {"the practice, or an export, sent it by other means", cause::Elsewhere{}},
      {"two people destroy it", cause::Destroyed{}},
      {"set aside until those before it are there", cause::Parked{Wait::kCase}},
      {"set aside as old", cause::Parked{Wait::kConfirm}},
      {"set aside for its payee", cause::Parked{Wait::kPayee}},
      {"set aside by an export", cause::Parked{Wait::kExport}},
      {"set aside by a quarantine", cause::Parked{Wait::kQuarantine}},
      {"it has its turn in a restored store", cause::Fenced{}},
      {"a person sends it another way", cause::Moved{}},
  };
}

struct Variation {
  std::string when;
  Policy policy;
  bool held = false;
  StoreEpoch epoch = 0;
};

std::vector<Variation> Variations() {
  std::vector<Variation> all(6);
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
  all[5].when = "the store was restored since it was known to be unsent (`epoch`)";
  all[5].epoch = 1;
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
  if (TriesOf(state).maybe_twice) text += ", with an alarm: it may be there twice";
  return text;
}

std::string Row(const State& from, const Cause& cause, const Variation& v) {
  const std::optional<State> next = Next(from, cause, {v.policy, kNow, v.held, v.epoch});
  return next ? Describe(*next) : "nothing";
}

void AddRow(const NamedState& from, const std::string& title, const Cause& cause,
            std::string& rows) {
  const Variation usual;
  const std::string then = Row(from.state, cause, usual);
  const std::string like = from.like ? Row(*from.like, cause, usual) : "nothing";
  if (then != like) rows += fmt::format("| {} | {} |\n", title, then);
  for (const Variation& v : Variations()) {
    const std::string other = Row(from.state, cause, v);
    const bool told = from.like && then == like && other == Row(*from.like, cause, v);
    if (other == then || told) continue;
    rows += fmt::format("| {}; when {} | {} |\n", title, v.when, other);
  }
}

}  // namespace

std::string LifecycleTable() {
  std::string page;
  for (const NamedState& from : States()) {
    page += fmt::format("\n### {}\n\n{}", from.title, from.meaning);
    page += from.like ? " Only what differs from *waiting (held)*.\n" : "\n";
    std::string rows;
    for (const auto& [title, cause] : Causes(from.state)) AddRow(from, title, cause, rows);
    if (rows.empty()) {
      page += from.like ? "\nNothing differs.\n" : "\nThe end: no cause changes it.\n";
    } else {
      page += "\n| cause | then |\n| --- | --- |\n" + rows;
    }
  }
  return page;
}

}  // namespace ecluse
