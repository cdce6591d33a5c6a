// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/operator.h"

#include <fmt/format.h>

#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {
namespace {

using absl::Milliseconds;
using absl::Seconds;

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
  if (world_.Roll(world_.faults().operator_never)) {
    world_.trace.Tell(envelope.id, [&] { return std::string("is lost on its way, silently"); });
    return;
  }
  // A try may still be on its way for nearly `settle` after everybody gave it up.
  const bool late = world_.Roll(world_.faults().operator_late);
  const absl::Duration travels = late ? world_.random.Between(Seconds(1), policy_.settle * 0.9)
                                      : world_.random.Between(Milliseconds(5), Milliseconds(500));
  on_its_way_.emplace(number, OnItsWay{envelope, content, late ? Then() : std::move(then)});
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
  const std::optional<Outcome> hindered = Hinder();
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

std::optional<Outcome> Operator::Hinder() {
  if (!open_) {
    const absl::Duration wait = world_.random.Between(absl::ZeroDuration(), Seconds(60));
    return outcome::Deferred{Hindrance::kClosed, wait, true};
  }
  if (!world_.Roll(world_.faults().operator_hinders)) return std::nullopt;
  const Hindrance kinds[] = {Hindrance::kUnreachable, Hindrance::kTls,     Hindrance::kClosed,
                             Hindrance::kBusy,        Hindrance::kAdapter, Hindrance::kCredentials};
  const absl::Duration wait =
      world_.Roll(0.5) ? absl::ZeroDuration() : world_.random.Between(Seconds(1), Seconds(90));
  const Hindrance kind = kinds[world_.random.Below(world_.Roll(0.1) ? 6 : 5)];
  return outcome::Deferred{kind, wait, world_.Roll(0.3)};
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
  if (ledger_.contains(envelope.id)) return;
  const bool at_once = world_.Roll(0.5);
  const absl::Duration takes =
      at_once ? absl::ZeroDuration() : world_.random.Between(Seconds(1), absl::Minutes(5));
  Line line{{static_cast<Decision>(world_.random.Below(4)), "text/plain",
             fmt::format("answer to {}", envelope.id.value)},
            world_.clock.now() + takes};
  ledger_.emplace(envelope.id, std::move(line));
  // Where nobody can ask, the answer comes by itself; elsewhere it sometimes does too.
  const bool by_itself = !policy_.can_probe || policy_.ask_every == absl::ZeroDuration();
  if (by_itself || world_.Roll(0.1)) PushLater(envelope.id, takes);
}

Outcome Operator::Tell(const Line& line) const {
  if (line.ready_at <= world_.clock.now()) return line.answer;
  const absl::Duration hint = world_.random.Between(Seconds(1), Seconds(60));
  return outcome::Accepted{world_.random.Chance(0.5) ? absl::ZeroDuration() : hint};
}

void Operator::PushLater(RequestId request, absl::Duration wait) {
  world_.clock.After(wait, [this, request] { Push(request); });
}

void Operator::Push(RequestId request) {
  Line& line = ledger_.at(request);
  if (line.told) return;
  if (Worker* worker = world_.AnyWorker(destination_.run_by)) {
    worker->Answer(request, line.answer, [&line] { line.told = true; });
  }
  PushLater(request, world_.random.Between(Seconds(30), absl::Minutes(2)));
}

std::optional<Outcome> Operator::Probe(RequestId request) const {
  if (!policy_.can_probe || world_.Roll(world_.faults().probe_cannot_tell)) return std::nullopt;
  const auto line = ledger_.find(request);
  if (line != ledger_.end()) return Tell(line->second);
  if (!open_) return outcome::Deferred{Hindrance::kClosed, Seconds(5), true};
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
