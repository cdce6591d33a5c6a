// SPDX-License-Identifier: Apache-2.0
// Holds, as people place and lift them.
#include <algorithm>
#include <vector>

#include "broker/core/people/ops_desk.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// Each of these is looked at for every request that has its turn.
constexpr size_t kFineHolds = 500;
// Declared again within this time without saying since when, it is the same incident: the first
// reply was lost.
constexpr absl::Duration kRepeated = absl::Minutes(10);

Error ReasonOf(const std::string& reason) {
  if (reason.empty() || reason.size() > limits::kReasonBytes) {
    return {ErrorCode::kReasonMissing, "reason"};
  }
  return {};
}

// The parts of a scope that go together; see proto/hold.h.
bool IsScope(const Scope& scope) {
  if (scope.request) return !scope.run_by && !scope.service && !scope.practice && !scope.IsFine();
  return (!scope.service || scope.run_by) && scope.deposited_from < scope.deposited_until;
}

// … and with the rule.
bool FitsRule(const Scope& scope, HoldRule rule) {
  const bool plain = !scope.service && !scope.request && !scope.IsFine();
  if (rule == HoldRule::kIncident) return plain && scope.run_by && !scope.practice;
  if (rule == HoldRule::kQuarantine) return plain && scope.practice && !scope.run_by;
  return true;
}

// Or names none at all.
bool NamesADestination(const Scope& scope, const std::vector<Destination>& destinations) {
  if (!scope.run_by) return true;
  return std::any_of(destinations.begin(), destinations.end(), [&](const Destination& d) {
    return d.run_by == *scope.run_by && (!scope.service || d.service == *scope.service);
  });
}

bool NamesAPractice(const Scope& scope, const std::vector<PracticeId>& practices) {
  if (!scope.practice || practices.empty()) return true;
  return std::find(practices.begin(), practices.end(), *scope.practice) != practices.end();
}

Error Check(const wire::PlaceHold& call, absl::Time now) {
  if (Error e = ReasonOf(call.reason); e.code != ErrorCode::kNone) return e;
  if (IsOfBroker(call.rule)) return {ErrorCode::kScope, "rule"};
  if (!IsScope(call.scope) || !FitsRule(call.scope, call.rule)) return {ErrorCode::kScope, "scope"};
  if (call.until <= now) return {ErrorCode::kTime, "until"};
  // Passwords are changed and accounts are cleaned when they are: no clock knows.
  const bool by_people = call.rule != HoldRule::kPerson;
  if (by_people && call.until != absl::InfiniteFuture()) return {ErrorCode::kTime, "until"};
  if (call.rule != HoldRule::kIncident && call.since != absl::InfinitePast()) {
    return {ErrorCode::kTime, "since"};
  }
  if (call.since > now) return {ErrorCode::kTime, "since"};
  return {};
}

}  // namespace

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::PlaceHold& call,
                              const Turn& turn) {
  if (Error e = Check(call, turn.now); e.code != ErrorCode::kNone) return e;
  if (call.scope.request && !books_.Find(*call.scope.request)) {
    return Error{ErrorCode::kUnknownRequest, "scope.request"};
  }
  const Holds& holds = books_.holds();
  Hold hold{HoldId{}, call.scope, who.name, call.reason, call.since, call.rule, 0, call.until};
  const Hold* same = holds.FindSame(hold);
  const bool dated = call.since != absl::InfinitePast();
  const bool repeated =
      same && (call.rule != HoldRule::kIncident || dated || turn.now - same->since < kRepeated);
  if (repeated) return wire::HoldsResult{{*same}};

  // A slip of the pen would stop nothing, and whoever placed it would believe that it does.
  if (!NamesADestination(call.scope, books_.Destinations())) {
    return Error{ErrorCode::kUnknownDestination, "scope"};
  }
  if (!NamesAPractice(call.scope, books_.house().practices)) {
    return Error{ErrorCode::kScope, "scope.practice"};
  }
  // Only people's count: the stop must be at hand however many logins operators have refused.
  const bool too_many =
      holds.of_people() >= limits::kHolds || (call.scope.IsFine() && holds.fine() >= kFineHolds);
  if (too_many) return Error{ErrorCode::kTooManyHolds, ""};
  if (!dated) hold.since = turn.now;
  books_.PlaceHold(turn, hold);
  return wire::HoldsResult{{*holds.Find(books_.last_hold())}};
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::LiftHold& call,
                              const Turn& turn) {
  if (Error e = ReasonOf(call.reason); e.code != ErrorCode::kNone) return e;
  const Hold* hold = books_.holds().Find(call.hold);
  // A number that was given once and is gone was lifted: this is a repeat.
  if (!hold && call.hold <= books_.last_hold()) return wire::HoldsResult{};
  if (!hold) return Error{ErrorCode::kUnknownHold, "hold"};
  const wire::HoldsResult lifted{{*hold}};
  books_.LiftHold(turn, call.hold, {who.name, call.reason});
  return lifted;
}

}  // namespace ecluse
