// SPDX-License-Identifier: Apache-2.0
#include "store/rocks_reads.h"

#include <algorithm>

namespace ecluse::store {

using keyspace::NumberAt;

Range::Range(const Database& database, Family family, const std::string& from, std::string behind)
    : behind_(std::move(behind)), bound_(behind_) {
  rocksdb::ReadOptions options;
  if (!behind_.empty()) options.iterate_upper_bound = &bound_;
  iterator_.reset(database.db->NewIterator(options, database.families[family]));
  iterator_->Seek(from);
}

absl::Status Range::status() const {
  return iterator_->status().ok() ? absl::OkStatus() : Failed(iterator_->status());
}

std::optional<Request> RocksStore::Find(RequestId id) const {
  const std::string key = keyspace::Request(id);
  std::string value;
  Request request;
  const auto fail = [&](const absl::Status& status) {
    Unsound(status);
    return std::nullopt;
  };
  const auto state = database_->Get(kStates, key, value);
  if (!state.ok()) return fail(state.status());
  if (!*state) return std::nullopt;
  if (auto status = record::Decode(value, request.state); !status.ok()) return fail(status);
  const auto envelope = database_->Get(kEnvelopes, key, value);
  if (!envelope.ok()) return fail(envelope.status());
  if (!*envelope) return fail(absl::DataLossError("a request has a state and no envelope"));
  if (auto status = ReadEnvelope(*database_, id, value, request.envelope); !status.ok()) {
    return fail(status);
  }
  return request;
}

std::optional<RequestId> RocksStore::Find(const BusinessKey& key) const {
  std::string value;
  const auto found = database_->Get(kBusiness, HashOf(key, *database_->keyring), value);
  if (!found.ok()) Unsound(found.status());
  if (!found.ok() || !*found) return std::nullopt;
  RequestId id;
  if (auto status = record::Decode(value, id.value); !status.ok()) {
    Unsound(status);
    return std::nullopt;
  }
  return id;
}

absl::StatusOr<std::string> RocksStore::Content(RequestId id) const {
  std::string value;
  const auto found = database_->Get(kContents, keyspace::Request(id), value);
  if (!found.ok()) return found.status();
  if (!*found) return absl::NotFoundError("there is no such content, or it was erased");
  std::string content;
  if (auto status = ReadContent(*database_, id, value, content); !status.ok()) return status;
  return content;
}

std::vector<RequestId> RocksStore::Numbers(const std::string& prefix, RequestId after,
                                           size_t at_most) const {
  std::vector<RequestId> ids;
  if (at_most == 0 || after.value == UINT64_MAX) return ids;
  std::string first = prefix;
  keyspace::AppendNumber(after.value + 1, first);
  const std::string begin = low_water_.From(prefix);
  const std::string behind = keyspace::Behind(prefix);
  const bool whole = after.value == 0 || first <= begin;
  Range range(*database_, kIndexes, std::max(first, begin), behind);
  if (whole && range.status().ok()) {
    low_water_.Found(prefix, range.Valid() ? std::string(range.key()) : behind);
  }
  for (; range.Valid() && ids.size() < at_most; range.Next()) {
    ids.push_back({NumberAt(range.key(), prefix.size())});
  }
  if (auto status = range.status(); !status.ok()) {
    Unsound(status);
    return {};
  }
  return ids;
}

std::vector<Rank> RocksStore::Ready(const Destination& destination, const PracticeId& practice,
                                    Share share, const std::optional<Rank>& after,
                                    size_t at_most) const {
  std::vector<Rank> ranks;
  if (at_most == 0) return ranks;
  const std::string lane = keyspace::ReadyOf(destination, practice, share);
  const std::string behind = keyspace::Behind(lane);
  const std::string begin = low_water_.From(lane);
  std::string first = begin;
  if (after) {
    // The next key in the order of bytes.
    first = std::max(begin, keyspace::ReadyAt(destination, practice, *after) + '\0');
  }
  Range range(*database_, kIndexes, first, behind);
  if (first == begin && range.status().ok()) {
    low_water_.Found(lane, range.Valid() ? std::string(range.key()) : behind);
  }
  absl::Status status = absl::OkStatus();
  for (; status.ok() && range.Valid() && ranks.size() < at_most; range.Next()) {
    if (!keyspace::Parse(range.key(), ranks.emplace_back())) {
      status = absl::DataLossError("a key of a lane can't be read");
    }
  }
  if (status.ok()) status = range.status();
  if (status.ok()) return ranks;
  Unsound(status);
  return {};
}

std::vector<RequestId> RocksStore::CaseOf(RequestId root) const {
  std::vector<RequestId> members;
  Range range(*database_, kIndexes, keyspace::CaseAt(root, {0}),
              keyspace::CaseAt({root.value + 1}, {0}));
  for (; range.Valid(); range.Next()) members.push_back({NumberAt(range.key(), 9)});
  if (auto status = range.status(); !status.ok()) {
    Unsound(status);
    return {};
  }
  return members;
}

std::vector<RequestId> RocksStore::InState(StateCode code, RequestId after, size_t at_most) const {
  return Numbers(keyspace::CareOf(code), after, at_most);
}

std::vector<Reads::DueAt> RocksStore::NextDue(const Destination& destination, Due due,
                                              size_t at_most) const {
  std::vector<DueAt> found;
  const std::string prefix = keyspace::DueOf(destination, due);
  const std::string behind = keyspace::Behind(prefix);
  Range range(*database_, kIndexes, low_water_.From(prefix), behind);
  if (range.status().ok()) {
    low_water_.Found(prefix, range.Valid() ? std::string(range.key()) : behind);
  }
  for (; range.Valid() && found.size() < at_most; range.Next()) {
    found.push_back(
        {keyspace::TimeAt(range.key(), prefix.size()), {NumberAt(range.key(), prefix.size() + 8)}});
  }
  if (auto status = range.status(); !status.ok()) {
    Unsound(status);
    return {};
  }
  return found;
}

std::vector<wire::InboxEntry> RocksStore::InboxAfter(const PracticeId& practice, uint64_t position,
                                                     size_t at_most, size_t bytes) const {
  std::vector<wire::InboxEntry> entries;
  if (position == UINT64_MAX) return entries;
  size_t taken = 0;
  Range range(*database_, kInboxes, keyspace::Inbox(practice, position + 1),
              keyspace::Behind(keyspace::InboxOf(practice)));
  for (; range.Valid() && entries.size() < at_most; range.Next()) {
    wire::InboxEntry entry;
    if (auto status = ReadAnswer(*database_, range.key(), range.value(), entry); !status.ok()) {
      Unsound(status);
      return {};
    }
    taken += entry.body.size();
    if (taken > bytes && !entries.empty()) break;
    entries.push_back(std::move(entry));
  }
  if (auto status = range.status(); !status.ok()) {
    Unsound(status);
    return {};
  }
  return entries;
}

std::vector<JournalEntry> RocksStore::History(RequestId id) const {
  std::vector<JournalEntry> entries;
  const std::string first = keyspace::Request(id);
  Range range(*database_, kJournal, first, keyspace::Entry(id, UINT64_MAX));
  absl::Status status = absl::OkStatus();
  for (; range.Valid() && status.ok(); range.Next()) {
    JournalEntry entry;
    status = ReadEntry(*database_, range.key(), range.value(), entry);
    entries.push_back(std::move(entry));
  }
  if (status.ok()) status = range.status();
  if (status.ok()) return entries;
  Unsound(status);
  return {};
}

std::vector<Request> RocksStore::Scan(RequestId after, size_t at_most) const {
  std::vector<Request> found;
  if (after.value == UINT64_MAX) return found;
  const std::string first = keyspace::Request({after.value + 1});
  Range envelopes(*database_, kEnvelopes, first, {});
  Range states(*database_, kStates, first, {});
  absl::Status status = absl::OkStatus();
  for (; envelopes.Valid() && found.size() < at_most; envelopes.Next(), states.Next()) {
    if (!states.Valid() || states.key() != envelopes.key()) {
      status = absl::DataLossError("an envelope and a state do not belong together");
      break;
    }
    Request request;
    status = ReadEnvelope(*database_, {NumberAt(envelopes.key(), 0)}, envelopes.value(),
                          request.envelope);
    if (status.ok()) status = record::Decode(states.value(), request.state);
    if (!status.ok()) break;
    found.push_back(std::move(request));
  }
  if (status.ok()) status = envelopes.status();
  if (status.ok()) status = states.status();
  if (status.ok()) return found;
  Unsound(status);
  return {};
}

}  // namespace ecluse::store
