// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "proto/codec_pb.h"
#include "proto/shape.h"

namespace ecluse::codec {

static void Put(const wire::Attempt& from, pb::Attempt* to) {
  to->set_request(from.request.value);
  to->set_attempt(from.attempt);
}
static void Get(const pb::Attempt& from, const At& at, Reading& in, wire::Attempt& to) {
  to.request.value = GetNumber(from.request(), at / "request", in);
  to.attempt = from.attempt();
}

static wire::Task::What GetWhat(int value, const At& at, Reading& in) {
  return GetEnum(value, wire::Task::What::kDeliver, wire::Task::What::kProbe, at, in);
}

static void Put(const Outcome& from, pb::Outcome* to, Frames& frames) {
  if (const auto* answered = std::get_if<outcome::Answered>(&from)) {
    to->mutable_answered()->set_decision(static_cast<pb::Decision>(answered->decision));
    to->mutable_answered()->set_format(answered->format);
    frames.push_back(answered->body);
  } else if (const auto* accepted = std::get_if<outcome::Accepted>(&from)) {
    to->mutable_accepted()->set_ask_after_ms(Millis(accepted->ask_after));
  } else if (const auto* deferred = std::get_if<outcome::Deferred>(&from)) {
    auto* one = to->mutable_deferred();
    one->set_hindrance(static_cast<pb::Hindrance>(deferred->hindrance));
    one->set_retry_after_ms(Millis(deferred->retry_after));
    one->set_whole_destination(deferred->whole_destination);
  } else {
    const auto& rejected = std::get<outcome::Rejected>(from);
    to->mutable_rejected()->set_format(rejected.format);
    frames.push_back(rejected.body);
  }
}

static std::string GetFormat(const std::string& value, const At& at, Reading& in) {
  in.Require(IsAnswerFormat(value), at, ErrorCode::kFormat);
  return value;
}

static std::string GetBody(const At& at, Reading& in) {
  return in.Frame(at, limits::kAnswerBytes, ErrorCode::kAnswerTooLarge);
}

static Outcome GetOutcome(const pb::Outcome& from, const At& at, Reading& in) {
  switch (from.outcome_case()) {
    case pb::Outcome::kAnswered: {
      const At here = at / "answered";
      const auto& answered = from.answered();
      return outcome::Answered{GetEnum(answered.decision(), Decision::kOther,
                                       Decision::kAcknowledged, here / "decision", in),
                               GetFormat(answered.format(), here / "format", in),
                               GetBody(here / "body", in)};
    }
    case pb::Outcome::kAccepted:
      return outcome::Accepted{
          GetDuration(from.accepted().ask_after_ms(), at / "accepted" / "ask_after_ms", in)};
    case pb::Outcome::kDeferred: {
      const At here = at / "deferred";
      const auto& deferred = from.deferred();
      return outcome::Deferred{GetEnum(deferred.hindrance(), Hindrance::kUnreachable,
                                       Hindrance::kCredentials, here / "hindrance", in),
                               GetDuration(deferred.retry_after_ms(), here / "retry_after_ms", in),
                               deferred.whole_destination()};
    }
    case pb::Outcome::kRejected: {
      const At here = at / "rejected";
      return outcome::Rejected{GetFormat(from.rejected().format(), here / "format", in),
                               GetBody(here / "body", in)};
    }
    default:
      in.Fail(at, ErrorCode::kMalformed);
      return outcome::Accepted{};
  }
}

static void Put(const wire::Pull& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_pull();
  to->set_worker(from.worker.value);
  PutAll(from.destinations, to->mutable_destinations());
  to->set_slots(from.slots);
  for (const auto& held : from.holding) Put(held, to->add_holding());
  to->set_wait_ms(Millis(from.wait));
}
static void Get(const pb::Pull& from, Reading& in, wire::Pull& to) {
  to.worker.value = GetNumber(from.worker(), Root("worker"), in);
  GetAll(from.destinations(), 1, limits::kDestinations, Root("destinations"), in, to.destinations);
  to.slots = from.slots();
  in.Require(to.slots <= limits::kSlotsPerWorker, Root("slots"), ErrorCode::kTooLarge);
  GetAll(from.holding(), 0, limits::kSlotsPerWorker, Root("holding"), in, to.holding);
  to.wait = GetDuration(from.wait_ms(), Root("wait_ms"), in);
}

static void Put(const wire::Begin& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_begin();
  to->set_worker(from.worker.value);
  for (const auto& attempt : from.attempts) Put(attempt, to->add_attempts());
}
static void Get(const pb::Begin& from, Reading& in, wire::Begin& to) {
  to.worker.value = GetNumber(from.worker(), Root("worker"), in);
  GetAll(from.attempts(), 1, limits::kSlotsPerWorker, Root("attempts"), in, to.attempts);
}

static void Put(const wire::Report& from, pb::Call* call, Frames& frames) {
  auto* to = call->mutable_report();
  to->set_worker(from.worker.value);
  to->set_of(static_cast<pb::What>(from.of));
  for (const auto& item : from.items) {
    auto* one = to->add_items();
    Put(item.attempt, one->mutable_attempt());
    if (item.outcome) Put(*item.outcome, one->mutable_outcome(), frames);
  }
}
static void Get(const pb::Report::Item& from, const At& at, Reading& in, wire::Report::Item& to) {
  Get(from.attempt(), at / "attempt", in, to.attempt);
  if (from.has_outcome()) to.outcome = GetOutcome(from.outcome(), at / "outcome", in);
}
static void Get(const pb::Report& from, Reading& in, wire::Report& to) {
  to.worker.value = GetNumber(from.worker(), Root("worker"), in);
  to.of = GetWhat(from.of(), Root("of"), in);
  GetAll(from.items(), 1, limits::kSlotsPerWorker, Root("items"), in, to.items);
}

static void Put(const wire::Answer& from, pb::Call* call, Frames& frames) {
  auto* to = call->mutable_answer();
  to->set_request(from.request.value);
  Put(from.outcome, to->mutable_outcome(), frames);
}
static void Get(const pb::Answer& from, Reading& in, wire::Answer& to) {
  to.request.value = GetNumber(from.request(), Root("request"), in);
  to.outcome = GetOutcome(from.outcome(), Root("outcome"), in);
  in.Require(from.outcome().has_answered() || from.outcome().has_rejected(), Root("outcome"),
             ErrorCode::kMalformed);
}

// ---- replies --------------------------------------------------------------------------------

static void Put(const wire::Task& from, pb::Task* to) {
  to->set_what(static_cast<pb::What>(from.what));
  to->set_attempt(from.attempt);
  to->set_lease_ms(Millis(from.lease));
  auto* envelope = to->mutable_envelope();
  envelope->set_id(from.envelope.id.value);
  envelope->set_practice(from.envelope.practice.text);
  envelope->set_finess(from.envelope.finess);
  Put(from.envelope.destination, envelope->mutable_destination());
  envelope->set_reference(from.envelope.reference);
  envelope->set_kind(static_cast<pb::Kind>(from.envelope.kind));
  envelope->set_format(from.envelope.format);
  envelope->set_content_bytes(from.envelope.content_bytes);
  envelope->set_deposited_at_unix_ms(UnixMillis(from.envelope.deposited_at));
}

static void Get(const pb::Envelope& from, const At& at, Reading& in, Envelope& to) {
  to.id.value = GetNumber(from.id(), at / "id", in);
  to.practice.text = GetName(from.practice(), at / "practice", in);
  to.finess = GetText(from.finess(), limits::kNameBytes, at / "finess", in);
  Get(from.destination(), at / "destination", in, to.destination);
  to.reference = GetReference(from.reference(), at / "reference", in);
  to.kind = GetKind(from.kind(), at / "kind", in);
  to.format = GetText(from.format(), limits::kFormatBytes, at / "format", in);
  to.content_bytes = from.content_bytes();
  to.deposited_at = GetTime(from.deposited_at_unix_ms(), at / "deposited_at_unix_ms", in);
}

static void Get(const pb::Task& from, const At& at, Reading& in, wire::Task& to) {
  to.what = GetWhat(from.what(), at / "what", in);
  Get(from.envelope(), at / "envelope", in, to.envelope);
  to.attempt = from.attempt();
  to.lease = GetDuration(from.lease_ms(), at / "lease_ms", in);
  if (to.what == wire::Task::What::kDeliver) {
    to.content = in.Frame(at / "content", limits::kContentBytes, ErrorCode::kContentTooLarge);
  }
}

static void Put(const wire::Work& from, pb::Reply* reply, Frames& frames) {
  auto* to = reply->mutable_work();
  for (const auto& task : from.tasks) {
    Put(task, to->add_tasks());
    if (task.what == wire::Task::What::kDeliver) frames.push_back(task.content);
  }
}
static void Get(const pb::Work& from, Reading& in, wire::Work& to) {
  GetAll(from.tasks(), 0, limits::kSlotsPerWorker, Root("tasks"), in, to.tasks);
}

static void Put(const wire::Proceed& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_proceed();
  for (const auto& item : from.items) {
    auto* one = to->add_items();
    Put(item.attempt, one->mutable_attempt());
    one->set_error(static_cast<pb::ErrorCode>(item.error));
    one->set_silence_ms(Millis(item.silence));
  }
}
static void Get(const pb::Proceed::Item& from, const At& at, Reading& in, wire::Proceed::Item& to) {
  Get(from.attempt(), at / "attempt", in, to.attempt);
  to.error = GetErrorCode(from.error(), at / "error", in);
  to.silence = GetDuration(from.silence_ms(), at / "silence_ms", in);
}
static void Get(const pb::Proceed& from, Reading& in, wire::Proceed& to) {
  GetAll(from.items(), 0, limits::kSlotsPerWorker, Root("items"), in, to.items);
}

static void Put(const wire::Noted& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_noted();
  for (const ErrorCode code : from.results) to->add_results(static_cast<pb::ErrorCode>(code));
}
static void Get(const pb::Noted& from, Reading& in, wire::Noted& to) {
  const At results = Root("results");
  const int size = Many(from.results_size(), 0, limits::kSlotsPerWorker, results, in);
  for (int i = 0; i < size; ++i) {
    to.results.push_back(GetErrorCode(from.results(i), results[i], in));
  }
}

// ---- dispatch -------------------------------------------------------------------------------

bool PutAdapterCall(const wire::CallBody& from, pb::Call* to, Frames& frames) {
  return PutOneOf<wire::Pull, wire::Begin, wire::Report, wire::Answer>(
      from, [&](const auto& body) { Put(body, to, frames); });
}

std::optional<wire::CallBody> GetAdapterCall(const pb::Call& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Call::kPull:
      return Whole<wire::Pull>(from.pull(), in);
    case pb::Call::kBegin:
      return Whole<wire::Begin>(from.begin(), in);
    case pb::Call::kReport:
      return Whole<wire::Report>(from.report(), in);
    case pb::Call::kAnswer:
      return Whole<wire::Answer>(from.answer(), in);
    default:
      return std::nullopt;
  }
}

bool PutAdapterReply(const wire::ReplyBody& from, pb::Reply* to, Frames& frames) {
  return PutOneOf<wire::Work, wire::Proceed, wire::Noted>(
      from, [&](const auto& body) { Put(body, to, frames); });
}

std::optional<wire::ReplyBody> GetAdapterReply(const pb::Reply& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Reply::kWork:
      return Whole<wire::Work>(from.work(), in);
    case pb::Reply::kProceed:
      return Whole<wire::Proceed>(from.proceed(), in);
    case pb::Reply::kNoted:
      return Whole<wire::Noted>(from.noted(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
