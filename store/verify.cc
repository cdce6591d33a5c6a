// SPDX-License-Identifier: Apache-2.0
#include "store/verify.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/home.h"
#include "store/rocks_promise.h"
#include "store/verify_parts.h"

namespace ecluse::store {

absl::StatusOr<Checked> VerifyStore(const RocksOptions& options,
                                    const std::function<void(const Finding&)>& sink) {
  auto database = OpenDatabase(options, Seam(), Access::kReadOnly);
  if (!database.ok()) return database.status();
  auto checked = Verifier(**database, sink).Run();
  const record::Head& head = (*database)->head;
  const Home home =
      HomeOf(options.directory, Seam().machine_file, *(*database)->keyring->Find(kHashKey));
  checked.format = head.format;
  checked.epoch = head.epoch;
  checked.fenced = head.restored || head.epoch != head.noted_epoch || IsAway(head, home);
  return checked;
}

void Verifier::Promised() {
  const auto last = [this] { return database_.db->GetLatestSequenceNumber(); };
  const auto kept = CheckPromise(*database_.env, database_.db->GetName(), last);
  if (!kept.ok()) Find(std::string(kept.message()), "the store");
}

Checked Verifier::Run() {
  Promised();
  Books();
  Requests();
  CompareCounts();
  Indexes();
  Business();
  Inboxes();
  return checked_;
}

void Verifier::Find(std::string what, std::string where) {
  ++checked_.findings;
  sink_({std::move(what), std::move(where)});
}

void Verifier::Find(std::string what, RequestId id) {
  Find(std::move(what), fmt::format("request {}", id.value));
}

void Verifier::End(const Range& range, const char* family) {
  if (auto status = range.status(); !status.ok()) {
    Find("the rest can't be read: " + std::string(status.message()), family);
  }
}

void Verifier::SkipStrange(Range& range, size_t size, const char* family) {
  for (; range.Valid() && range.key().size() != size; range.Next()) {
    Find("a key has a wrong length", family);
  }
}

void Verifier::Requests() {
  Range envelopes(database_, kEnvelopes, "", {});
  Range states(database_, kStates, "", {});
  Range contents(database_, kContents, "", {});
  Range journal(database_, kJournal, "", {});
  const auto next = [](const Range& range) {
    return range.Valid() ? keyspace::NumberAt(range.key(), 0) : UINT64_MAX;
  };
  const auto settle = [&] {
    SkipStrange(envelopes, 8, "envelopes");
    SkipStrange(states, 8, "states");
    SkipStrange(contents, 8, "contents");
    SkipStrange(journal, 16, "journal");
  };
  for (settle(); envelopes.Valid() || states.Valid() || contents.Valid() || journal.Valid();
       settle()) {
    const RequestId id{std::min({next(envelopes), next(states), next(contents), next(journal)})};
    Seen seen;
    if (next(envelopes) == id.value && envelopes.Valid()) {
      Envelope envelope;
      const auto status = ReadEnvelope(database_, id, envelopes.value(), envelope);
      if (!status.ok()) Find("envelope: " + std::string(status.message()), id);
      if (status.ok()) seen.envelope = std::move(envelope);
      envelopes.Next();
    }
    if (next(states) == id.value && states.Valid()) {
      State state;
      const auto status = record::Decode(states.value(), state);
      if (!status.ok()) Find("state: " + std::string(status.message()), id);
      if (status.ok()) seen.state = state;
      states.Next();
    }
    if (next(contents) == id.value && contents.Valid()) {
      seen.content = true;
      CheckContent(id, contents.value(), seen);
      contents.Next();
    }
    CheckJournal(id, journal, seen);
    CheckWhole(id, seen);
  }
  End(envelopes, "envelopes");
  End(states, "states");
  End(contents, "contents");
  End(journal, "journal");
}

void Verifier::CheckContent(RequestId id, std::string_view value, const Seen& seen) {
  std::string content;
  if (auto status = ReadContent(database_, id, value, content); !status.ok()) {
    return Find("content: " + std::string(status.message()), id);
  }
  if (!seen.envelope) return;
  const Envelope& envelope = *seen.envelope;
  if (content.size() != envelope.content_bytes) {
    Find("the content has not the size that its envelope says", id);
  }
  if (DigestOf(*database_.keyring, envelope.kind, envelope.format, content) != envelope.digest) {
    Find("the content is not the one of its envelope's digest", id);
  }
}

void Verifier::CheckJournal(RequestId id, Range& journal, Seen& seen) {
  std::optional<StateCode> last;
  for (; journal.Valid(); journal.Next(), SkipStrange(journal, 16, "journal")) {
    if (keyspace::NumberAt(journal.key(), 0) != id.value) break;
    ++checked_.entries;
    JournalEntry entry;
    if (auto status = ReadEntry(database_, journal.key(), journal.value(), entry); !status.ok()) {
      Find("journal: " + std::string(status.message()), id);
    }
    if (keyspace::NumberAt(journal.key(), 8) > database_.numbers.entry) {
      Find("a journal entry has a number that was never given", id);
    }
    if (entry.from != last) Find("the journal has a gap", id);
    last = entry.to;
    seen.journal = true;
  }
  if (last && seen.state && *last != CodeOf(*seen.state)) {
    Find("the journal does not end in the state of the request", id);
  }
}

void Verifier::CheckWhole(RequestId id, const Seen& seen) {
  ++checked_.requests;
  if (!seen.envelope) Find("there is no envelope to be read", id);
  if (!seen.state) Find("there is no state to be read", id);
  const bool destroyed = seen.state && CodeOf(*seen.state) == StateCode::kDestroyed;
  if (!seen.content && !destroyed) Find("there is no content", id);
  if (seen.content && destroyed) Find("it is destroyed, and its content is there", id);
  if (!seen.journal) Find("there is no journal", id);
  if (id.value > database_.numbers.request) Find("its number was never given", id);
  if (seen.envelope && seen.state) CheckFound(*seen.envelope, *seen.state);
}

void Verifier::CheckFound(const Envelope& envelope, const State& state) {
  std::string value;
  uint64_t number = 0;
  const auto found = database_.Get(kBusiness, HashOf(envelope.Key(), *database_.keyring), value);
  if (!found.ok() || !*found || !record::Decode(value, number).ok() ||
      number != envelope.id.value) {
    Find("its business key does not lead to it", envelope.id);
  }
  CheckIndex(envelope, state);
  if (envelope.case_of.value != 0) CheckCase(envelope);
  if (TriesOf(state).epoch > database_.head.epoch) {
    Find("its state is of a later life of the store", envelope.id);
  }
  const StateCode code = CodeOf(state);
  const int64_t hour = IsTerminal(code)
                           ? 0
                           : absl::ToInt64Hours(absl::Floor(
                                 envelope.deposited_at - absl::UnixEpoch(), absl::Hours(1)));
  ++tallies_[{envelope.destination, code, hour}];
  if (code == StateCode::kReady)
    ++lanes_[{envelope.destination, envelope.practice, envelope.share}];
}

void Verifier::CheckIndex(const Envelope& envelope, const State& state) {
  std::string value;
  for (const std::string& key : KeysOf(envelope, state)) {
    const auto there = database_.Get(kIndexes, key, value);
    if (!there.ok() || !*there) {
      Find(fmt::format("it is missing in the index {}", key[0]), envelope.id);
    }
  }
}

void Verifier::CheckCase(const Envelope& envelope) {
  const auto root = Look(envelope.case_of);
  if (!root) return Find("the first of its case can't be read", envelope.id);
  if (root->envelope.practice != envelope.practice || envelope.case_of >= envelope.id) {
    Find("its case begins with a request that can't be the first of it", envelope.id);
  }
}

}  // namespace ecluse::store
