// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/codec_pb.h"

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
  const auto& outcome = from.outcome();
  const bool word = outcome.has_accepted() && outcome.accepted().has_word();
  in.Require(outcome.has_answered() || outcome.has_rejected() || word, Root("outcome"),
             ErrorCode::kMalformed);
}

static void Put(const wire::Accounts& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_accounts();
  for (const auto& item : from.items) {
    auto* one = to->add_items();
    one->set_practice(item.practice.text);
    one->set_epoch(item.epoch);
  }
}
static void Get(const pb::Accounts::Item& from, const At& at, Reading& in,
                wire::Accounts::Item& to) {
  to.practice.text = GetName(from.practice(), at / "practice", in);
  to.epoch = GetNumber(from.epoch(), at / "epoch", in);
}
static void Get(const pb::Accounts& from, Reading& in, wire::Accounts& to) {
  GetAll(from.items(), 1, limits::kAccountsPerCall, Root("items"), in, to.items);
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
  envelope->set_follows(from.envelope.follows.value);
  if (from.envelope.card) Put(*from.envelope.card, envelope->mutable_card());
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
  constexpr size_t kMost = std::max(limits::kSlotsPerWorker, limits::kAccountsPerCall);
  const int size = Many(from.results_size(), 0, kMost, results, in);
  for (int i = 0; i < size; ++i) {
    to.results.push_back(GetErrorCode(from.results(i), results[i], in));
  }
}

// ---- dispatch -------------------------------------------------------------------------------

bool PutAdapterCall(const wire::CallBody& from, pb::Call* to, Frames& frames) {
  return PutOneOf<wire::Pull, wire::Begin, wire::Report, wire::Answer, wire::Accounts>(
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
    case pb::Call::kAccounts:
      return Whole<wire::Accounts>(from.accounts(), in);
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
