// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "proto/codec_pb.h"

// What ops staff say around an incident and a reopening.
namespace ecluse::codec {

static void Put(const wire::Announce& from, pb::Call* call) {
  auto* to = call->mutable_announce();
  Put(from.destination, to->mutable_destination());
  if (from.at) to->set_at_unix_ms(UnixMillis(*from.at));
  to->set_source(from.source);
  to->set_reason(from.reason);
}
static void Get(const pb::Announce& from, Reading& in, wire::Announce& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  if (from.has_at_unix_ms()) to.at = GetTime(from.at_unix_ms(), Root("at_unix_ms"), in);
  to.source = GetReason(from.source(), Root("source"), in);
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

static void Put(const wire::Explain& from, pb::Call* call) {
  call->mutable_explain()->set_request(from.request.value);
}
static void Get(const pb::Explain& from, Reading& in, wire::Explain& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
}

static void Put(const wire::Forecast& from, pb::Call* call) {
  Put(from.destination, call->mutable_forecast()->mutable_destination());
  call->mutable_forecast()->set_after(from.after.text);
}
static void Get(const pb::Forecast& from, Reading& in, wire::Forecast& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  if (!from.after().empty()) to.after.text = GetName(from.after(), Root("after"), in);
}

static void Put(const wire::Doubts& from, pb::Call* call) {
  call->mutable_doubts()->set_at_most(from.at_most);
}
static void Get(const pb::Doubts& from, Reading& in, wire::Doubts& to) {
  to.at_most = from.at_most();
  in.Require(to.at_most >= 1, Root("at_most"), ErrorCode::kMalformed);
  in.Require(to.at_most <= limits::kListPerCall, Root("at_most"), ErrorCode::kTooLarge);
}

static void Put(const wire::ReadContent& from, pb::Call* call) {
  call->mutable_read_content()->set_request(from.request.value);
  call->mutable_read_content()->set_reason(from.reason);
}
static void Get(const pb::ReadContent& from, Reading& in, wire::ReadContent& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

static void Put(const wire::PlanJob& from, pb::Call* call) {
  auto* to = call->mutable_plan_job();
  to->set_kind(static_cast<pb::JobKind>(from.kind));
  Put(from.filter, to->mutable_filter());
  if (from.to) Put(*from.to, to->mutable_to());
  to->set_reason(from.reason);
}
static void Get(const pb::PlanJob& from, Reading& in, wire::PlanJob& to) {
  to.kind = GetEnum(from.kind(), JobKind::kRelease, JobKind::kDryRun, Root("kind"), in);
  Get(from.filter(), Root("filter"), in, to.filter);
  if (from.has_to()) Get(from.to(), Root("to"), in, to.to.emplace());
  in.Require(from.has_to() == (to.kind == JobKind::kReroute), Root("to"), ErrorCode::kFilter);
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

static void Put(const wire::ActOnJob& from, pb::Call* call) {
  auto* to = call->mutable_act_on_job();
  to->set_job(from.job.value);
  to->set_act(static_cast<pb::JobAct>(from.act));
  to->set_token(from.token);
  to->set_reason(from.reason);
}
static void Get(const pb::ActOnJob& from, Reading& in, wire::ActOnJob& to) {
  to.job.value = GetNumber(from.job(), Root("job"), in);
  to.act = GetEnum(from.act(), wire::JobAct::kStart, wire::JobAct::kStop, Root("act"), in);
  to.token = GetText(from.token(), limits::kReferenceBytes, Root("token"), in);
  const bool needs = to.act == wire::JobAct::kStart || to.act == wire::JobAct::kApprove;
  in.Require(!needs || !to.token.empty(), Root("token"), ErrorCode::kPlanChanged);
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

static void Put(const wire::Jobs& from, pb::Call* call) {
  call->mutable_jobs()->set_job(from.job.value);
}
static void Get(const pb::Jobs& from, Reading&, wire::Jobs& to) { to.job.value = from.job(); }

static void Put(const wire::Findings& from, pb::Call* call) {
  call->mutable_findings()->set_job(from.job.value);
  call->mutable_findings()->set_after(from.after.value);
}
static void Get(const pb::Findings& from, Reading& in, wire::Findings& to) {
  to.job.value = GetNumber(from.job(), Root("job"), in);
  to.after.value = from.after();
}

static void Put(const wire::Fetch& from, pb::Call* call) {
  call->mutable_fetch()->set_job(from.job.value);
  call->mutable_fetch()->set_after(from.after.value);
}
static void Get(const pb::Fetch& from, Reading& in, wire::Fetch& to) {
  to.job.value = GetNumber(from.job(), Root("job"), in);
  to.after.value = from.after();
}

static void Put(const wire::HandedOver& from, pb::Call* call) {
  auto* to = call->mutable_handed_over();
  to->set_job(from.job.value);
  for (const auto& request : from.requests) to->add_requests(request.value);
  to->set_proof(from.proof);
}
static void Get(const pb::HandedOver& from, Reading& in, wire::HandedOver& to) {
  to.job.value = GetNumber(from.job(), Root("job"), in);
  const At requests = Root("requests");
  const int size = Many(from.requests_size(), 1, limits::kFetchPerCall, requests, in);
  for (int i = 0; i < size; ++i) {
    to.requests.push_back({GetNumber(from.requests(i), requests[i], in)});
  }
  to.proof = GetProof(from.proof(), Root("proof"), in);
}

static void Put(const wire::Backup& from, pb::Call* call) {
  call->mutable_backup()->set_name(from.name);
  call->mutable_backup()->set_reason(from.reason);
}
static void Get(const pb::Backup& from, Reading& in, wire::Backup& to) {
  to.name = GetName(from.name(), Root("name"), in);
  to.reason = GetReason(from.reason(), Root("reason"), in);
}

bool PutReopeningCall(const wire::CallBody& from, pb::Call* to) {
  return PutOneOf<wire::Announce, wire::Explain, wire::Forecast, wire::Doubts, wire::ReadContent,
                  wire::PlanJob, wire::ActOnJob, wire::Jobs, wire::Findings, wire::Fetch,
                  wire::HandedOver, wire::Backup>(from, [&](const auto& body) { Put(body, to); });
}

std::optional<wire::CallBody> GetReopeningCall(const pb::Call& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Call::kAnnounce:
      return Whole<wire::Announce>(from.announce(), in);
    case pb::Call::kExplain:
      return Whole<wire::Explain>(from.explain(), in);
    case pb::Call::kForecast:
      return Whole<wire::Forecast>(from.forecast(), in);
    case pb::Call::kDoubts:
      return Whole<wire::Doubts>(from.doubts(), in);
    case pb::Call::kReadContent:
      return Whole<wire::ReadContent>(from.read_content(), in);
    case pb::Call::kPlanJob:
      return Whole<wire::PlanJob>(from.plan_job(), in);
    case pb::Call::kActOnJob:
      return Whole<wire::ActOnJob>(from.act_on_job(), in);
    case pb::Call::kJobs:
      return Whole<wire::Jobs>(from.jobs(), in);
    case pb::Call::kFindings:
      return Whole<wire::Findings>(from.findings(), in);
    case pb::Call::kFetch:
      return Whole<wire::Fetch>(from.fetch(), in);
    case pb::Call::kHandedOver:
      return Whole<wire::HandedOver>(from.handed_over(), in);
    case pb::Call::kBackup:
      return Whole<wire::Backup>(from.backup(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
