// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/operator.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {
namespace {

using absl::Milliseconds;
using absl::Seconds;

// What it may say on the way, as its answer, and of its own accord after it. An acknowledgement is
// either.
constexpr Decision kOnTheWay[] = {Decision::kPending, Decision::kAcknowledged,
                                  Decision::kGrantedPendingDocuments};
constexpr Decision kAnswers[] = {Decision::kOther, Decision::kGranted, Decision::kRefused,
                                 Decision::kPaid, Decision::kAcknowledged};
constexpr Decision kAfterwards[] = {Decision::kCancelled, Decision::kPaymentRejected};

outcome::Deferred LoginRefused(uint64_t epoch) {
  return {Hindrance::kCredentials, absl::ZeroDuration(), false, epoch};
}

// Its own number for a request.
std::string NumberOf(RequestId request) { return fmt::format("number-{}", request.value); }

template <class Said>
Said WordOf(Decision decision, RequestId request) {
  Said said;
  said.decision = decision;
  said.format = "text/plain";
  said.body = fmt::format("word {} of {}", static_cast<int>(decision), request.value);
  said.number = NumberOf(request);
  return said;
}

}  // namespace

Operator::Operator(World& world, Destination destination, const Policy& policy)
    : world_(world), destination_(std::move(destination)), policy_(policy) {}

void Operator::Start() {
  if (world_.story.operator_opens != absl::InfiniteDuration()) OpenAndClose();
}

void Operator::OpenAndClose() {
  const absl::Duration about = open_ ? world_.story.operator_opens : absl::Minutes(5);
  world_.clock.After(world_.random.Between(Seconds(10), 2 * about), [this] {
    open_ = !open_ || world_.quiet;
    world_.trace.Tell({}, [&] {
      return fmt::format("{} {}", ToString(destination_), open_ ? "opens" : "closes");
    });
    if (!world_.quiet) OpenAndClose();
  });
}

void Operator::Deliver(const Envelope& envelope, const std::string& content, Then then) {
  const uint64_t number = ++number_;
  const uint64_t epoch = world_.accounts.EpochOf(destination_.run_by, envelope.practice);
  if (world_.Roll(world_.faults().operator_never)) {
    world_.trace.Tell(envelope.id, [&] { return std::string("is lost on its way, silently"); });
    return;
  }
  // A try may still be on its way for nearly `settle` after everybody gave it up.
  const bool late = world_.Roll(world_.faults().operator_late);
  const absl::Duration travels = late ? world_.random.Between(Seconds(1), policy_.settle * 0.9)
                                      : world_.random.Between(Milliseconds(5), Milliseconds(500));
  on_its_way_.emplace(number, OnItsWay{envelope, content, epoch, late ? Then() : std::move(then)});
  world_.clock.After(travels, [this, number] { Arrive(number); });
}

void Operator::ArriveAll() {
  while (!on_its_way_.empty()) Arrive(on_its_way_.begin()->first);
}

void Operator::Arrive(uint64_t number) {
  const auto found = on_its_way_.find(number);
  if (found == on_its_way_.end()) return;
  const OnItsWay arrived = std::move(found->second);
  on_its_way_.erase(found);
  const std::optional<Outcome> hindered = Hinder(arrived);
  if (hindered) {
    world_.trace.Tell(arrived.envelope.id, [] { return std::string("operator hinders it"); });
  }
  Reply(arrived.then, hindered ? *hindered : Decide(arrived.envelope, arrived.content));
}

void Operator::Reply(Then then, Outcome outcome) {
  if (!then) return;
  if (world_.Roll(world_.faults().operator_silent)) return;
  const bool slow = world_.Roll(world_.faults().linger);
  const absl::Duration takes =
      world_.random.Between(Milliseconds(5), slow ? Seconds(40) : Seconds(1));
  world_.clock.After(takes,
                     [then = std::move(then), outcome = std::move(outcome)] { then(outcome); });
}

std::optional<Outcome> Operator::Hinder(const OnItsWay& arrived) {
  if (!open_) {
    const absl::Duration wait = world_.random.Between(absl::ZeroDuration(), Seconds(60));
    return outcome::Deferred{Hindrance::kClosed, wait, true};
  }
  if (world_.accounts.Refuses(destination_.run_by, arrived.envelope.practice, arrived.epoch)) {
    return LoginRefused(arrived.epoch);
  }
  if (!world_.quiet && world_.Roll(world_.story.rests)) {
    const absl::Duration rest = world_.random.Between(Seconds(1), Seconds(200));
    return outcome::Deferred{Hindrance::kAccount, rest, false};
  }
  if (!world_.Roll(world_.faults().operator_hinders)) return std::nullopt;
  const Hindrance kinds[] = {Hindrance::kUnreachable, Hindrance::kTls,      Hindrance::kClosed,
                             Hindrance::kBusy,        Hindrance::kAdapter,  Hindrance::kAccount,
                             Hindrance::kTooEarly,    Hindrance::kTechnical};
  const absl::Duration wait =
      world_.Roll(0.5) ? absl::ZeroDuration() : world_.random.Between(Seconds(1), Seconds(200));
  const uint64_t kind = world_.random.Below(8);
  return outcome::Deferred{kinds[kind], wait, kind < 5 && world_.Roll(0.3)};
}

Outcome Operator::Decide(const Envelope& envelope, const std::string& content) {
  const bool had = ledger_.contains(envelope.id);
  if (!had) {
    const auto [refusal, first] = refused_.try_emplace(envelope.id, false);
    if (first) refusal->second = world_.Roll(world_.faults().operator_rejects);
    if (refusal->second) {
      world_.checker.OperatorRejects(envelope.id);
      return outcome::Rejected{"text/plain", fmt::format("refusal of {}", envelope.id.value)};
    }
  }
  Accept(envelope, content);
  return Tell(ledger_.at(envelope.id));
}

void Operator::Accept(const Envelope& envelope, const std::string& content) {
  world_.checker.OperatorAccepts(envelope, content);
  const auto [known, first] = ledger_.try_emplace(envelope.id);
  if (!first) return;
  const Line& line = known->second = DrawLine(envelope.id);
  // Where nobody can ask, the answer comes by itself; elsewhere it sometimes does too. A word on
  // the way may well come after the answer.
  const bool by_itself = !policy_.can_probe || policy_.ask_every == absl::ZeroDuration();
  if (by_itself || world_.Roll(0.1)) SayLater(envelope.id, line.answer);
  for (const Word& word : line.before) {
    if (by_itself || world_.Roll(0.3)) SayLater(envelope.id, word);
  }
  if (!world_.Roll(world_.story.words * 0.3)) return;
  const Decision afterwards = kAfterwards[world_.random.Below(std::size(kAfterwards))];
  const absl::Time then = line.answer.from + world_.random.Between(Seconds(1), absl::Minutes(5));
  SayLater(envelope.id, {then, WordOf<outcome::Answered>(afterwards, envelope.id)});
}

Operator::Line Operator::DrawLine(RequestId request) {
  const absl::Time now = world_.clock.now();
  const bool at_once = world_.Roll(0.5);
  const absl::Duration takes =
      at_once ? absl::ZeroDuration() : world_.random.Between(Seconds(1), absl::Minutes(5));
  Line line;
  const Decision decision = kAnswers[world_.random.Below(std::size(kAnswers))];
  line.answer = {now + takes,
                 outcome::Answered{decision, "text/plain",
                                   fmt::format("answer to {}", request.value), NumberOf(request)}};
  if (at_once) return line;
  // Only where it is asked regularly: else a repeated "accepted" that comes after it is believed,
  // and nobody would ever ask again.
  line.drops =
      policy_.ask_every > absl::ZeroDuration() && world_.Roll(world_.faults().operator_drops);
  absl::Time from = now;
  for (const Decision word : kOnTheWay) {
    if (!world_.Roll(world_.story.words)) continue;
    line.before.push_back({from, WordOf<outcome::Accepted>(word, request)});
    from += world_.random.Between(absl::ZeroDuration(), takes / 2);
  }
  return line;
}

// The answer, when it is ready; before, mostly the last word, and now and then an old one again.
Outcome Operator::Tell(const Line& line) const {
  const absl::Time now = world_.clock.now();
  if (line.answer.from <= now) return line.answer.what;
  const absl::Duration hint = world_.random.Between(Seconds(1), Seconds(60));
  size_t ready = 0;
  while (ready < line.before.size() && line.before[ready].from <= now) ++ready;
  outcome::Accepted accepted;
  if (ready > 0 && world_.Roll(0.9)) {
    const size_t which = world_.Roll(0.3) ? world_.random.Below(ready) : ready - 1;
    accepted = std::get<outcome::Accepted>(line.before[which].what);
  }
  accepted.ask_after = world_.random.Chance(0.5) ? absl::ZeroDuration() : hint;
  return accepted;
}

// It could not take the request after all, and kept nothing of it.
void Operator::Drop(RequestId request) {
  ledger_.erase(request);
  std::erase_if(to_say_, [&](const auto& saying) { return saying.second.request == request; });
  world_.checker.OperatorDrops(request);
}

void Operator::SayLater(RequestId request, const Word& word) {
  const uint64_t number = ++number_;
  to_say_.emplace(number, ToSay{request, word.what});
  const bool late = world_.Roll(0.2);
  const absl::Duration wait =
      late ? world_.random.Between(Seconds(1), absl::Minutes(5)) : absl::ZeroDuration();
  world_.clock.After(word.from - world_.clock.now() + wait, [this, number] { Say(number); });
}

void Operator::SayAgain() {
  if (policy_.can_probe && policy_.ask_every > absl::ZeroDuration()) return;
  for (const auto& [request, line] : ledger_) {
    for (const Word& word : line.before) SayLater(request, word);
    SayLater(request, line.answer);
  }
}

void Operator::Say(uint64_t number) {
  const auto found = to_say_.find(number);
  if (found == to_say_.end()) return;
  const ToSay& saying = found->second;
  if (Worker* worker = world_.AnyWorker(destination_.run_by)) {
    worker->Answer(saying.request, saying.what, [this, number] {
      if (!world_.Roll(0.1)) to_say_.erase(number);  // else it says it once more
    });
  }
  world_.clock.After(world_.random.Between(Seconds(30), absl::Minutes(2)),
                     [this, number] { Say(number); });
}

std::optional<Outcome> Operator::Probe(const Envelope& envelope) {
  if (!policy_.can_probe || world_.Roll(world_.faults().probe_cannot_tell)) return std::nullopt;
  const uint64_t epoch = world_.accounts.EpochOf(destination_.run_by, envelope.practice);
  if (world_.accounts.Refuses(destination_.run_by, envelope.practice, epoch)) {
    return LoginRefused(epoch);
  }
  if (world_.Roll(world_.faults().operator_hinders * 0.2)) {
    return outcome::Deferred{Hindrance::kAccount, Seconds(world_.random.Between(0, 200)), false};
  }
  const outcome::Deferred technical{Hindrance::kTechnical, absl::ZeroDuration(), false};
  const auto line = ledger_.find(envelope.id);
  if (line != ledger_.end()) {
    const bool drops = line->second.drops && line->second.answer.from > world_.clock.now();
    if (!drops) return Tell(line->second);
    Drop(envelope.id);
    return technical;
  }
  if (!open_) return outcome::Deferred{Hindrance::kClosed, Seconds(5), true};
  if (world_.Roll(world_.faults().operator_hinders * 0.2)) return technical;
  return outcome::Deferred{Hindrance::kAbsent, absl::ZeroDuration(), false};
}

std::optional<bool> Operator::Has(RequestId request) const {
  if (ledger_.contains(request)) return true;
  for (const auto& [number, travelling] : on_its_way_) {
    if (travelling.envelope.id == request) return std::nullopt;
  }
  return false;
}

}  // namespace ecluse::sim
