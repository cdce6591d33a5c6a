// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/store_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/row.h"
#include "tests/support/patients/people.h"

namespace ecluse::bench {
namespace {

constexpr int kSamples = 10'000;
const absl::Time kStart = absl::FromUnixSeconds(1'772'400'000);

absl::Time At(uint64_t number) { return kStart + absl::Milliseconds(number); }

}  // namespace

Steps::Steps(const StepOptions& options, store::Store& store)
    : options_(options), store_(store), marks_(options.practices) {
  const int samples = static_cast<int>(std::min<uint64_t>(kSamples, options.requests));
  samples_ = mixture::Requests(11, samples);
  for (size_t n = 0; n < samples_.size(); ++n) {
    answers_.push_back(mixture::AnswerTo(samples_[n], n + 1));
  }
}

PracticeId Steps::PracticeOf(uint64_t number) const {
  return {fmt::format("opticien-lille-{:05}", number % options_.practices)};
}

const mixture::Request& Steps::SampleOf(uint64_t number) const {
  return samples_[number % samples_.size()];
}

Envelope Steps::EnvelopeOf(uint64_t number) const {
  const mixture::Request& sample = SampleOf(number);
  Envelope envelope;
  envelope.id = {number};
  envelope.practice = PracticeOf(number);
  envelope.finess = sample.finess;
  envelope.destination = sample.destination;
  envelope.reference = fmt::format("{}{}", sample.reference.substr(0, 4), number);
  envelope.kind = sample.kind;
  envelope.format = sample.format;
  envelope.content_bytes = sample.content.size();
  envelope.deposited_at = At(number);
  return envelope;
}

void Steps::Commit(store::Batch& batch) {
  const auto committed = store_.Commit(batch);
  if (!committed.ok()) GiveUp(std::string(committed.status().message()));
  batch = {};
}

void Steps::Count(const Destination& destination, StateCode code, int by, store::Batch& batch) {
  uint64_t& count = tallies_[{destination, code}];
  count += static_cast<uint64_t>(by);
  const auto same = std::find_if(batch.tallies.begin(), batch.tallies.end(), [&](const auto& t) {
    return t.destination == destination && t.state == code;
  });
  if (same != batch.tallies.end()) {
    same->requests = count;
    return;
  }
  batch.tallies.push_back({destination, code, absl::ToUnixSeconds(kStart) / 3600, count});
}

void Steps::Deposit() {
  store::Batch batch;
  for (uint64_t number = 1; number <= options_.requests; ++number) {
    const mixture::Request& sample = SampleOf(number);
    Envelope envelope = EnvelopeOf(number);
    envelope.digest = store_.Digest(sample.kind, sample.format, sample.content);
    if (store_.Find(envelope.Key())) GiveUp("a new request is there already");
    JournalEntry entry;
    entry.at = envelope.deposited_at;
    entry.cause = CauseCode::kDeposited;
    entry.to = StateCode::kReady;
    content_bytes_ += static_cast<double>(sample.content.size());
    Count(envelope.destination, StateCode::kReady, 1, batch);
    uint64_t& lane = lanes_[{envelope.destination, envelope.practice}];
    batch.lanes.push_back({envelope.destination, envelope.practice, ++lane});
    batch.last_request = envelope.id;
    batch.deposits.push_back({std::move(envelope), sample.content, state::Ready{}, entry});
    if (number % options_.batch == 0 || number == options_.requests) Commit(batch);
  }
}

State Steps::StateOf(StateCode code, uint64_t number) const {
  const absl::Time until = At(number) + absl::Hours(400);
  Tries tries;
  tries.epoch = 1;
  if (code == StateCode::kReady) return state::Ready{};
  if (code == StateCode::kLeased) return state::Leased{tries, {7}, until};
  tries.attempt = 1;
  if (code == StateCode::kSending) return state::Sending{tries, {7}, until};
  tries.said = 2;
  tries.number = fmt::format("PEC{:010}", number * 7919);
  return state::Settled{tries};
}

void Steps::MoveOne(uint64_t number, StateCode from, StateCode to, store::Batch& batch) {
  const Envelope envelope = EnvelopeOf(number);
  JournalEntry entry;
  entry.at = At(number) + absl::Hours(300);
  entry.cause = to == StateCode::kLeased    ? CauseCode::kGranted
                : to == StateCode::kSending ? CauseCode::kBegun
                                            : CauseCode::kReported;
  entry.from = from;
  entry.to = to;
  entry.attempt = 1;
  if (to == StateCode::kSettled) Answer(number, envelope, batch);
  Count(envelope.destination, from, -1, batch);
  Count(envelope.destination, to, 1, batch);
  if (from == StateCode::kReady) {
    uint64_t& lane = lanes_[{envelope.destination, envelope.practice}];
    batch.lanes.push_back({envelope.destination, envelope.practice, --lane});
  }
  batch.transitions.push_back({envelope.id, envelope.practice, envelope.destination,
                               StateOf(from, number), StateOf(to, number), std::move(entry),
                               envelope.RankOf()});
}

void Steps::Move(StateCode from, StateCode to) {
  store::Batch batch;
  for (uint64_t number = 1; number <= options_.requests; ++number) {
    MoveOne(number, from, to, batch);
    if (number % options_.batch == 0 || number == options_.requests) Commit(batch);
  }
}

void Steps::Grant() {
  store::Batch batch;
  for (uint64_t number = 1; number <= options_.requests; ++number) {
    const Envelope about = EnvelopeOf(number);
    // The broker reads ahead of a lane, some requests at a time.
    if (number / options_.practices % 16 == 0) {
      (void)store_.Ready(about.destination, about.practice, Share::kFresh, std::nullopt, 16);
    }
    if (!store_.Find(RequestId{number}) || !store_.Content({number}).ok()) GiveUp("a read failed");
    MoveOne(number, StateCode::kReady, StateCode::kLeased, batch);
    if (number % options_.batch == 0 || number == options_.requests) Commit(batch);
  }
}

void Steps::Begin() { Move(StateCode::kLeased, StateCode::kSending); }
void Steps::Settle() { Move(StateCode::kSending, StateCode::kSettled); }

void Steps::Answer(uint64_t number, const Envelope& envelope, store::Batch& batch) {
  const mixture::Answer& sample = answers_[number % samples_.size()];
  store::InboxMark& mark = marks_[number % options_.practices];
  mark.practice = envelope.practice;
  wire::InboxEntry entry;
  entry.position = ++mark.last;
  entry.request = envelope.id;
  entry.destination = envelope.destination;
  entry.reference = envelope.reference;
  entry.at = At(number) + absl::Hours(300);
  entry.event = wire::Event::kAnswered;
  entry.decision = sample.decision;
  entry.format = sample.format;
  entry.body = sample.body;
  answer_bytes_ += static_cast<double>(sample.body.size());
  batch.answers.push_back({envelope.practice, std::move(entry)});
  batch.marks.push_back(mark);
}

void Steps::Acknowledge() {
  store::Batch batch;
  for (store::InboxMark& mark : marks_) {
    while (mark.acknowledged < mark.last) {
      const auto entries = store_.InboxAfter(mark.practice, mark.acknowledged, 64, 1 << 20);
      if (entries.empty()) GiveUp("an inbox ends too early");
      const uint64_t from = mark.acknowledged + 1;
      mark.acknowledged = entries.back().position;
      batch.acknowledged.push_back({mark.practice, from, mark.acknowledged});
      batch.marks.push_back(mark);
      Commit(batch);
    }
  }
}

void FirstOf(const store::Recovered& recovered, const store::Store& store) {
  for (const auto& lane : recovered.lanes) {
    const auto ready = store.Ready(lane.destination, lane.practice, lane.share, std::nullopt, 1);
    if (ready.empty() || !store.Find(ready.front().id)) continue;
    if (!store.Content(ready.front().id).ok()) GiveUp("a content can't be read");
    return;
  }
  GiveUp("nothing waits");
}

}  // namespace ecluse::bench
