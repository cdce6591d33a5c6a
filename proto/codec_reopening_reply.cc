// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/codec_pb.h"

// What ops staff hear around an incident and a reopening.
namespace ecluse::codec {

static void Put(const wire::Explanation& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_explanation();
  Put(from.row, to->mutable_row());
  Put(from.gate, to->mutable_gate());
  PutAll(from.holds, to->mutable_holds());
  for (const auto why : from.reasons) to->add_reasons(static_cast<pb::WhyWaiting>(why));
  if (from.goes_in) to->set_goes_in_ms(Millis(*from.goes_in));
  to->set_rate_milli(from.rate_milli);
}
static void Get(const pb::Explanation& from, Reading& in, wire::Explanation& to) {
  Get(from.row(), Root("row"), in, to.row);
  Get(from.gate(), Root("gate"), in, to.gate);
  GetAll(from.holds(), 0, limits::kHolds, Root("holds"), in, to.holds);
  const At reasons = Root("reasons");
  // Each reason once at most.
  constexpr auto kMost = static_cast<size_t>(wire::WhyWaiting::kUnserved);
  const int size = Many(from.reasons_size(), 0, kMost, reasons, in);
  for (int i = 0; i < size; ++i) to.reasons.push_back(GetWhy(from.reasons(i), reasons[i], in));
  to.goes_in = GetMaybe(from.has_goes_in_ms(), from.goes_in_ms(), Root("goes_in_ms"), in);
  to.rate_milli = from.rate_milli();
}

static void Put(const wire::ForecastResult::Row& from, pb::ForecastResult::Row* to) {
  to->set_practice(from.practice.text);
  to->set_waiting(from.waiting);
  if (from.empty_in) to->set_empty_in_ms(Millis(*from.empty_in));
  to->set_late(from.late);
  to->set_head_only(!from.looked_at_all);
}
static void Get(const pb::ForecastResult::Row& from, const At& at, Reading& in,
                wire::ForecastResult::Row& to) {
  to.practice.text = GetName(from.practice(), at / "practice", in);
  to.waiting = from.waiting();
  to.empty_in = GetMaybe(from.has_empty_in_ms(), from.empty_in_ms(), at / "empty_in_ms", in);
  to.late = from.late();
  to.looked_at_all = !from.head_only();
}

static void Put(const wire::ForecastResult& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_forecast();
  Put(from.destination, to->mutable_destination());
  to->set_waiting(from.waiting);
  to->set_rate_milli(from.rate_milli);
  to->set_measured(from.measured);
  if (from.opens_in) to->set_opens_in_ms(Millis(*from.opens_in));
  if (from.empty_in) to->set_empty_in_ms(Millis(*from.empty_in));
  for (const auto& row : from.rows) Put(row, to->add_rows());
  to->set_more(from.more);
}
static void Get(const pb::ForecastResult& from, Reading& in, wire::ForecastResult& to) {
  Get(from.destination(), Root("destination"), in, to.destination);
  to.waiting = from.waiting();
  to.rate_milli = from.rate_milli();
  to.measured = from.measured();
  to.opens_in = GetMaybe(from.has_opens_in_ms(), from.opens_in_ms(), Root("opens_in_ms"), in);
  to.empty_in = GetMaybe(from.has_empty_in_ms(), from.empty_in_ms(), Root("empty_in_ms"), in);
  GetAll(from.rows(), 0, limits::kForecastPerCall, Root("rows"), in, to.rows);
  to.more = from.more();
}

static void Put(const wire::ContentResult& from, pb::Reply* reply, Frames& frames) {
  reply->mutable_content()->set_request(from.request.value);
  reply->mutable_content()->set_format(from.format);
  frames.push_back(from.content);
}
static void Get(const pb::ContentResult& from, Reading& in, wire::ContentResult& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
  to.format = GetText(from.format(), limits::kFormatBytes, Root("format"), in);
  to.content = in.Frame(Root("content"), limits::kContentBytes, ErrorCode::kContentTooLarge);
}

static void Put(const Job& from, pb::Job* to) {
  to->set_id(from.id.value);
  to->set_kind(static_cast<pb::JobKind>(from.kind));
  to->set_state(static_cast<pb::JobState>(from.state));
  Put(from.filter, to->mutable_filter());
  if (from.to) Put(*from.to, to->mutable_to());
  to->set_by(from.by);
  to->set_second(from.second);
  to->set_reason(from.reason);
  to->set_since_unix_ms(UnixMillis(from.since));
  to->set_last(from.last.value);
  to->set_at(from.at.value);
  to->set_planned(from.planned);
  to->set_fingerprint(from.fingerprint);
  to->set_done(from.done);
  to->set_failed(from.failed);
}
static void Get(const pb::Job& from, const At& at, Reading& in, Job& to) {
  to.id.value = GetNumber(from.id(), at / "id", in);
  to.kind = GetEnum(from.kind(), JobKind::kRelease, JobKind::kDryRun, at / "kind", in);
  to.state = GetEnum(from.state(), JobState::kCounting, JobState::kDone, at / "state", in);
  Get(from.filter(), at / "filter", in, to.filter);
  if (from.has_to()) Get(from.to(), at / "to", in, to.to.emplace());
  to.by = GetText(from.by(), limits::kReasonBytes, at / "by", in);
  to.second = GetText(from.second(), limits::kReasonBytes, at / "second", in);
  to.reason = GetText(from.reason(), limits::kReasonBytes, at / "reason", in);
  to.since = GetTime(from.since_unix_ms(), at / "since_unix_ms", in);
  to.last.value = from.last();
  to.at.value = from.at();
  to.planned = from.planned();
  to.fingerprint = from.fingerprint();
  to.done = from.done();
  to.failed = from.failed();
}

static void Put(const wire::JobsResult& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_jobs();
  for (const auto& row : from.rows) {
    auto* one = to->add_rows();
    Put(row.job, one->mutable_job());
    one->set_token(row.token);
  }
}
static void Get(const pb::JobsResult::Row& from, const At& at, Reading& in,
                wire::JobsResult::Row& to) {
  Get(from.job(), at / "job", in, to.job);
  to.token = GetText(from.token(), limits::kReferenceBytes, at / "token", in);
}
static void Get(const pb::JobsResult& from, Reading& in, wire::JobsResult& to) {
  GetAll(from.rows(), 0, limits::kJobs, Root("rows"), in, to.rows);
}

static void Put(const wire::FindingsResult& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_findings();
  size_t told = 0;
  for (const auto& row : from.rows) {
    auto* one = to->add_rows();
    one->set_request(row.request.value);
    const size_t room = std::min(limits::kProblemsPerItem, limits::kProblemsPerReply - told);
    PutProblems(row.problems, room, one->mutable_problems());
    told += static_cast<size_t>(one->problems_size());
  }
  to->set_next(from.next.value);
}
static void Get(const pb::FindingsResult::Row& from, const At& at, Reading& in,
                wire::FindingsResult::Row& to) {
  to.request.value = GetNumber(from.request(), at / "request", in);
  GetProblems(from.problems(), at / "problems", in, to.problems);
}
static void Get(const pb::FindingsResult& from, Reading& in, wire::FindingsResult& to) {
  GetAll(from.rows(), 0, limits::kListPerCall, Root("rows"), in, to.rows);
  to.next.value = from.next();
}

static void Put(const wire::FetchResult& from, pb::Reply* reply, Frames& frames) {
  auto* to = reply->mutable_fetch();
  for (const auto& row : from.rows) {
    auto* one = to->add_rows();
    one->set_request(row.request.value);
    one->set_practice(row.practice.text);
    one->set_finess(row.finess);
    Put(row.destination, one->mutable_destination());
    one->set_reference(row.reference);
    one->set_kind(static_cast<pb::Kind>(row.kind));
    one->set_format(row.format);
    one->set_deposited_at_unix_ms(UnixMillis(row.deposited_at));
    frames.push_back(row.content);
  }
  to->set_next(from.next.value);
}
static void Get(const pb::FetchResult::Row& from, const At& at, Reading& in,
                wire::FetchResult::Row& to) {
  to.request.value = GetNumber(from.request(), at / "request", in);
  to.practice.text = GetName(from.practice(), at / "practice", in);
  to.finess = GetText(from.finess(), limits::kNameBytes, at / "finess", in);
  Get(from.destination(), at / "destination", in, to.destination);
  to.reference = GetReference(from.reference(), at / "reference", in);
  to.kind = GetKind(from.kind(), at / "kind", in);
  to.format = GetText(from.format(), limits::kFormatBytes, at / "format", in);
  to.deposited_at = GetTime(from.deposited_at_unix_ms(), at / "deposited_at_unix_ms", in);
  to.content = in.Frame(at / "content", limits::kContentBytes, ErrorCode::kContentTooLarge);
}
static void Get(const pb::FetchResult& from, Reading& in, wire::FetchResult& to) {
  GetAll(from.rows(), 0, limits::kFetchPerCall, Root("rows"), in, to.rows);
  to.next.value = from.next();
}

static void Put(const wire::BackupResult& from, pb::Reply* reply, Frames&) {
  reply->mutable_backup()->set_path(from.path);
  reply->mutable_backup()->set_last_request(from.last_request.value);
}
static void Get(const pb::BackupResult& from, Reading& in, wire::BackupResult& to) {
  to.path = GetText(from.path(), limits::kPathBytes, Root("path"), in);
  to.last_request.value = from.last_request();
}

bool PutReopeningReply(const wire::ReplyBody& from, pb::Reply* to, Frames& frames) {
  return PutOneOf<wire::Explanation, wire::ForecastResult, wire::ContentResult, wire::JobsResult,
                  wire::FindingsResult, wire::FetchResult, wire::BackupResult>(
      from, [&](const auto& body) { Put(body, to, frames); });
}

std::optional<wire::ReplyBody> GetReopeningReply(const pb::Reply& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Reply::kExplanation:
      return Whole<wire::Explanation>(from.explanation(), in);
    case pb::Reply::kForecast:
      return Whole<wire::ForecastResult>(from.forecast(), in);
    case pb::Reply::kContent:
      return Whole<wire::ContentResult>(from.content(), in);
    case pb::Reply::kJobs:
      return Whole<wire::JobsResult>(from.jobs(), in);
    case pb::Reply::kFindings:
      return Whole<wire::FindingsResult>(from.findings(), in);
    case pb::Reply::kFetch:
      return Whole<wire::FetchResult>(from.fetch(), in);
    case pb::Reply::kBackup:
      return Whole<wire::BackupResult>(from.backup(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
