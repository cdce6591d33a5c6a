// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/codec_pb.h"

// What adapters hear.
namespace ecluse::codec {

static void Put(const wire::Attempt& from, pb::Attempt* to) {
  to->set_request(from.request.value);
  to->set_attempt(from.attempt);
}
static void Get(const pb::Attempt& from, const At& at, Reading& in, wire::Attempt& to) {
  to.request.value = GetNumber(from.request(), at / "request", in);
  to.attempt = from.attempt();
}

// Deliveries and dry runs have their content with them; a probe needs none.
static bool HasContent(wire::Task::What what) { return what != wire::Task::What::kProbe; }

static void Put(const wire::Task& from, pb::Task* to) {
  to->set_what(static_cast<pb::What>(from.what));
  to->set_attempt(from.attempt);
  to->set_lease_ms(Millis(from.lease));
  to->set_grant(from.grant);
  to->set_job(from.job.value);
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
  envelope->set_follows(from.envelope.follows.value);
  if (from.envelope.card) Put(*from.envelope.card, envelope->mutable_card());
  envelope->set_case_of(from.envelope.case_of.value);
  if (from.envelope.due != absl::InfiniteFuture()) {
    envelope->set_due_unix_ms(UnixMillis(from.envelope.due));
  }
  if (from.envelope.deposited_to) {
    Put(*from.envelope.deposited_to, envelope->mutable_deposited_to());
  }
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
  to.follows.value = from.follows();
  if (from.has_card()) Get(from.card(), at / "card", in, to.card.emplace());
  to.case_of.value = from.case_of();
  if (from.has_due_unix_ms()) to.due = GetTime(from.due_unix_ms(), at / "due_unix_ms", in);
  if (from.has_deposited_to()) {
    Get(from.deposited_to(), at / "deposited_to", in, to.deposited_to.emplace());
  }
}

static void Get(const pb::Task& from, const At& at, Reading& in, wire::Task& to) {
  to.what =
      GetEnum(from.what(), wire::Task::What::kDeliver, wire::Task::What::kDryRun, at / "what", in);
  Get(from.envelope(), at / "envelope", in, to.envelope);
  to.attempt = from.attempt();
  to.lease = GetDuration(from.lease_ms(), at / "lease_ms", in);
  to.grant = GetOperatorNumber(from.grant(), at / "grant", in);
  to.job.value = from.job();
  const bool dry = to.what == wire::Task::What::kDryRun;
  in.Require(dry == (to.job.value != 0), at / "job", ErrorCode::kMalformed);
  if (HasContent(to.what)) {
    to.content = in.Frame(at / "content", limits::kContentBytes, ErrorCode::kContentTooLarge);
  }
}

static void Put(const wire::Work& from, pb::Reply* reply, Frames& frames) {
  auto* to = reply->mutable_work();
  for (const auto& task : from.tasks) {
    Put(task, to->add_tasks());
    if (HasContent(task.what)) frames.push_back(task.content);
  }
  to->set_epoch(from.epoch);
}
static void Get(const pb::Work& from, Reading& in, wire::Work& to) {
  GetAll(from.tasks(), 0, limits::kSlotsPerWorker, Root("tasks"), in, to.tasks);
  to.epoch = from.epoch();
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
  constexpr size_t kMost = std::max(limits::kSlotsPerWorker, limits::kAccountsPerCall);
  const int size = Many(from.results_size(), 0, kMost, results, in);
  for (int i = 0; i < size; ++i) {
    to.results.push_back(GetErrorCode(from.results(i), results[i], in));
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
