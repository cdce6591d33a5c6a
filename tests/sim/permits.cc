// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/permits.h"

#include <algorithm>

namespace ecluse::sim {
namespace {

bool Covers(const Scope& scope, const Page& page) {
  if (scope.request) return *scope.request == page.id;
  if (scope.kind && (!page.item || page.item->kind != *scope.kind)) return false;
  if (scope.run_by && *scope.run_by != page.destination.run_by) return false;
  if (scope.service && *scope.service != page.destination.service) return false;
  return !scope.practice || *scope.practice == page.practice;
}

}  // namespace

void Permits::Handed(const wire::CallBody& call, uint64_t order) {
  if (const auto* close = std::get_if<wire::Close>(&call)) {
    // Its hour may count though nobody heard so.
    Known& known = gates_[close->destination];
    known.announced = std::min(known.announced, close->announced.value_or(known.announced));
  } else if (const auto* announce = std::get_if<wire::Announce>(&call)) {
    Known& known = gates_[announce->destination];
    known.announced = std::min(known.announced, announce->at.value_or(known.announced));
  } else if (const auto* reopen = std::get_if<wire::Reopen>(&call)) {
    Known& known = gates_[reopen->destination];
    known.code = GateCode::kOpen;  // perhaps; the reply will tell
    known.loosened = order;
  } else if (const auto* drain = std::get_if<wire::Drain>(&call)) {
    Known& known = gates_[drain->destination];
    known.allowance = std::max(known.allowance, drain->first);
    known.drained = order;
  } else if (const auto* lift = std::get_if<wire::LiftHold>(&call)) {
    holds_.erase(lift->hold);
    lifted_.insert(lift->hold);
  }
}

void Permits::Told(const wire::CallBody& call, uint64_t order, const wire::ReplyBody& reply) {
  if (const auto* gate = std::get_if<wire::GateResult>(&reply)) {
    ToldGate(call, order, gate->gate, gates_[gate->destination]);
  } else if (const auto* holds = std::get_if<wire::HoldsResult>(&reply)) {
    for (const Hold& hold : holds->holds) {
      const bool stands = hold.rule == HoldRule::kPerson && !lifted_.contains(hold.id);
      if (stands) holds_.try_emplace(hold.id, Standing{hold.scope, hold.until, order});
    }
  }
}

void Permits::ToldGate(const wire::CallBody& call, uint64_t order, const GateState& gate,
                       Known& known) {
  if (std::holds_alternative<wire::Drain>(call)) {
    known.allowance = gate.allowance;
    return;
  }
  if (known.loosened > order) return;  // something newer may have loosened it
  known.code = gate.code;
  if (const auto* announce = std::get_if<wire::Announce>(&call)) {
    known.announced = announce->at.value_or(absl::InfiniteFuture());
  }
  if (const auto* close = std::get_if<wire::Close>(&call)) {
    known.closed = order;
    known.announced = close->announced.value_or(absl::InfiniteFuture());
    if (known.drained < order) known.allowance = 0;
  }
}

void Permits::Took(const Destination& destination) {
  Known& known = gates_[destination];
  if (known.code != GateCode::kClosed) known.code = GateCode::kOpen;
}

void Permits::TimeIs(absl::Time house) {
  // The broker keeps times to the microsecond.
  std::erase_if(
      holds_, [&](const auto& hold) { return house + absl::Microseconds(1) >= hold.second.until; });
  for (auto& [destination, known] : gates_) {
    if (known.code == GateCode::kClosed && house >= known.announced) known.code = GateCode::kCanary;
  }
}

HoldId Permits::Missing(const wire::HoldsResult& all, uint64_t order) const {
  for (const auto& [id, standing] : holds_) {
    const bool listed = std::any_of(all.holds.begin(), all.holds.end(),
                                    [&](const Hold& hold) { return hold.id == id; });
    if (!listed && standing.told < order) return id;
  }
  return {};
}

bool Permits::Held(const Page& page) const {
  return std::any_of(holds_.begin(), holds_.end(),
                     [&](const auto& hold) { return Covers(hold.second.scope, page); });
}

Permit Permits::Of(const Destination& destination) const {
  const auto found = gates_.find(destination);
  if (found == gates_.end()) return Permit::kOpen;
  const Known& known = found->second;
  // How fast a ramp goes is not told; its ceiling is.
  if (known.code == GateCode::kOpen || known.code == GateCode::kRamping) return Permit::kOpen;
  // What the broker closed by itself lets one go when its pause is over.
  if (known.code != GateCode::kClosed) return Permit::kCanary;
  return known.allowance > 0 ? Permit::kAllowance : Permit::kNone;
}

Permit Permits::MayBegin(const Page& page) const {
  return Held(page) ? Permit::kNone : Of(page.destination);
}

bool Permits::Proceeds(const Destination& destination, Permit permit, uint64_t permit_order,
                       bool alone) {
  if (permit == Permit::kNone || permit == Permit::kOpen) return permit == Permit::kOpen;
  Known& known = gates_[destination];
  const Permit now = Of(destination);
  // It may have begun before the last closing or drain; then only its word comes late.
  if (now == Permit::kOpen || known.closed > permit_order) return true;
  if (permit == Permit::kAllowance && known.drained > permit_order) return true;
  // Nobody may have heard whether the hour counts: then either rule may be the one.
  if (permit == Permit::kCanary && alone) return true;
  if (known.allowance == 0) return now == Permit::kCanary && alone;
  --known.allowance;
  return true;
}

}  // namespace ecluse::sim
