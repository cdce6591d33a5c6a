// SPDX-License-Identifier: Apache-2.0
#include "tests/store/chronicle.h"

#include "store/records.h"

namespace ecluse::store::sample {

namespace {

State AnyState(std::mt19937_64& random) {
  const Tries tries{static_cast<uint32_t>(random() % 3), static_cast<uint32_t>(random() % 3)};
  const absl::Time at = At(static_cast<int64_t>(random() % 1000));
  switch (random() % 10) {
    case 0:
      return state::Ready{tries};
    case 1:
      return state::Waiting{tries, Wait::kStrikes};
    case 2:
      return state::Leased{tries, {random()}, at};
    case 3:
      return state::Sending{tries, {random()}, at};
    case 4:
      return state::Deferred{tries, at};
    case 5:
      return state::InDoubt{tries, 1, random() % 2 == 0 ? at : absl::InfiniteFuture()};
    case 6:
      return state::Awaiting{tries, 1, at};
    case 7:
      return state::Destroyed{tries};
    case 8:
      return state::Waiting{tries, Wait::kExport, {3}};
    default:
      return state::Settled{tries};
  }
}

}  // namespace

InboxMark& Chronicle::MarkOf(const PracticeId& practice) {
  InboxMark& mark = marks_[practice];
  mark.practice = practice;
  return mark;
}

void Chronicle::Count(const NewRequest& request, int by, Batch& batch) {
  const Envelope& e = request.envelope;
  const StateCode code = CodeOf(request.state);
  const int64_t hour = IsTerminal(code) ? 0 : record::ToMicros(e.deposited_at) / 3'600'000'000;
  uint64_t& tally = tallies_[{e.destination, code, hour}];
  tally += static_cast<uint64_t>(by);
  batch.tallies.push_back({e.destination, code, hour, tally});
  if (code != StateCode::kReady) return;
  uint64_t& lane = lanes_[{e.destination, e.practice, e.share}];
  lane += static_cast<uint64_t>(by);
  batch.lanes.push_back({e.destination, e.practice, lane, e.share});
}

void Chronicle::AddDeposit(const Reads& store, std::mt19937_64& random, Batch& batch) {
  const PracticeId& practice = random() % 2 == 0 ? kPractice : kOther;
  std::string content(random() % 4000, 'x');
  for (size_t i = 0; i < content.size(); i += 1 + random() % 3) {
    content[i] = static_cast<char>('a' + random() % 26);
  }
  NewRequest request = Deposit(store, requests_.size() + 1, practice, content);
  Envelope& envelope = request.envelope;
  envelope.share = random() % 2 == 0 ? Share::kFresh : Share::kBacklog;
  envelope.kind = random() % 2 == 0 ? Kind::kAuthorisation : Kind::kBill;
  envelope.digest = store.Digest(envelope.kind, envelope.format, content);
  if (random() % 2 == 0) envelope.due = At(static_cast<int64_t>(random() % 100'000));
  if (!requests_.empty() && random() % 3 == 0) {
    const Envelope& before = requests_[random() % requests_.size()].envelope;
    if (before.practice == practice) {
      envelope.follows = before.id;
      envelope.case_of = before.case_of.value != 0 ? before.case_of : before.id;
    }
  }
  Count(request, 1, batch);
  batch.last_request = request.envelope.id;
  batch.deposits.push_back(request);
  request.content.clear();
  requests_.push_back(std::move(request));
}

void Chronicle::AddAnswer(NewRequest& request, Batch& batch) {
  InboxMark& mark = MarkOf(request.envelope.practice);
  batch.answers.push_back(Answer(request, ++mark.last, "the operator's answer"));
  batch.marks.push_back(mark);
}

void Chronicle::AddChange(std::mt19937_64& random, Batch& batch) {
  NewRequest& request = requests_[random() % requests_.size()];
  if (IsTerminal(CodeOf(request.state))) return;
  if (CodeOf(request.state) == StateCode::kWaiting && random() % 2 == 0) {
    return AddMove(request, batch);
  }
  State after = AnyState(random);
  batch.transitions.push_back(
      Change(request, request.state, after, random() % 4 == 0 ? "a note" : ""));
  Count(request, -1, batch);
  request.state = std::move(after);
  Count(request, 1, batch);
  if (CodeOf(request.state) == StateCode::kDestroyed) {
    batch.erased.push_back(request.envelope.id);
  } else if (IsTerminal(CodeOf(request.state))) {
    AddAnswer(request, batch);
  }
}

void Chronicle::AddMove(NewRequest& request, Batch& batch) {
  Envelope& envelope = request.envelope;
  Count(request, -1, batch);
  if (!envelope.deposited_to) envelope.deposited_to = envelope.destination;
  envelope.destination.service.text += "-b";
  if (envelope.destination.service.text.size() > 30) envelope.destination.service.text = "billing";
  const State ready = state::Ready{TriesOf(request.state)};
  batch.transitions.push_back(Change(request, request.state, ready, "sent another way"));
  batch.moved.push_back({envelope});
  request.state = ready;
  Count(request, 1, batch);
}

Batch Chronicle::Next(const Reads& store, std::mt19937_64& random) {
  Batch batch;
  for (uint64_t n = 1 + random() % 5; n > 0; --n) AddDeposit(store, random, batch);
  for (uint64_t n = random() % 8; n > 0; --n) AddChange(random, batch);
  InboxMark& mark = MarkOf(random() % 2 == 0 ? kPractice : kOther);
  if (random() % 3 == 0 && mark.last > mark.acknowledged) {
    batch.acknowledged.push_back({mark.practice, mark.acknowledged + 1, mark.last});
    mark.acknowledged = mark.last;
    batch.marks.push_back(mark);
  }
  return batch;
}

}  // namespace ecluse::store::sample
