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
    : world_(world),
      caller_(world.NewCaller("ops", identity::Ops{"anne", true}, true)),
      jobs_(world) {}

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
  switch (world_.random.Below(16)) {
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
    case 10:
      return Announce();
    case 11:
      if (world_.Roll(world_.story.incidents)) PlaceRule();
      return;
    case 12:
      if (world_.Roll(world_.story.jobs)) PlanJob();
      return;
    case 13:
    case 14:
      return jobs_.Look();
    default:
      return AskCounts();
  }
}

void Ops::PutRight() {
  for (const auto& [destination, policy] : world_.story.policies) {
    Gate(wire::Reopen{destination, "the storm is over", true});
  }
  LookAtHolds(1);
  // What waits in quarantine is let go by two people.
  Filter quarantined;
  quarantined.waits = {Wait::kQuarantine};
  if (world_.story.incidents > 0 && world_.Roll(0.2)) {
    jobs_.Plan(JobKind::kRelease, quarantined);
  }
  if (world_.story.incidents > 0 || world_.story.jobs > 0) jobs_.Look();
  LookAfter(StateCode::kInDoubt, {});
  LookAfter(StateCode::kWaiting, {});
}

// A rule's hold is lifted like any other; if the login is still refused, the rule places it again.
void Ops::LookAtHolds(double lifts) {
  caller_.AskOnce(wire::Holds{}, kPatience, [this, lifts](const wire::ReplyBody* reply) {
    const auto* result = reply ? std::get_if<wire::HoldsResult>(reply) : nullptr;
    if (!result) return;
    for (const Hold& hold : result->holds) {
      // In the end accounts pass an incident by their new passwords, and by nothing else.
      const bool stays = world_.quiet && hold.rule == HoldRule::kIncident;
      if (!stays && world_.Roll(lifts)) LiftHold(hold.id);
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

// Put off, brought forward or withdrawn; and for a gate that has no hour.
void Ops::Announce() {
  wire::Announce announce{AnyDestination(), std::nullopt, "letter of the operator", "it says so"};
  if (world_.Roll(0.7)) {
    announce.at = world_.clock.house() + world_.random.Between(Seconds(20), absl::Minutes(8));
  }
  Gate(announce);
}

void Ops::PlaceRule() {
  wire::PlaceHold place;
  place.reason = "after the attack";
  if (world_.Roll(0.6)) {
    place.rule = HoldRule::kIncident;
    place.scope.run_by = AnyDestination().run_by;
    if (world_.Roll(0.5))
      place.since = world_.clock.house() - world_.random.Between(Seconds(1), absl::Minutes(5));
  } else {
    place.rule = HoldRule::kQuarantine;
    const auto& practices = world_.story.practices;
    place.scope.practice = practices[world_.random.Below(practices.size())].id;
  }
  caller_.AskOnce(place, kPatience, [](const wire::ReplyBody*) {});
}

void Ops::PlanJob() {
  Filter filter;
  const Destination destination = AnyDestination();
  filter.run_by = destination.run_by;
  filter.service = destination.service;
  switch (world_.random.Below(6)) {
    case 0:
      return jobs_.Plan(JobKind::kConfirm, filter);
    case 1:
      return jobs_.Plan(JobKind::kExport, filter);
    case 2:
      filter.waits = {Wait::kQuarantine};
      return jobs_.Plan(JobKind::kDestroy, filter);
    case 3:
      filter.waits = {Wait::kQuarantine};
      return jobs_.Plan(JobKind::kRelease, filter);
    case 4:
      return jobs_.Plan(JobKind::kReroute, filter, AnyDestination());
    default:
      return jobs_.Plan(JobKind::kRelease, filter);
  }
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
  wire::PlaceHold place{DrawScope(), "hold on"};
  if (!place.scope.request && world_.Roll(0.3)) {
    place.scope.kind = world_.Roll(0.5) ? Kind::kBill : Kind::kAuthorisation;
  }
  if (world_.Roll(0.3)) {
    place.until = world_.clock.house() + world_.random.Between(Seconds(20), absl::Minutes(8));
  }
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
  const bool for_ops =
      row.status.why == wire::WhyWaiting::kStrikes ||
      row.status.why == wire::WhyWaiting::kDamaged || row.status.why == wire::WhyWaiting::kRoute ||
      row.status.why == wire::WhyWaiting::kTechnical || row.status.why == wire::WhyWaiting::kPayee;
  if (row.status.state == StateCode::kWaiting && for_ops) {
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
