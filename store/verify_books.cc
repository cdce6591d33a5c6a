// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "store/verify_parts.h"

namespace ecluse::store {

std::optional<Request> Verifier::Look(RequestId id) const {
  const std::string key = keyspace::Request(id);
  std::string value;
  Request request;
  const auto envelope = database_.Get(kEnvelopes, key, value);
  if (!envelope.ok() || !*envelope || !ReadEnvelope(database_, id, value, request.envelope).ok()) {
    return std::nullopt;
  }
  const auto state = database_.Get(kStates, key, value);
  if (!state.ok() || !*state || !record::Decode(value, request.state).ok()) return std::nullopt;
  return request;
}

std::vector<std::string> Verifier::KeysOf(const Envelope& envelope, const State& state) const {
  const Envelope& e = envelope;
  std::vector<std::string> keys;
  for (auto& index : keyspace::IndexOf(e.RankOf(), e.practice, e.destination, state)) {
    const bool old = database_.head.format == 1 && index.key[0] == keyspace::kReady;
    keys.push_back(old ? keyspace::OldReadyAt(e.destination, e.practice, e.id)
                       : std::move(index.key));
  }
  if (e.case_of.value != 0) keys.push_back(keyspace::CaseAt(e.case_of, e.id));
  return keys;
}

void Verifier::Books() {
  books_ = Recovered();
  Range books(database_, kBooks, "", {});
  for (; books.Valid(); books.Next()) {
    if (auto status = ReadBook(database_, books.key(), books.value(), books_); !status.ok()) {
      Find(std::string(status.message()), fmt::format("books, letter {}", books.key()[0]));
    }
  }
  End(books, "books");
  for (const InboxMark& mark : books_.marks) marks_[mark.practice] = mark;
  for (const Hold& hold : books_.holds) {
    if (hold.id.value > database_.numbers.hold) {
      Find("its number was never given", fmt::format("hold {}", hold.id.value));
    }
  }
  for (const Job& job : books_.jobs) {
    if (job.id.value > database_.numbers.job) {
      Find("its number was never given", fmt::format("job {}", job.id.value));
    }
  }
  if (database_.head.noted_epoch > database_.head.epoch) {
    Find("it was noted before it began", fmt::format("epoch {}", database_.head.noted_epoch));
  }
}

void Verifier::CompareCounts() {
  for (const Tally& tally : books_.tallies) {
    const auto counted = tallies_.extract({tally.destination, tally.state, tally.hour});
    const uint64_t requests = counted.empty() ? 0 : counted.mapped();
    if (requests == tally.requests) continue;
    Find(fmt::format("the tally says {} and there are {}", tally.requests, requests),
         fmt::format("{}, state {}, hour {}", ToString(tally.destination),
                     static_cast<int>(tally.state), tally.hour));
  }
  for (const auto& [key, requests] : tallies_) {
    const auto& [destination, state, hour] = key;
    Find(
        fmt::format("there is no tally and there are {} requests", requests),
        fmt::format("{}, state {}, hour {}", ToString(destination), static_cast<int>(state), hour));
  }
  for (const LaneCount& lane : books_.lanes) {
    const auto counted = lanes_.extract({lane.destination, lane.practice, lane.share});
    const uint64_t ready = counted.empty() ? 0 : counted.mapped();
    if (ready == lane.ready) continue;
    Find(fmt::format("the lane's count says {} and there are {}", lane.ready, ready),
         fmt::format("{} of {}", ToString(lane.destination), lane.practice.text));
  }
  for (const auto& [key, ready] : lanes_) {
    Find(fmt::format("the lane has no count and there are {} requests", ready),
         fmt::format("{} of {}", ToString(std::get<0>(key)), std::get<1>(key).text));
  }
}

void Verifier::Indexes() {
  // What a migration that was cut off leaves behind; the next opening sets it right.
  const char other = database_.head.format == 1 ? keyspace::kReady : keyspace::kOldReady;
  Range index(database_, kIndexes, "", {});
  for (; index.Valid(); index.Next()) {
    const std::string_view key = index.key();
    if (!key.empty() && key[0] == other) continue;
    ++checked_.index_keys;
    if (key.size() < 9) {
      Find("a key is too short", "index");
      continue;
    }
    const RequestId id{keyspace::NumberAt(key, key.size() - 8)};
    const auto request = Look(id);
    bool expected = false;
    if (request) {
      const auto keys = KeysOf(request->envelope, request->state);
      expected = std::find(keys.begin(), keys.end(), key) != keys.end();
    }
    if (!expected) Find(fmt::format("the index {} names it against its state", key[0]), id);
  }
  End(index, "index");
}

// Every request's key was found to lead to it. So only a different number of keys tells that
// there are more; then each is followed.
void Verifier::Business() {
  Range keys(database_, kBusiness, "", {});
  for (; keys.Valid(); keys.Next()) ++checked_.business_keys;
  End(keys, "business keys");
  if (checked_.business_keys != checked_.requests) EachBusinessKey();
}

void Verifier::EachBusinessKey() {
  Range keys(database_, kBusiness, "", {});
  for (; keys.Valid(); keys.Next()) {
    RequestId id;
    if (auto status = record::Decode(keys.value(), id.value); !status.ok()) {
      Find(std::string(status.message()), "business key");
      continue;
    }
    const auto request = Look(id);
    if (!request || HashOf(request->envelope.Key(), *database_.keyring) != keys.key()) {
      Find("a business key leads to it that is not its own", id);
    }
  }
}

void Verifier::Inboxes() {
  std::map<PracticeId, uint64_t> counted;
  Range inbox(database_, kInboxes, "", {});
  for (; inbox.Valid(); inbox.Next()) {
    ++checked_.answers;
    std::string_view rest = inbox.key();
    PracticeId practice;
    if (!keyspace::TakeName(rest, practice.text) || rest.size() != 8) {
      Find("a key can't be read", "inbox");
      continue;
    }
    ++counted[practice];
    CheckAnswer(inbox.key(), inbox.value(), practice);
  }
  End(inbox, "inboxes");
  for (const InboxMark& mark : books_.marks) {
    const auto entries = counted.extract(mark.practice);
    const uint64_t there = entries.empty() ? 0 : entries.mapped();
    if (mark.last - mark.acknowledged == there) continue;
    Find(fmt::format("the marks say {} entries and there are {}", mark.last - mark.acknowledged,
                     there),
         fmt::format("inbox of {}", mark.practice.text));
  }
  for (const auto& [practice, entries] : counted) {
    Find(fmt::format("there are {} entries and no marks", entries),
         fmt::format("inbox of {}", practice.text));
  }
}

void Verifier::CheckAnswer(std::string_view key, std::string_view value,
                           const PracticeId& practice) {
  const std::string where = fmt::format("inbox of {}, position {}", practice.text,
                                        keyspace::NumberAt(key, key.size() - 8));
  wire::InboxEntry entry;
  if (auto status = ReadAnswer(database_, key, value, entry); !status.ok()) {
    return Find(std::string(status.message()), where);
  }
  const auto mark = marks_.find(practice);
  if (mark != marks_.end() &&
      (entry.position > mark->second.last || entry.position <= mark->second.acknowledged)) {
    Find("the position is outside the marks", where);
  }
  const auto request = Look(entry.request);
  if (!request) return Find("it answers a request that can't be read", where);
  const Envelope& envelope = request->envelope;
  // Of one that was sent another way, some came from where it went before.
  const bool moved = envelope.deposited_to.has_value();
  if (envelope.practice != practice || envelope.reference != entry.reference ||
      (envelope.destination != entry.destination && !moved)) {
    Find("it answers a request that is not its own", where);
  }
}

}  // namespace ecluse::store
