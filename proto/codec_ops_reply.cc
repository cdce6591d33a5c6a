// SPDX-License-Identifier: Apache-2.0
#include <iterator>
#include <utility>

#include "proto/codec_pb.h"

namespace ecluse::codec {

static void Put(const wire::StatusReport& from, pb::Reply* reply) {
  auto* to = reply->mutable_status();
  to->set_version(from.version);
  to->set_up_ms(Millis(from.up));
  to->set_disk_low(from.disk_low);
  to->set_holds(from.holds);
  to->set_workers(from.workers);
  to->set_unfit(from.unfit);
  to->set_epoch(from.epoch);
  to->set_alarms(from.alarms);
  PutAll(from.destinations, to->mutable_destinations());
  for (const auto& count : from.counts) {
    auto* one = to->add_counts();
    Put(count.destination, one->mutable_destination());
    one->set_state(static_cast<pb::StateCode>(count.state));
    one->set_requests(count.requests);
  }
}
static void Get(const pb::StatusReport::Count& from, const At& at, Reading& in,
                wire::StatusReport::Count& to) {
  Get(from.destination(), at / "destination", in, to.destination);
  to.state = GetState(from.state(), at / "state", in);
  to.requests = from.requests();
}
static void Get(const pb::StatusReport& from, Reading& in, wire::StatusReport& to) {
  to.version = GetText(from.version(), limits::kReasonBytes, Root("version"), in);
  to.up = GetDuration(from.up_ms(), Root("up_ms"), in);
  to.disk_low = from.disk_low();
  to.holds = from.holds();
  to.workers = from.workers();
  to.unfit = from.unfit();
  to.epoch = from.epoch();
  to.alarms = from.alarms();
  GetAll(from.destinations(), 0, limits::kDestinations, Root("destinations"), in, to.destinations);
  constexpr auto kStates = static_cast<size_t>(StateCode::kReturned);
  GetAll(from.counts(), 0, limits::kDestinations * kStates, Root("counts"), in, to.counts);
}

static void Put(const wire::ShapeReport& from, pb::Reply* reply) {
  auto* to = reply->mutable_shape();
  for (const auto& row : from.rows) {
    auto* one = to->add_rows();
    Put(row.destination, one->mutable_destination());
    one->mutable_requests()->Add(row.requests.begin(), row.requests.end());
    one->set_due_soon(row.due_soon);
    one->set_due_at_least(row.due_at_least);
  }
}
static void Get(const pb::ShapeReport::Row& from, const At& at, Reading& in,
                wire::ShapeReport::Row& to) {
  Get(from.destination(), at / "destination", in, to.destination);
  constexpr size_t kBuckets = std::size(wire::kShapeHours) + 1;
  Many(from.requests_size(), kBuckets, kBuckets, at / "requests", in);
  to.requests.assign(from.requests().begin(), from.requests().end());
  to.due_soon = from.due_soon();
  to.due_at_least = from.due_at_least();
}
static void Get(const pb::ShapeReport& from, Reading& in, wire::ShapeReport& to) {
  GetAll(from.rows(), 0, limits::kDestinations, Root("rows"), in, to.rows);
}

void Put(const wire::ListRow& from, pb::ListRow* to) {
  Put(from.status, to->mutable_status());
  to->set_practice(from.practice.text);
}
void Get(const pb::ListRow& from, const At& at, Reading& in, wire::ListRow& to) {
  Get(from.status(), at / "status", in, to.status);
  to.practice.text = GetName(from.practice(), at / "practice", in);
}

static void Put(const wire::ListResult& from, pb::Reply* reply) {
  auto* to = reply->mutable_list();
  for (const auto& row : from.rows) Put(row, to->add_rows());
  to->set_next(from.next.value);
}
static void Get(const pb::ListResult& from, Reading& in, wire::ListResult& to) {
  GetAll(from.rows(), 0, limits::kListPerCall, Root("rows"), in, to.rows);
  to.next.value = from.next();
}

static void Put(const JournalEntry& from, pb::JournalEntry* to) {
  to->set_at_unix_ms(UnixMillis(from.at));
  to->set_cause(static_cast<pb::CauseCode>(from.cause));
  if (from.from) to->set_from(static_cast<pb::StateCode>(*from.from));
  to->set_to(static_cast<pb::StateCode>(from.to));
  to->set_attempt(from.attempt);
  to->set_outcome(static_cast<pb::OutcomeCode>(from.outcome));
  to->set_detail(from.detail);
  to->set_actor(from.actor);
  to->set_note(from.note);
}
static void Get(const pb::JournalEntry& from, const At& at, Reading& in, JournalEntry& to) {
  to.at = GetTime(from.at_unix_ms(), at / "at_unix_ms", in);
  to.cause = GetEnum(from.cause(), CauseCode::kDeposited, CauseCode::kShown, at / "cause", in);
  if (from.from() != pb::STATE_CODE_UNSPECIFIED) {
    to.from = GetState(from.from(), at / "from", in);
  }
  to.to = GetState(from.to(), at / "to", in);
  to.attempt = from.attempt();
  to.outcome =
      GetEnum(from.outcome(), OutcomeCode::kNone, OutcomeCode::kRejected, at / "outcome", in);
  in.Require(from.detail() <= UINT8_MAX, at / "detail", ErrorCode::kMalformed);
  to.detail = static_cast<uint8_t>(from.detail());
  to.actor = GetText(from.actor(), limits::kReasonBytes, at / "actor", in);
  to.note = GetText(from.note(), limits::kReasonBytes, at / "note", in);
}

static void Put(const wire::ShowResult& from, pb::Reply* reply) {
  auto* to = reply->mutable_show();
  Put(from.row, to->mutable_row());
  to->set_finess(from.finess);
  to->set_kind(static_cast<pb::Kind>(from.kind));
  to->set_format(from.format);
  to->set_content_bytes(from.content_bytes);
  if (from.next_at) to->set_next_at_unix_ms(UnixMillis(*from.next_at));
  for (const auto& hold : from.holds) Put(hold, to->add_holds());
  for (const auto& entry : from.history) Put(entry, to->add_history());
  if (from.card) Put(*from.card, to->mutable_card());
  if (from.deposited_to) Put(*from.deposited_to, to->mutable_deposited_to());
  if (from.row.status.state == StateCode::kWaiting) {
    to->set_wait(static_cast<pb::Wait>(from.wait));
  }
  to->set_number(from.number);
  to->set_grant(from.grant);
  to->set_maybe_twice(from.maybe_twice);
}
static void Get(const pb::ShowResult& from, Reading& in, wire::ShowResult& to) {
  Get(from.row(), Root("row"), in, to.row);
  to.finess = GetText(from.finess(), limits::kNameBytes, Root("finess"), in);
  to.kind = GetKind(from.kind(), Root("kind"), in);
  to.format = GetText(from.format(), limits::kFormatBytes, Root("format"), in);
  to.content_bytes = from.content_bytes();
  if (from.has_next_at_unix_ms()) {
    to.next_at = GetTime(from.next_at_unix_ms(), Root("next_at_unix_ms"), in);
  }
  GetAll(from.holds(), 0, limits::kHolds, Root("holds"), in, to.holds);
  GetAll(from.history(), 0, limits::kBytesPerReply, Root("history"), in, to.history);
  if (from.has_card()) Get(from.card(), Root("card"), in, to.card.emplace());
  if (from.has_deposited_to()) {
    Get(from.deposited_to(), Root("deposited_to"), in, to.deposited_to.emplace());
  }
  if (to.row.status.state == StateCode::kWaiting && from.wait() != pb::WAIT_UNSPECIFIED) {
    to.wait = GetWait(from.wait(), Root("wait"), in);
  }
  to.number = GetOperatorNumber(from.number(), Root("number"), in);
  to.grant = GetOperatorNumber(from.grant(), Root("grant"), in);
  to.maybe_twice = from.maybe_twice();
}

static void Put(const wire::GateResult& from, pb::Reply* reply) {
  Put(from.destination, reply->mutable_gate()->mutable_destination());
  Put(from.gate, reply->mutable_gate()->mutable_gate());
}
static void Get(const pb::GateResult& from, Reading& in, wire::GateResult& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  Get(from.gate(), Root("gate"), in, to.gate);
}

static void Put(const wire::HoldsResult& from, pb::Reply* reply) {
  auto* to = reply->mutable_holds();
  for (const auto& hold : from.holds) Put(hold, to->add_holds());
}
static void Get(const pb::HoldsResult& from, Reading& in, wire::HoldsResult& to) {
  GetAll(from.holds(), 0, limits::kHolds, Root("holds"), in, to.holds);
}

static void Put(const wire::ActResult& from, pb::Reply* reply) {
  auto* to = reply->mutable_act();
  to->set_requests(from.requests);
  to->set_done(from.done);
  to->set_token(from.token);
  to->set_more(from.more);
}
static void Get(const pb::ActResult& from, Reading& in, wire::ActResult& to) {
  to.requests = from.requests();
  to.done = from.done();
  to.token = GetText(from.token(), limits::kReferenceBytes, Root("token"), in);
  to.more = from.more();
}

bool PutOpsReply(const wire::ReplyBody& from, pb::Reply* to) {
  return PutOneOf<wire::StatusReport, wire::ShapeReport, wire::ListResult, wire::ShowResult,
                  wire::GateResult, wire::HoldsResult, wire::ActResult>(
      from, [&](const auto& body) { Put(body, to); });
}

std::optional<wire::ReplyBody> GetOpsReply(const pb::Reply& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Reply::kStatus:
      return Whole<wire::StatusReport>(from.status(), in);
    case pb::Reply::kShape:
      return Whole<wire::ShapeReport>(from.shape(), in);
    case pb::Reply::kList:
      return Whole<wire::ListResult>(from.list(), in);
    case pb::Reply::kShow:
      return Whole<wire::ShowResult>(from.show(), in);
    case pb::Reply::kGate:
      return Whole<wire::GateResult>(from.gate(), in);
    case pb::Reply::kHolds:
      return Whole<wire::HoldsResult>(from.holds(), in);
    case pb::Reply::kAct:
      return Whole<wire::ActResult>(from.act(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
