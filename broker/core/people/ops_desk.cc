// SPDX-License-Identifier: Apache-2.0
#include "broker/core/people/ops_desk.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "broker/core/job/plan.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

Error ReasonOf(const std::string& reason, const char* field) {
  if (reason.empty() || reason.size() > limits::kReasonBytes) {
    return {ErrorCode::kReasonMissing, field};
  }
  return {};
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
  books_.ChangeGate(call.destination)
      .Reopen(who.name, call.reason, call.at_once, books_.PolicyOf(call.destination), turn.now);
  return GateReply(call.destination);
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Drain& call, const Turn&) {
  if (!books_.Exists(call.destination)) return Error{ErrorCode::kUnknownDestination, "destination"};
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  books_.ChangeGate(call.destination).Allow(call.first, who.name, call.reason);
  return GateReply(call.destination);
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
  const bool payee_seen = waiting->reason == Wait::kPayee;
  if (!books_.Apply(turn, *request, cause::Released{}, {who.name, call.note})) {
    return Error{ErrorCode::kNotInDoubt, "request"};
  }
  if (payee_seen) payees_.Know(turn, request->envelope);
  return wire::ActResult{1, true, "", false};
}

wire::ReplyBody OpsDesk::Hear(const identity::Ops& who, const wire::Announce& call,
                              const Turn& turn) {
  if (!books_.Exists(call.destination)) return Error{ErrorCode::kUnknownDestination, "destination"};
  if (Error e = ReasonOf(call.reason, "reason"); e.code != ErrorCode::kNone) return e;
  if (Error e = ReasonOf(call.source, "source"); e.code != ErrorCode::kNone) return e;
  if (call.at && *call.at <= turn.now) return Error{ErrorCode::kTime, "at"};
  // Only a person's closure has an hour; another service of the operator keeps its own.
  const std::string source = call.source + "; " + call.reason;
  if (!books_.ChangeGate(call.destination).Announce(who.name, source, call.at)) {
    return Error{ErrorCode::kNotClosed, "destination"};
  }
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
