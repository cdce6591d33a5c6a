// SPDX-License-Identifier: Apache-2.0
#include "proto/codec_pb.h"

// Gates, and destinations as their practices and ops see them.
namespace ecluse::codec {

static void Put(const Pace& from, pb::Pace* to) {
  to->set_window(from.window);
  to->set_learned(from.learned);
  to->set_failed_cohorts(from.failed_cohorts);
}
static Pace GetPace(const pb::Pace& from) {
  return {from.window(), from.learned(), from.failed_cohorts()};
}

static void Put(const Mix& from, pb::Mix* to) {
  to->set_usual(from.usual);
  to->set_known(from.known);
  to->set_seen(from.seen);
  to->set_bad(from.bad);
}
static Mix GetMix(const pb::Mix& from) {
  return {from.usual(), from.known(), from.seen(), from.bad()};
}

void Put(const GateState& from, pb::GateState* to) {
  to->set_code(static_cast<pb::GateCode>(from.code));
  to->set_since_unix_ms(UnixMillis(from.since));
  to->set_by(from.by);
  to->set_reason(from.reason);
  if (from.announced != absl::InfiniteFuture()) {
    to->set_announced_unix_ms(UnixMillis(from.announced));
  }
  to->set_announced_by(from.announced_by);
  to->set_source(from.source);
  to->set_slips(from.slips);
  if (from.paused_until != absl::InfinitePast()) {
    to->set_paused_until_unix_ms(UnixMillis(from.paused_until));
  }
  to->set_pauses(from.pauses);
  to->set_allowance(from.allowance);
  to->set_asks(from.asks);
  if (from.pace != Pace{}) Put(from.pace, to->mutable_pace());
  if (from.mix != Mix{}) Put(from.mix, to->mutable_mix());
}
void Get(const pb::GateState& from, const At& at, Reading& in, GateState& to) {
  to.code = GetEnum(from.code(), GateCode::kOpen, GateCode::kReclosed, at / "code", in);
  to.since = GetTime(from.since_unix_ms(), at / "since_unix_ms", in);
  to.by = GetText(from.by(), limits::kReasonBytes, at / "by", in);
  to.reason = GetText(from.reason(), limits::kReasonBytes, at / "reason", in);
  if (from.has_announced_unix_ms()) {
    to.announced = GetTime(from.announced_unix_ms(), at / "announced_unix_ms", in);
  }
  to.announced_by = GetText(from.announced_by(), limits::kReasonBytes, at / "announced_by", in);
  to.source = GetText(from.source(), limits::kReasonBytes, at / "source", in);
  to.slips = from.slips();
  if (from.has_paused_until_unix_ms()) {
    to.paused_until = GetTime(from.paused_until_unix_ms(), at / "paused_until_unix_ms", in);
  }
  to.pauses = from.pauses();
  to.allowance = from.allowance();
  to.asks = from.asks();
  to.pace = GetPace(from.pace());
  to.mix = GetMix(from.mix());
}

void Put(const wire::DestinationStatus& from, pb::DestinationStatus* to) {
  Put(from.destination, to->mutable_destination());
  Put(from.gate, to->mutable_gate());
  to->set_held(from.held);
  to->set_waiting(from.waiting);
  to->set_before(from.before);
  to->set_in_flight(from.in_flight);
  to->set_unserved(!from.served);
  to->set_password(from.password);
  if (from.opens_in) to->set_opens_in_ms(Millis(*from.opens_in));
  if (from.empty_in) to->set_empty_in_ms(Millis(*from.empty_in));
}
void Get(const pb::DestinationStatus& from, const At& at, Reading& in,
         wire::DestinationStatus& to) {
  Get(from.destination(), at / "destination", in, to.destination);
  Get(from.gate(), at / "gate", in, to.gate);
  to.held = from.held();
  to.waiting = from.waiting();
  to.before = from.before();
  to.in_flight = from.in_flight();
  to.served = !from.unserved();
  to.password = from.password();
  to.opens_in = GetMaybe(from.has_opens_in_ms(), from.opens_in_ms(), at / "opens_in_ms", in);
  to.empty_in = GetMaybe(from.has_empty_in_ms(), from.empty_in_ms(), at / "empty_in_ms", in);
}

}  // namespace ecluse::codec
