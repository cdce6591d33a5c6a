// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/ops.h"

#include <string>
#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {
namespace {

using absl::Seconds;

constexpr absl::Duration kPatience = Seconds(3);

}  // namespace

Ops::Ops(World& world)
    : world_(world), caller_(world.NewCaller("ops", identity::Ops{"anne", true}, true)) {}

void Ops::Start() { ActLater(); }

void Ops::ActLater() {
  absl::Duration wait = Seconds(30);
  if (!world_.quiet && world_.story.ops_acts != absl::InfiniteDuration()) {
    wait = world_.random.Between(Seconds(1), 2 * world_.story.ops_acts);
  }
  world_.clock.After(wait, [this] {
    if (world_.quiet) {
      PutRight();
    } else if (world_.story.ops_acts != absl::InfiniteDuration()) {
      Act();
    }
    ActLater();
  });
}

Destination Ops::AnyDestination() {
  auto at = world_.story.policies.begin();
  std::advance(at, world_.random.Below(world_.story.policies.size()));
  return at->first;
}

void Ops::Act() {
  switch (world_.random.Below(11)) {
    case 0:
    case 1:
      return Close();
    case 2:
      return Gate(wire::Reopen{AnyDestination(), "it works again", world_.Roll(0.5)});
    case 3:
      return Gate(wire::Drain{AnyDestination(), static_cast<uint32_t>(world_.random.Between(1, 3)),
                              "a few first"});
    case 4:
      return PlaceHold();
    case 5:
      if (!holds_.empty()) LiftHold(*holds_.begin());
      return;
    case 6:
    case 7:
      return LookAfter(StateCode::kInDoubt, {});
    case 8:
      return LookAfter(StateCode::kWaiting, {});
    case 9:
      return LookAtHolds(0.2);
    default:
      return AskCounts();
  }
}

void Ops::PutRight() {
  for (const auto& [destination, policy] : world_.story.policies) {
    Gate(wire::Reopen{destination, "the storm is over", true});
  }
  LookAtHolds(1);
  LookAfter(StateCode::kInDoubt, {});
  LookAfter(StateCode::kWaiting, {});
}

// A rule's hold is lifted like any other; if the login is still refused, the rule places it again.
void Ops::LookAtHolds(double lifts) {
  caller_.AskOnce(wire::Holds{}, kPatience, [this, lifts](const wire::ReplyBody* reply) {
    const auto* result = reply ? std::get_if<wire::HoldsResult>(reply) : nullptr;
    if (!result) return;
    for (const Hold& hold : result->holds) {
      if (world_.Roll(lifts)) LiftHold(hold.id);
    }
  });
}

void Ops::Gate(wire::CallBody body) {
  caller_.AskOnce(std::move(body), kPatience, [](const wire::ReplyBody*) {});
}

void Ops::Close() {
  wire::Close close{AnyDestination(), "the operator says so", std::nullopt};
  if (world_.Roll(0.5)) {
    close.announced = world_.clock.house() + world_.random.Between(Seconds(20), absl::Minutes(8));
  }
  Gate(close);
}

Scope Ops::DrawScope() {
  const Destination destination = AnyDestination();
  const auto& practices = world_.story.practices;
  const PracticeId practice = practices[world_.random.Below(practices.size())].id;
  switch (world_.random.Below(7)) {
    case 0:
      return {};  // the master stop
    case 1:
      return {.run_by = destination.run_by, .service = {}, .practice = {}, .request = {}};
    case 2:
      return {.run_by = destination.run_by,
              .service = destination.service,
              .practice = {},
              .request = {}};
    case 3:
      return {.run_by = destination.run_by, .service = {}, .practice = practice, .request = {}};
    case 4:
      return {.run_by = {}, .service = {}, .practice = practice, .request = {}};
    default:
      return {.run_by = {},
              .service = {},
              .practice = {},
              .request = RequestId{1 + world_.random.Below(requests_seen_ + 2)}};
  }
}

void Ops::PlaceHold() {
  const wire::PlaceHold place{DrawScope(), "hold on"};
  caller_.AskOnce(place, kPatience, [this](const wire::ReplyBody* reply) {
    const auto* result = reply ? std::get_if<wire::HoldsResult>(reply) : nullptr;
    if (!result) return;
    for (const Hold& hold : result->holds) holds_.insert(hold.id);
  });
}

void Ops::LiftHold(HoldId hold) {
  caller_.AskOnce(wire::LiftHold{hold, "go on"}, kPatience, [this, hold](const auto* reply) {
    if (reply) holds_.erase(hold);
  });
}

void Ops::LookAfter(StateCode code, RequestId after) {
  wire::List list;
  list.filter.states = {code};
  list.after = after;
  list.at_most = static_cast<uint32_t>(world_.random.Between(1, 20));
  caller_.AskOnce(list, kPatience, [this, code](const wire::ReplyBody* reply) {
    const auto* result = reply ? std::get_if<wire::ListResult>(reply) : nullptr;
    if (!result) return;
    for (const wire::ListRow& row : result->rows) LookAt(row);
    if (result->next.value != 0) LookAfter(code, result->next);
  });
}

void Ops::LookAt(const wire::ListRow& row) {
  const RequestId request = row.status.number;
  if (row.status.state == StateCode::kWaiting && row.status.why != wire::WhyWaiting::kHeld) {
    caller_.AskOnce(wire::Retry{request, "once more"}, kPatience, [](const wire::ReplyBody*) {});
  }
  if (row.status.state != StateCode::kInDoubt) return;
  // They wait for the machine's own probes, unless they are in a hurry.
  if (row.status.why != wire::WhyWaiting::kPerson && !world_.Roll(0.1)) return;
  const std::optional<bool> has = world_.operators.at(row.status.destination)->Has(request);
  if (!has) return;
  // Repeated until answered: it names the try that was judged, so a late repeat judges no other.
  caller_.Ask(wire::Resolve{request, *has ? wire::Verdict::kSent : wire::Verdict::kNotSent,
                            "asked by telephone", row.status.attempts},
              [](const wire::ReplyBody&) {});
}

void Ops::AskCounts() {
  caller_.AskOnce(wire::Status{}, kPatience,
                  [this, end = world_.quiet](const wire::ReplyBody* reply) {
                    const auto* report = reply ? std::get_if<wire::StatusReport>(reply) : nullptr;
                    if (!report) return;
                    requests_seen_ = 0;
                    for (const auto& count : report->counts) requests_seen_ += count.requests;
                    counted_ = end && world_.checker.CountsAgree(*report);
                  });
}

}  // namespace ecluse::sim
