// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "proto/codec_pb.h"

namespace ecluse::codec {

void Put(const Scope& from, pb::Scope* to) {
  if (from.run_by) to->set_run_by(from.run_by->text);
  if (from.service) to->set_service(from.service->text);
  if (from.practice) to->set_practice(from.practice->text);
  if (from.request) to->set_request(from.request->value);
}
void Get(const pb::Scope& from, const At& at, Reading& in, Scope& to) {
  if (from.has_run_by()) to.run_by = OperatorId{GetName(from.run_by(), at / "run_by", in)};
  if (from.has_service()) to.service = ServiceId{GetName(from.service(), at / "service", in)};
  if (from.has_practice()) to.practice = PracticeId{GetName(from.practice(), at / "practice", in)};
  if (from.has_request()) to.request = RequestId{GetNumber(from.request(), at / "request", in)};
  in.Require(!to.service || to.run_by, at / "service", ErrorCode::kScope);
  in.Require(!to.request || (!to.run_by && !to.practice), at / "request", ErrorCode::kScope);
}

static void Put(const wire::Filter& from, pb::Filter* to) {
  if (from.run_by) to->set_run_by(from.run_by->text);
  if (from.service) to->set_service(from.service->text);
  if (from.practice) to->set_practice(from.practice->text);
  for (const StateCode state : from.states) to->add_states(static_cast<pb::StateCode>(state));
  to->set_older_than_ms(Millis(from.older_than));
}
static void Get(const pb::Filter& from, const At& at, Reading& in, wire::Filter& to) {
  if (from.has_run_by()) to.run_by = OperatorId{GetName(from.run_by(), at / "run_by", in)};
  if (from.has_service()) to.service = ServiceId{GetName(from.service(), at / "service", in)};
  if (from.has_practice()) to.practice = PracticeId{GetName(from.practice(), at / "practice", in)};
  in.Require(!to.service || to.run_by, at / "service", ErrorCode::kScope);
  const At states = at / "states";
  const int size =
      Many(from.states_size(), 0, static_cast<size_t>(StateCode::kWithdrawn), states, in);
  for (int i = 0; i < size; ++i) to.states.push_back(GetState(from.states(i), states[i], in));
  to.older_than = GetDuration(from.older_than_ms(), at / "older_than_ms", in);
}

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
  Put(from.scope, call->mutable_place_hold()->mutable_scope());
  call->mutable_place_hold()->set_reason(from.reason);
}
static void Get(const pb::PlaceHold& from, Reading& in, wire::PlaceHold& to) {
  Get(from.scope(), Root("scope"), in, to.scope);
  to.reason = GetReason(from.reason(), Root("reason"), in);
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
