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

// What a dry run found is told by Checked, never as an outcome.
static wire::Task::What GetReportedWhat(int value, const At& at, Reading& in) {
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
  to->set_epoch(from.epoch);
}
static void Get(const pb::Begin& from, Reading& in, wire::Begin& to) {
  to.worker.value = GetNumber(from.worker(), Root("worker"), in);
  GetAll(from.attempts(), 1, limits::kSlotsPerWorker, Root("attempts"), in, to.attempts);
  to.epoch = from.epoch();
}

static void Put(const wire::Report& from, pb::Call* call, Frames& frames) {
  auto* to = call->mutable_report();
  to->set_worker(from.worker.value);
  to->set_of(static_cast<pb::What>(from.of));
  to->set_epoch(from.epoch);
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
  to.of = GetReportedWhat(from.of(), Root("of"), in);
  to.epoch = from.epoch();
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
    if (item.set_at != absl::InfinitePast()) one->set_set_at_unix_ms(UnixMillis(item.set_at));
  }
}
static void Get(const pb::Accounts::Item& from, const At& at, Reading& in,
                wire::Accounts::Item& to) {
  to.practice.text = GetName(from.practice(), at / "practice", in);
  to.epoch = GetNumber(from.epoch(), at / "epoch", in);
  if (from.has_set_at_unix_ms()) {
    to.set_at = GetTime(from.set_at_unix_ms(), at / "set_at_unix_ms", in);
  }
}
static void Get(const pb::Accounts& from, Reading& in, wire::Accounts& to) {
  GetAll(from.items(), 1, limits::kAccountsPerCall, Root("items"), in, to.items);
}

static void Put(const wire::Checked& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_checked();
  to->set_worker(from.worker.value);
  // All of it fits a call, and that an item has errors is told before what the others have.
  const size_t room =
      std::max(size_t{1}, limits::kProblemsPerItem / std::max(size_t{1}, from.items.size()));
  for (const auto& item : from.items) {
    auto* one = to->add_items();
    one->set_request(item.request.value);
    one->set_job(item.job.value);
    PutProblems(item.problems, room, one->mutable_problems());
  }
}
static void Get(const pb::Checked::Item& from, const At& at, Reading& in, wire::Checked::Item& to) {
  to.request.value = GetNumber(from.request(), at / "request", in);
  to.job.value = GetNumber(from.job(), at / "job", in);
  GetProblems(from.problems(), at / "problems", in, to.problems);
}
static void Get(const pb::Checked& from, Reading& in, wire::Checked& to) {
  to.worker.value = GetNumber(from.worker(), Root("worker"), in);
  GetAll(from.items(), 1, limits::kSlotsPerWorker, Root("items"), in, to.items);
}

static void Put(const wire::Leave& from, pb::Call* call, Frames&) {
  call->mutable_leave()->set_worker(from.worker.value);
}
static void Get(const pb::Leave& from, Reading& in, wire::Leave& to) {
  to.worker.value = GetNumber(from.worker(), Root("worker"), in);
}

// ---- dispatch -------------------------------------------------------------------------------

bool PutAdapterCall(const wire::CallBody& from, pb::Call* to, Frames& frames) {
  return PutOneOf<wire::Pull, wire::Begin, wire::Report, wire::Answer, wire::Accounts,
                  wire::Checked, wire::Leave>(from,
                                              [&](const auto& body) { Put(body, to, frames); });
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
    case pb::Call::kChecked:
      return Whole<wire::Checked>(from.checked(), in);
    case pb::Call::kLeave:
      return Whole<wire::Leave>(from.leave(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
