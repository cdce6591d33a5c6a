// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "proto/codec_pb.h"

// What holds and bulk acts speak of: scopes and filters.
namespace ecluse::codec {

void Put(const Scope& from, pb::Scope* to) {
  if (from.run_by) to->set_run_by(from.run_by->text);
  if (from.service) to->set_service(from.service->text);
  if (from.practice) to->set_practice(from.practice->text);
  if (from.request) to->set_request(from.request->value);
  if (from.kind) to->set_kind(static_cast<pb::Kind>(*from.kind));
  if (from.deposited_from != absl::InfinitePast()) {
    to->set_deposited_from_unix_ms(UnixMillis(from.deposited_from));
  }
  if (from.deposited_until != absl::InfiniteFuture()) {
    to->set_deposited_until_unix_ms(UnixMillis(from.deposited_until));
  }
}

static void GetFine(const pb::Scope& from, const At& at, Reading& in, Scope& to) {
  if (from.kind() != pb::KIND_UNSPECIFIED) to.kind = GetKind(from.kind(), at / "kind", in);
  const At first = at / "deposited_from_unix_ms";
  const At last = at / "deposited_until_unix_ms";
  if (from.has_deposited_from_unix_ms()) {
    to.deposited_from = GetTime(from.deposited_from_unix_ms(), first, in);
  }
  if (from.has_deposited_until_unix_ms()) {
    to.deposited_until = GetTime(from.deposited_until_unix_ms(), last, in);
  }
  in.Require(to.deposited_from <= to.deposited_until, last, ErrorCode::kScope);
  if (!to.request) return;
  // One request has its kind and its hour already.
  in.Require(!to.kind, at / "kind", ErrorCode::kScope);
  in.Require(!from.has_deposited_from_unix_ms(), first, ErrorCode::kScope);
  in.Require(!from.has_deposited_until_unix_ms(), last, ErrorCode::kScope);
}

void Get(const pb::Scope& from, const At& at, Reading& in, Scope& to) {
  if (from.has_run_by()) to.run_by = OperatorId{GetName(from.run_by(), at / "run_by", in)};
  if (from.has_service()) to.service = ServiceId{GetName(from.service(), at / "service", in)};
  if (from.has_practice()) to.practice = PracticeId{GetName(from.practice(), at / "practice", in)};
  if (from.has_request()) to.request = RequestId{GetNumber(from.request(), at / "request", in)};
  in.Require(!to.service || to.run_by, at / "service", ErrorCode::kScope);
  in.Require(!to.request || (!to.run_by && !to.practice), at / "request", ErrorCode::kScope);
  GetFine(from, at, in, to);
}

void Put(const Hold& from, pb::Hold* to) {
  to->set_id(from.id.value);
  Put(from.scope, to->mutable_scope());
  to->set_owner(from.owner);
  to->set_reason(from.reason);
  to->set_since_unix_ms(UnixMillis(from.since));
  to->set_rule(static_cast<pb::HoldRule>(from.rule));
  to->set_epoch(from.epoch);
  if (from.until != absl::InfiniteFuture()) to->set_until_unix_ms(UnixMillis(from.until));
}
void Get(const pb::Hold& from, const At& at, Reading& in, Hold& to) {
  to.id.value = GetNumber(from.id(), at / "id", in);
  Get(from.scope(), at / "scope", in, to.scope);
  to.owner = GetText(from.owner(), limits::kReasonBytes, at / "owner", in);
  to.reason = GetText(from.reason(), limits::kReasonBytes, at / "reason", in);
  to.since = GetTime(from.since_unix_ms(), at / "since_unix_ms", in);
  to.rule = GetEnum(from.rule(), HoldRule::kPerson, HoldRule::kQuarantine, at / "rule", in);
  to.epoch = from.epoch();
  if (from.has_until_unix_ms()) to.until = GetTime(from.until_unix_ms(), at / "until_unix_ms", in);
}

void Put(const Filter& from, pb::Filter* to) {
  if (from.run_by) to->set_run_by(from.run_by->text);
  if (from.service) to->set_service(from.service->text);
  if (from.practice) to->set_practice(from.practice->text);
  for (const StateCode state : from.states) to->add_states(static_cast<pb::StateCode>(state));
  to->set_older_than_ms(Millis(from.older_than));
  for (const Kind kind : from.kinds) to->add_kinds(static_cast<pb::Kind>(kind));
  for (const Wait wait : from.waits) to->add_waits(static_cast<pb::Wait>(wait));
  to->set_younger_than_ms(Millis(from.younger_than));
  to->set_due_within_ms(Millis(from.due_within));
  to->set_maybe_twice(from.maybe_twice);
  to->set_from(from.from.value);
  to->set_to(from.to.value);
}

// Each value once at most, so as many as there are values.
template <class Code, class Read>
static void GetCodes(const google::protobuf::RepeatedField<int>& from, Code last, const At& at,
                     Reading& in, const Read& read, std::vector<Code>& to) {
  const int size = Many(from.size(), 0, static_cast<size_t>(last), at, in);
  for (int i = 0; i < size; ++i) to.push_back(read(from.Get(i), at[i], in));
}

static void GetWindow(const pb::Filter& from, const At& at, Reading& in, Filter& to) {
  to.older_than = GetDuration(from.older_than_ms(), at / "older_than_ms", in);
  to.younger_than = GetDuration(from.younger_than_ms(), at / "younger_than_ms", in);
  const bool any = to.younger_than == absl::ZeroDuration();
  in.Require(any || to.older_than < to.younger_than, at / "younger_than_ms", ErrorCode::kFilter);
  to.due_within = GetDuration(from.due_within_ms(), at / "due_within_ms", in);
  to.from.value = from.from();
  to.to.value = from.to();
  in.Require(to.to.value == 0 || to.from <= to.to, at / "to", ErrorCode::kFilter);
}

void Get(const pb::Filter& from, const At& at, Reading& in, Filter& to) {
  if (from.has_run_by()) to.run_by = OperatorId{GetName(from.run_by(), at / "run_by", in)};
  if (from.has_service()) to.service = ServiceId{GetName(from.service(), at / "service", in)};
  if (from.has_practice()) to.practice = PracticeId{GetName(from.practice(), at / "practice", in)};
  in.Require(!to.service || to.run_by, at / "service", ErrorCode::kScope);
  GetCodes(from.states(), StateCode::kReturned, at / "states", in, GetState, to.states);
  GetCodes(from.kinds(), Kind::kQuotation, at / "kinds", in, GetKind, to.kinds);
  GetCodes(from.waits(), Wait::kQuarantine, at / "waits", in, GetWait, to.waits);
  const bool waiting = std::all_of(to.states.begin(), to.states.end(),
                                   [](StateCode s) { return s == StateCode::kWaiting; });
  in.Require(to.waits.empty() || waiting, at / "waits", ErrorCode::kFilter);
  GetWindow(from, at, in, to);
  to.maybe_twice = from.maybe_twice();
}

}  // namespace ecluse::codec
