// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "proto/codec_pb.h"

namespace ecluse::codec {

static wire::Verdict GetVerdict(int value, Reading& in) {
  return GetEnum(value, wire::Verdict::kSent, wire::Verdict::kNotSent, Root("verdict"), in);
}

static void Put(const wire::Status&, pb::Call* call) { call->mutable_status(); }
static void Put(const wire::Shape&, pb::Call* call) { call->mutable_shape(); }
static void Put(const wire::Holds&, pb::Call* call) { call->mutable_holds(); }

static void Put(const wire::List& from, pb::Call* call) {
  auto* to = call->mutable_list();
  Put(from.filter, to->mutable_filter());
  to->set_after(from.after.value);
  to->set_at_most(from.at_most);
}
static void Get(const pb::List& from, Reading& in, wire::List& to) {
  Get(from.filter(), Root("filter"), in, to.filter);
  to.after.value = from.after();
  to.at_most = from.at_most();
  in.Require(to.at_most >= 1, Root("at_most"), ErrorCode::kMalformed);
  in.Require(to.at_most <= limits::kListPerCall, Root("at_most"), ErrorCode::kTooLarge);
}

static void Put(const wire::Show& from, pb::Call* call) {
  call->mutable_show()->set_request(from.request.value);
}
static void Get(const pb::Show& from, Reading& in, wire::Show& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
}

static void Put(const wire::Close& from, pb::Call* call) {
  auto* to = call->mutable_close();
  Put(from.destination, to->mutable_destination());
  to->set_reason(from.reason);
  if (from.announced) to->set_announced_unix_ms(UnixMillis(*from.announced));
}
static void Get(const pb::Close& from, Reading& in, wire::Close& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  to.reason = GetReason(from.reason(), Root("reason"), in);
  if (from.has_announced_unix_ms()) {
    to.announced = GetTime(from.announced_unix_ms(), Root("announced_unix_ms"), in);
  }
}

static void Put(const wire::Reopen& from, pb::Call* call) {
  auto* to = call->mutable_reopen();
  Put(from.destination, to->mutable_destination());
  to->set_reason(from.reason);
  to->set_at_once(from.at_once);
}
static void Get(const pb::Reopen& from, Reading& in, wire::Reopen& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  to.reason = GetReason(from.reason(), Root("reason"), in);
  to.at_once = from.at_once();
}

static void Put(const wire::Drain& from, pb::Call* call) {
  auto* to = call->mutable_drain();
  Put(from.destination, to->mutable_destination());
  to->set_first(from.first);
  to->set_reason(from.reason);
}
static void Get(const pb::Drain& from, Reading& in, wire::Drain& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  to.first = from.first();
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

static void Put(const wire::PlaceHold& from, pb::Call* call) {
  auto* to = call->mutable_place_hold();
  Put(from.scope, to->mutable_scope());
  to->set_reason(from.reason);
  if (from.until != absl::InfiniteFuture()) to->set_until_unix_ms(UnixMillis(from.until));
  to->set_rule(static_cast<pb::HoldRule>(from.rule));
  if (from.since != absl::InfinitePast()) to->set_since_unix_ms(UnixMillis(from.since));
}
// An incident is an operator's, a quarantine a practice's, and each of them has all of it. What
// only the broker places is refused.
static void CheckRule(const wire::PlaceHold& hold, Reading& in) {
  const Scope& scope = hold.scope;
  const bool whole = !scope.service && !scope.request && !scope.IsFine();
  const bool incident = hold.rule == HoldRule::kIncident;
  const bool quarantine = hold.rule == HoldRule::kQuarantine;
  in.Require(incident || quarantine || hold.rule == HoldRule::kPerson, Root("rule"),
             ErrorCode::kMalformed);
  in.Require(!incident || (whole && scope.run_by && !scope.practice), Root("scope"),
             ErrorCode::kScope);
  in.Require(!quarantine || (whole && scope.practice && !scope.run_by), Root("scope"),
             ErrorCode::kScope);
  in.Require(incident || hold.since == absl::InfinitePast(), Root("since_unix_ms"),
             ErrorCode::kScope);
}
static void Get(const pb::PlaceHold& from, Reading& in, wire::PlaceHold& to) {
  Get(from.scope(), Root("scope"), in, to.scope);
  to.reason = GetReason(from.reason(), Root("reason"), in);
  if (from.has_until_unix_ms()) {
    to.until = GetTime(from.until_unix_ms(), Root("until_unix_ms"), in);
  }
  to.rule = GetEnum(from.rule(), HoldRule::kPerson, HoldRule::kQuarantine, Root("rule"), in);
  if (from.has_since_unix_ms()) {
    to.since = GetTime(from.since_unix_ms(), Root("since_unix_ms"), in);
  }
  CheckRule(to, in);
}

static void Put(const wire::LiftHold& from, pb::Call* call) {
  call->mutable_lift_hold()->set_hold(from.hold.value);
  call->mutable_lift_hold()->set_reason(from.reason);
}
static void Get(const pb::LiftHold& from, Reading& in, wire::LiftHold& to) {
  to.hold.value = GetNumber(from.hold(), Root("hold"), in);
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

static void Put(const wire::Resolve& from, pb::Call* call) {
  auto* to = call->mutable_resolve();
  to->set_request(from.request.value);
  to->set_verdict(static_cast<pb::Verdict>(from.verdict));
  to->set_note(from.note);
  to->set_attempt(from.attempt);
}
static void Get(const pb::Resolve& from, Reading& in, wire::Resolve& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
  to.verdict = GetVerdict(from.verdict(), in);
  to.note = GetReason(from.note(), Root("note"), in);
  to.attempt = from.attempt();
}

static void Put(const wire::ResolveAll& from, pb::Call* call) {
  auto* to = call->mutable_resolve_all();
  Put(from.filter, to->mutable_filter());
  to->set_verdict(static_cast<pb::Verdict>(from.verdict));
  to->set_note(from.note);
  to->set_token(from.token);
}
static void Get(const pb::ResolveAll& from, Reading& in, wire::ResolveAll& to) {
  Get(from.filter(), Root("filter"), in, to.filter);
  to.verdict = GetVerdict(from.verdict(), in);
  to.note = GetReason(from.note(), Root("note"), in);
  to.token = GetText(from.token(), limits::kReferenceBytes, Root("token"), in);
}

static void Put(const wire::Retry& from, pb::Call* call) {
  call->mutable_retry()->set_request(from.request.value);
  call->mutable_retry()->set_note(from.note);
}
static void Get(const pb::Retry& from, Reading& in, wire::Retry& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
  to.note = GetReason(from.note(), Root("note"), in);
}

bool PutOpsCall(const wire::CallBody& from, pb::Call* to) {
  return PutOneOf<wire::Status, wire::Shape, wire::List, wire::Show, wire::Close, wire::Reopen,
                  wire::Drain, wire::PlaceHold, wire::LiftHold, wire::Holds, wire::Resolve,
                  wire::ResolveAll, wire::Retry>(from, [&](const auto& body) { Put(body, to); });
}

std::optional<wire::CallBody> GetOpsCall(const pb::Call& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Call::kStatus:
      return wire::Status{};
    case pb::Call::kShape:
      return wire::Shape{};
    case pb::Call::kList:
      return Whole<wire::List>(from.list(), in);
    case pb::Call::kShow:
      return Whole<wire::Show>(from.show(), in);
    case pb::Call::kClose:
      return Whole<wire::Close>(from.close(), in);
    case pb::Call::kReopen:
      return Whole<wire::Reopen>(from.reopen(), in);
    case pb::Call::kDrain:
      return Whole<wire::Drain>(from.drain(), in);
    case pb::Call::kPlaceHold:
      return Whole<wire::PlaceHold>(from.place_hold(), in);
    case pb::Call::kLiftHold:
      return Whole<wire::LiftHold>(from.lift_hold(), in);
    case pb::Call::kHolds:
      return wire::Holds{};
    case pb::Call::kResolve:
      return Whole<wire::Resolve>(from.resolve(), in);
    case pb::Call::kResolveAll:
      return Whole<wire::ResolveAll>(from.resolve_all(), in);
    case pb::Call::kRetry:
      return Whole<wire::Retry>(from.retry(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
