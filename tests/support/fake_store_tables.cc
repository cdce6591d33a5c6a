// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_store_tables.h"

#include <fmt/format.h>

namespace ecluse {

std::pair<store::Reads::Due, absl::Time> DueOf(const State& state) {
  using Due = store::Reads::Due;
  if (const auto* s = std::get_if<state::Deferred>(&state)) return {Due::kRetry, s->retry_at};
  if (const auto* s = std::get_if<state::InDoubt>(&state)) return {Due::kProbe, s->next_probe_at};
  if (const auto* s = std::get_if<state::Awaiting>(&state)) {
    return {Due::kProbe, s->next_probe_at};
  }
  return {Due::kRetry, absl::InfiniteFuture()};
}

bool NeedsCare(StateCode code) {
  return code == StateCode::kWaiting || code == StateCode::kDeferred || code == StateCode::kInDoubt;
}

int64_t TallyHour(StateCode code, absl::Time deposited_at) {
  if (IsTerminal(code)) return 0;
  return absl::ToInt64Hours(absl::Floor(deposited_at - absl::UnixEpoch(), absl::Hours(1)));
}

void FakeStore::Tables::Index(const Envelope& envelope, const State& state) {
  const RequestId id = envelope.id;
  const StateCode code = CodeOf(state);
  if (code == StateCode::kReady) {
    ready[{envelope.destination, envelope.practice}].insert(envelope.RankOf());
  }
  if (code == StateCode::kLeased || code == StateCode::kSending) in_flight.insert(id);
  if (NeedsCare(code)) care[code].insert(id);
  const auto [which, at] = DueOf(state);
  if (at != absl::InfiniteFuture()) due[{envelope.destination, which}].insert({at, id});
}

void FakeStore::Tables::Unindex(const Envelope& envelope, const State& state) {
  const RequestId id = envelope.id;
  const StateCode code = CodeOf(state);
  if (code == StateCode::kReady) {
    ready[{envelope.destination, envelope.practice}].erase(envelope.RankOf());
  }
  if (code == StateCode::kLeased || code == StateCode::kSending) in_flight.erase(id);
  if (NeedsCare(code)) care[code].erase(id);
  const auto [which, at] = DueOf(state);
  if (at != absl::InfiniteFuture()) due[{envelope.destination, which}].erase({at, id});
}

void FakeStore::Tables::Set(const store::Tally& tally) {
  const std::tuple key(tally.destination, tally.state, tally.hour);
  if (tally.requests == 0) {
    tallies.erase(key);
  } else {
    tallies[key] = tally.requests;
  }
}

void FakeStore::Tables::Set(const store::LaneCount& lane) {
  const std::tuple key(lane.destination, lane.practice, lane.share);
  if (lane.ready == 0) {
    lanes.erase(key);
  } else {
    lanes[key] = lane.ready;
  }
}

std::string FakeStore::Audit() const {
  Tables counted;
  for (const auto& [id, record] : tables_->requests) {
    const Envelope& envelope = record.envelope;
    const StateCode code = CodeOf(record.state);
    ++counted.tallies[{envelope.destination, code, TallyHour(code, envelope.deposited_at)}];
    if (code == StateCode::kReady) {
      ++counted.lanes[{envelope.destination, envelope.practice, envelope.share}];
    }
    if (code == StateCode::kDestroyed && !tables_->erased.contains(id)) {
      return fmt::format("request {} is destroyed and its content is there", id.value);
    }
    if (id > tables_->last_request) return fmt::format("request {} > the last number", id.value);
  }
  if (counted.tallies != tables_->tallies) return "the tallies do not fit the requests";
  if (counted.lanes != tables_->lanes) return "the lane counts do not fit the requests";
  for (const auto& [key, entry] : tables_->inbox) {
    const auto mark = tables_->marks.find(key.first);
    if (mark == tables_->marks.end() || entry.position > mark->second.last ||
        entry.position <= mark->second.acknowledged) {
      return fmt::format("inbox of {}: position {} is outside its marks", key.first.text,
                         entry.position);
    }
  }
  return "";
}

}  // namespace ecluse
