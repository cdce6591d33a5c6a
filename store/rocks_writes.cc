// SPDX-License-Identifier: Apache-2.0
#include "store/rocks_writes.h"

#include <rocksdb/perf_level.h>

#include <algorithm>

namespace ecluse::store {

namespace {

// A turn with large contents must not keep its memory for ever.
constexpr size_t kKeepBytes = 1 << 20;
constexpr size_t kBusinessHashBytes = 16;
// Beyond so many acknowledged answers one range is cheaper than a grave each.
constexpr uint64_t kManyAnswers = 256;

void Trim(std::string& buffer) {
  if (buffer.capacity() > kKeepBytes) std::string().swap(buffer);
}

}  // namespace

std::string HashOf(const BusinessKey& key, const Keyring& keyring) {
  return KeyedHash(*keyring.Find(kHashKey), kBusinessHashBytes)
      .Add("business key")
      .Add(key.practice.text)
      .Add(key.destination.run_by.text)
      .Add(key.destination.service.text)
      .Add(key.reference)
      .Finish();
}

rocksdb::WriteBatch& Writes::Of(const Batch& batch) {
  // RocksDB counts every comparison of keys, for nobody; only the thread itself can stop it.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
  if (batch_.Data().capacity() > kKeepBytes) batch_ = rocksdb::WriteBatch();
  batch_.Clear();
  Trim(value_);
  Trim(sealed_);
  for (const auto& deposit : batch.deposits) Add(deposit);
  for (const auto& transition : batch.transitions) Add(transition);
  for (const auto& answer : batch.answers) Add(answer);
  for (const auto& range : batch.acknowledged) Add(range);
  for (const auto& moved : batch.moved) Add(moved);
  AddIndexChanges();
  for (const auto& id : batch.erased) Delete(kContents, keyspace::Request(id));
  AddBooks(batch);
  AddCounts(batch);
  record::Numbers& numbers = database_.numbers;
  if (batch.last_request) numbers.request = batch.last_request->value;
  if (batch.last_hold) numbers.hold = batch.last_hold->value;
  if (batch.last_job) numbers.job = batch.last_job->value;
  record::Encode(numbers, value_);
  Put(kBooks, keyspace::kNumbers, value_);
  return batch_;
}

void Writes::AddBooks(const Batch& batch) {
  for (const auto& [destination, gate] : batch.gates) Add(destination, gate);
  for (const auto& hold : batch.placed) Add(hold);
  for (const auto& id : batch.lifted) Delete(kBooks, keyspace::Hold(id));
  for (const auto& job : batch.jobs) Add(job);
  for (const auto& id : batch.forgotten) Delete(kBooks, keyspace::Job(id));
  for (const auto& account : batch.accounts) {
    record::Encode(account, value_);
    Put(kBooks, keyspace::Account(account.run_by, account.practice), value_);
  }
  for (const auto& payee : batch.payees) {
    record::Encode(payee, value_);
    Put(kBooks, keyspace::Payee(payee.practice), value_);
  }
  if (batch.fence_noted) {
    database_.head.noted_epoch = database_.head.epoch;
    record::Encode(database_.head, value_);
    Put(kBooks, keyspace::kHead, value_);
  }
}

void Writes::Put(Family family, std::string_view key, std::string_view value) {
  // Only a batch over 4 GiB can be refused; limits::kBytesPerTurn is far below.
  batch_.Put(database_.families[family], SliceOf(key), SliceOf(value)).PermitUncheckedError();
}

void Writes::Delete(Family family, std::string_view key) {
  batch_.Delete(database_.families[family], SliceOf(key)).PermitUncheckedError();
}

const Keyring::Entry& Writes::KeyOf(const PracticeId& practice) {
  if (const auto* entry = database_.keyring->Of(practice)) return *entry;
  const KeyId id = database_.keyring->next();
  std::string value;
  record::Encode(database_.keyring->Make(id, practice, database_.sealer), value);
  Put(kBooks, keyspace::DataKey(id), value);
  return *database_.keyring->Of(practice);
}

const std::string& Writes::Seal(const PracticeId& practice, Sealed what, std::string_view owner,
                                std::string_view text, Compress compress) {
  const Keyring::Entry& entry = KeyOf(practice);
  sealed_.clear();
  database_.sealer.Seal(entry.id, entry.key, what, owner, text, compress, sealed_);
  return sealed_;
}

const std::string& Writes::SealOwn(Sealed what, std::string_view owner, std::string_view text) {
  sealed_.clear();
  if (!text.empty()) {
    database_.sealer.Seal(kOwnKey, *database_.keyring->Find(kOwnKey), what, owner, text,
                          Compress::kNo, sealed_);
  }
  return sealed_;
}

void Writes::Add(const NewRequest& deposit) {
  const Envelope& envelope = deposit.envelope;
  const std::string id = keyspace::Request(envelope.id);
  const Keyring::Entry& key = KeyOf(envelope.practice);
  record::BeginFrame(value_);
  database_.sealer.Seal(key.id, key.key, Sealed::kContent, id, deposit.content,
                        Compress::kWhenSmaller, value_);
  record::EndFrame(value_);
  Put(kContents, id, value_);
  PutEnvelope(envelope);
  record::Encode(deposit.state, value_);
  Put(kStates, id, value_);
  record::Encode(envelope.id.value, value_);
  Put(kBusiness, HashOf(envelope.Key(), *database_.keyring), value_);
  MoveIndex(envelope.RankOf(), envelope.practice, envelope.destination, nullptr, deposit.state);
  if (envelope.case_of.value != 0) {
    Put(kIndexes, keyspace::CaseAt(envelope.case_of, envelope.id), {});
  }
  AddEntry(envelope.id, envelope.practice, deposit.entry);
}

void Writes::PutEnvelope(const Envelope& envelope) {
  const std::string id = keyspace::Request(envelope.id);
  record::Encode(envelope,
                 Seal(envelope.practice, Sealed::kReference, id, envelope.reference, Compress::kNo),
                 value_);
  Put(kEnvelopes, id, value_);
}

// No index speaks of it while it is Waiting, and its business key is that of its deposit.
void Writes::Add(const Moved& moved) { PutEnvelope(moved.envelope); }

void Writes::Add(const Transition& transition) {
  if (transition.before != transition.after) {
    record::Encode(transition.after, value_);
    Put(kStates, keyspace::Request(transition.id), value_);
    MoveIndex(transition.rank, transition.practice, transition.destination, &transition.before,
              transition.after);
  }
  AddEntry(transition.id, transition.practice, transition.entry);
}

void Writes::MoveIndex(const Rank& rank, const PracticeId& practice, const Destination& destination,
                       const State* before, const State& after) {
  std::vector<keyspace::IndexKey> gone;
  if (before != nullptr) gone = keyspace::IndexOf(rank, practice, destination, *before);
  auto arrived = keyspace::IndexOf(rank, practice, destination, after);
  const auto holds = [](const auto& keys, const std::string& key) {
    return std::any_of(keys.begin(), keys.end(), [&](const auto& k) { return k.key == key; });
  };
  for (auto& index : gone) {
    if (!holds(arrived, index.key)) index_changes_.push_back({std::move(index.key), false});
  }
  for (auto& index : arrived) {
    if (holds(gone, index.key)) continue;
    low_water_.Put(index);
    index_changes_.push_back({std::move(index.key), true});
  }
}

// In the order of their keys, in which a memtable takes them for less. Changes of one key stay in
// the order in which they came.
void Writes::AddIndexChanges() {
  std::stable_sort(index_changes_.begin(), index_changes_.end(),
                   [](const auto& a, const auto& b) { return a.key < b.key; });
  // INVARIANT: an index key is never put twice without a deletion between, so a single deletion
  // suffices, which RocksDB can drop together with what it deletes.
  for (const auto& change : index_changes_) {
    if (change.put) {
      Put(kIndexes, change.key, {});
    } else {
      batch_.SingleDelete(database_.families[kIndexes], change.key).PermitUncheckedError();
    }
  }
  index_changes_.clear();
}

void Writes::AddEntry(RequestId id, const PracticeId& practice, const JournalEntry& entry) {
  const std::string key = keyspace::Entry(id, ++database_.numbers.entry);
  std::string_view note;
  if (!entry.note.empty()) note = Seal(practice, Sealed::kNote, key, entry.note, Compress::kNo);
  record::Encode(entry, note, value_);
  Put(kJournal, key, value_);
}

void Writes::Add(const NewAnswer& answer) {
  const std::string key = keyspace::Inbox(answer.practice, answer.entry.position);
  record::SealedAnswer sealed;
  sealed.reference =
      Seal(answer.practice, Sealed::kAnswerFor, key, answer.entry.reference, Compress::kNo);
  sealed.body =
      Seal(answer.practice, Sealed::kAnswer, key, answer.entry.body, Compress::kWhenSmaller);
  record::Encode(answer.entry, sealed, value_);
  Put(kInboxes, key, value_);
}

void Writes::Add(const Acknowledged& range) {
  if (range.to < range.from) return;
  const std::string first = keyspace::Inbox(range.practice, range.from);
  if (range.to - range.from >= kManyAnswers) {
    const std::string behind = keyspace::Inbox(range.practice, range.to) + '\0';
    batch_.DeleteRange(database_.families[kInboxes], first, behind).PermitUncheckedError();
    return;
  }
  for (uint64_t position = range.from; position <= range.to; ++position) {
    Delete(kInboxes, keyspace::Inbox(range.practice, position));
  }
}

void Writes::Add(const Destination& destination, const GateState& gate) {
  const std::string key = keyspace::Gate(destination);
  record::SealedGate sealed;
  sealed.reason = SealOwn(Sealed::kGateReason, key, gate.reason);
  sealed.source = SealOwn(Sealed::kGateSource, key, gate.source);
  record::Encode(gate, sealed, value_);
  Put(kBooks, key, value_);
}

void Writes::Add(const Job& job) {
  const std::string key = keyspace::Job(job.id);
  record::Encode(job, SealOwn(Sealed::kJobReason, key, job.reason), value_);
  Put(kBooks, key, value_);
}

void Writes::Add(const Hold& hold) {
  const std::string key = keyspace::Hold(hold.id);
  record::Encode(hold, SealOwn(Sealed::kHoldReason, key, hold.reason), value_);
  Put(kBooks, key, value_);
}

void Writes::AddCounts(const Batch& batch) {
  const auto set = [&](const std::string& key, uint64_t number) {
    if (number == 0) return Delete(kBooks, key);
    record::Encode(number, value_);
    Put(kBooks, key, value_);
  };
  for (const auto& tally : batch.tallies) set(keyspace::Tally(tally), tally.requests);
  for (const auto& lane : batch.lanes) {
    set(keyspace::Lane(lane.destination, lane.practice, lane.share), lane.ready);
  }
  for (const auto& mark : batch.marks) {
    record::Encode(mark, value_);
    Put(kBooks, keyspace::Mark(mark.practice), value_);
  }
}

}  // namespace ecluse::store
