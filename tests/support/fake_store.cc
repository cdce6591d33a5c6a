// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tests/support/fake_store_tables.h"

namespace ecluse {

namespace {

// FNV-1a. Absl's hashes differ from run to run, and a simulation must not.
void MixIn(uint64_t& hash, const std::string& text) {
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  hash = (hash ^ text.size()) * 0x100000001b3;
}

}  // namespace

FakeStore::FakeStore() : tables_(std::make_unique<Tables>()) {}
FakeStore::~FakeStore() = default;

void FakeStore::FailNext(bool persists) { next_ = persists ? Failure::kKept : Failure::kLost; }
void FakeStore::FailNextRead() { next_read_fails_ = true; }
void FakeStore::Damage(RequestId id) { tables_->damaged.insert(id); }

void FakeStore::Reopen() {
  next_ = Failure::kNone;
  next_read_fails_ = false;
  unsound_ = false;
}

bool FakeStore::ReadFails() const {
  if (std::exchange(next_read_fails_, false)) {
    unsound_ = true;
    return true;
  }
  return false;
}

void FakeStore::Contradict(std::string what) {
  if (contradiction_.empty()) contradiction_ = std::move(what);
}

absl::Status FakeStore::Write(const store::Batch& batch) {
  if (unsound_) return absl::UnavailableError("the store failed before: stop and recover");
  if (batch.empty()) return absl::OkStatus();
  const Failure failure = std::exchange(next_, Failure::kNone);
  if (failure != Failure::kLost) Keep(batch);
  if (failure == Failure::kNone) return absl::OkStatus();
  unsound_ = true;
  return absl::UnavailableError("the disk failed, as told");
}

void FakeStore::Deposit(const store::NewRequest& deposit) {
  const Envelope& envelope = deposit.envelope;
  Record record{envelope, deposit.state, deposit.content, {deposit.entry}};
  tables_->Index(envelope, deposit.state);
  if (envelope.case_of.value != 0) tables_->cases[envelope.case_of].insert(envelope.id);
  if (!tables_->requests.emplace(envelope.id, std::move(record)).second) {
    Contradict(fmt::format("request {} deposited twice", envelope.id.value));
  }
  if (!tables_->keys.emplace(envelope.Key(), envelope.id).second) {
    Contradict(fmt::format("the business key of request {} is taken", envelope.id.value));
  }
}

void FakeStore::Change(const store::Transition& transition,
                       const std::vector<store::Moved>& moved) {
  const auto found = tables_->requests.find(transition.id);
  if (found == tables_->requests.end()) {
    return Contradict(fmt::format("transition of request {}, never seen", transition.id.value));
  }
  Record& record = found->second;
  const Envelope& envelope = record.envelope;
  if (record.state != transition.before) {
    Contradict(fmt::format("request {} was not in the state that its transition says",
                           transition.id.value));
  }
  if (envelope.destination != transition.destination) {
    for (const auto& [to] : moved) {
      if (to.id == transition.id && to.destination == transition.destination) Replace(record, to);
    }
  }
  if (envelope.practice != transition.practice || envelope.destination != transition.destination) {
    Contradict(fmt::format("request {} belongs elsewhere", transition.id.value));
  }
  if (transition.rank != envelope.RankOf()) {
    Contradict(fmt::format("request {} has another rank", transition.id.value));
  }
  tables_->Unindex(envelope, record.state);
  record.state = transition.after;
  tables_->Index(envelope, record.state);
  record.history.push_back(transition.entry);
}

void FakeStore::Replace(Record& record, const Envelope& envelope) {
  if (record.envelope == envelope) return;
  if (CodeOf(record.state) != StateCode::kWaiting) {
    Contradict(fmt::format("request {} moved while it was not waiting", envelope.id.value));
  }
  if (record.envelope.Key() != envelope.Key() || record.envelope.RankOf() != envelope.RankOf()) {
    Contradict(fmt::format("request {} changed its key or its rank", envelope.id.value));
  }
  tables_->Unindex(record.envelope, record.state);
  record.envelope = envelope;
  tables_->Index(record.envelope, record.state);
}

void FakeStore::Erase(RequestId id) {
  const auto found = tables_->requests.find(id);
  if (found == tables_->requests.end() || CodeOf(found->second.state) != StateCode::kDestroyed) {
    return Contradict(fmt::format("request {} erased and not destroyed", id.value));
  }
  found->second.content.clear();
  tables_->erased.insert(id);
}

absl::Status FakeStore::Backup(const std::string& directory) const {
  if (backups_.contains(directory)) return absl::AlreadyExistsError("there is one by that name");
  backups_[directory] = std::make_unique<Tables>(*tables_);
  return absl::OkStatus();
}

void FakeStore::Restore(const std::string& backup, StoreEpoch epoch) {
  tables_ = std::make_unique<Tables>(*backups_.at(backup));
  tables_->epoch = epoch;
  Reopen();
}

void FakeStore::Keep(const store::Batch& batch) {
  ++commits_;
  for (const auto& deposit : batch.deposits) Deposit(deposit);
  for (const auto& transition : batch.transitions) Change(transition, batch.moved);
  // One that moved twice in a turn is where its last move says.
  std::map<RequestId, Destination> to;
  for (const auto& [envelope] : batch.moved) to[envelope.id] = envelope.destination;
  for (const auto& [envelope] : batch.moved) {
    const auto found = tables_->requests.find(envelope.id);
    if (found == tables_->requests.end() ||
        found->second.envelope.destination != to.at(envelope.id)) {
      Contradict(fmt::format("request {} moved, and nothing says so", envelope.id.value));
    }
  }
  for (const RequestId id : batch.erased) Erase(id);
  for (const auto& answer : batch.answers) {
    if (!tables_->inbox.emplace(std::pair(answer.practice, answer.entry.position), answer.entry)
             .second) {
      Contradict(fmt::format("inbox position {} is taken", answer.entry.position));
    }
  }
  for (const auto& range : batch.acknowledged) {
    tables_->inbox.erase(tables_->inbox.lower_bound({range.practice, range.from}),
                         tables_->inbox.upper_bound({range.practice, range.to}));
  }
  for (const auto& [destination, gate] : batch.gates) tables_->gates[destination] = gate;
  for (const auto& hold : batch.placed) tables_->holds[hold.id] = hold;
  for (const auto& id : batch.lifted) tables_->holds.erase(id);
  for (const auto& tally : batch.tallies) tables_->Set(tally);
  for (const auto& lane : batch.lanes) tables_->Set(lane);
  for (const auto& mark : batch.marks) tables_->marks[mark.practice] = mark;
  if (batch.last_request) tables_->last_request = *batch.last_request;
  if (batch.last_hold) tables_->last_hold = *batch.last_hold;
  KeepMore(batch);
}

void FakeStore::KeepMore(const store::Batch& batch) {
  for (const Job& job : batch.jobs) tables_->jobs[job.id] = job;
  for (const JobId id : batch.forgotten) tables_->jobs.erase(id);
  for (const auto& account : batch.accounts) {
    tables_->accounts[{account.run_by, account.practice}] = account;
  }
  for (const auto& payee : batch.payees) tables_->payees[payee.practice] = payee;
  if (batch.last_job) tables_->last_job = *batch.last_job;
  if (batch.fence_noted) tables_->noted = tables_->epoch;
}

std::string FakeStore::Digest(Kind kind, const std::string& format,
                              const std::string& content) const {
  uint64_t hash = 0xcbf29ce484222325 ^ static_cast<uint64_t>(kind);
  MixIn(hash, format);
  MixIn(hash, content);
  return fmt::format("{:016x}", hash);
}

}  // namespace ecluse
