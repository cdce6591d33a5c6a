// SPDX-License-Identifier: Apache-2.0
#include "broker/core/ops_desk.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "broker/core/plan.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

Error ReasonOf(const std::string& reason, const char* field) {
  if (reason.empty() || reason.size() > limits::kReasonBytes) {
    return {ErrorCode::kReasonMissing, field};
  }
  return {};
}

// The parts of a scope that go together; see proto/hold.h.
bool IsScope(const Scope& scope) {
  if (scope.request) return !scope.run_by && !scope.service && !scope.practice;
  return !scope.service || scope.run_by;
}

// Or names none at all.
bool NamesADestination(const Scope& scope, const std::vector<Destination>& destinations) {
  if (!scope.run_by) return true;
  return std::any_of(destinations.begin(), destinations.end(), [&](const Destination& d) {
    return d.run_by == *scope.run_by && (!scope.service || d.service == *scope.service);
  });
}

}  // namespace

wire::ReplyBody OpsDesk::GateReply(const Destination& destination) const {
  return wire::GateResult{destination, books_.GateOf(destination).state()};
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Close& call, const Turn& turn) {
  if (!books_.Exists(call.destination)) return Error{ErrorCode::kUnknownDestination, "destination"};
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  if (call.announced && *call.announced <= turn.now) return Error{ErrorCode::kTime, "announced"};
  books_.ChangeGate(call.destination).Close(who.name, call.reason, call.announced, turn.now);
  return GateReply(call.destination);
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Reopen& call,
                              const Turn& turn) {
  if (!books_.Exists(call.destination)) return Error{ErrorCode::kUnknownDestination, "destination"};
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  books_.ChangeGate(call.destination).Reopen(who.name, call.reason, call.at_once, turn.now);
  return GateReply(call.destination);
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Drain& call, const Turn&) {
  if (!books_.Exists(call.destination)) return Error{ErrorCode::kUnknownDestination, "destination"};
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  books_.ChangeGate(call.destination).Allow(call.first, who.name, call.reason);
  return GateReply(call.destination);
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::PlaceHold& call,
                              const Turn& turn) {
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  if (!IsScope(call.scope)) return Error{ErrorCode::kScope, "scope"};
  if (call.scope.request && !books_.Find(*call.scope.request)) {
    return Error{ErrorCode::kUnknownRequest, "scope.request"};
  }
  const Hold hold{HoldId{}, call.scope, who.name, call.reason, turn.now};
  if (!books_.holds().FindSame(hold)) {
    // A slip of the pen would stop nothing, and whoever placed it would believe that it does.
    if (!NamesADestination(call.scope, books_.Destinations())) {
      return Error{ErrorCode::kUnknownDestination, "scope"};
    }
    // Only people's count: the stop must be at hand however many logins operators have refused.
    if (books_.holds().of_people() >= limits::kHolds) return Error{ErrorCode::kTooManyHolds, ""};
    books_.PlaceHold(turn, hold);
  }
  return wire::HoldsResult{{*books_.holds().FindSame(hold)}};
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::LiftHold& call,
                              const Turn& turn) {
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  const Hold* hold = books_.holds().Find(call.hold);
  // A number that was given once and is gone was lifted: this is a repeat.
  if (!hold && call.hold <= books_.last_hold()) return wire::HoldsResult{};
  if (!hold) return Error{ErrorCode::kUnknownHold, "hold"};
  const wire::HoldsResult lifted{{*hold}};
  books_.LiftHold(turn, call.hold, {who.name, call.reason});
  return lifted;
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Resolve& call,
                              const Turn& turn) {
  if (Error e = ReasonOf(call.note, "note"); e.code != ErrorCode::kNone) return e;
  store::Request* request = books_.Find(call.request);
  if (!request) return Error{ErrorCode::kUnknownRequest, "request"};
  const bool meant = call.attempt == 0 || call.attempt == TriesOf(request->state).attempt;
  if (!meant ||
      !books_.Apply(turn, *request, cause::Resolved{call.verdict}, {who.name, call.note})) {
    return Error{ErrorCode::kNotInDoubt, "request"};
  }
  return wire::ActResult{1, true, "", false};
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::ResolveAll& call,
                              const Turn& turn) {
  if (Error e = ReasonOf(call.note, "note"); e.code != ErrorCode::kNone) return e;
  const Plan plan = PlanResolve(books_, call, turn.now);
  wire::ActResult result{plan.requests.size(), false, plan.token, plan.more};
  if (call.token.empty()) return result;
  if (call.token != plan.token) return Error{ErrorCode::kPlanChanged, "token"};
  for (const RequestId id : plan.requests) {
    books_.Apply(turn, *books_.Find(id), cause::Resolved{call.verdict}, {who.name, call.note});
  }
  result.done = true;
  return result;
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Retry& call, const Turn& turn) {
  if (Error e = ReasonOf(call.note, "note"); e.code != ErrorCode::kNone) return e;
  store::Request* request = books_.Find(call.request);
  if (!request) return Error{ErrorCode::kUnknownRequest, "request"};
  const auto* waiting = std::get_if<state::Waiting>(&request->state);
  // What a hold or an export keeps back is not for retry: they have owners. Quarantine is for two.
  const bool parked = waiting && waiting->reason != Wait::kHeld &&
                      waiting->reason != Wait::kExport && waiting->reason != Wait::kQuarantine;
  if (!parked) return Error{ErrorCode::kNotInDoubt, "request"};
  if (!books_.Apply(turn, *request, cause::Released{}, {who.name, call.note})) {
    return Error{ErrorCode::kNotInDoubt, "request"};
  }
  payees_.Know(turn, request->envelope);
  return wire::ActResult{1, true, "", false};
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops&, const wire::Announce& call, const Turn&) {
  return GateReply(call.destination);
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::ReadContent& call,
                              const Turn& turn) {
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  const store::Request* request = books_.Find(call.request);
  if (!request) return Error{ErrorCode::kUnknownRequest, "request"};
  absl::StatusOr<std::string> content = books_.reads().Content(call.request);
  if (!content.ok()) return Error{ErrorCode::kUnknownRequest, "request"};
  books_.Remark(turn, *request, {who.name, call.reason}, CauseCode::kShown);
  return wire::ContentResult{call.request, request->envelope.format, *std::move(content)};
}

std::optional<wire::ReplyBody> OpsDesk::Hear(const Peer& peer, uint64_t correlation,
                                             const identity::Ops&, const wire::Backup& call,
                                             const Turn& turn) {
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  if (!IsName(call.name)) return Error{ErrorCode::kMalformed, "name"};
  turn.step.copies.push_back({peer, correlation, call.name, books_.last_request()});
  return std::nullopt;
}

}  // namespace ecluse
