// SPDX-License-Identifier: Apache-2.0
#include "tests/store/samples.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include "store/master_key.h"
#include "store/records.h"

namespace ecluse::store::sample {

Place::Place() {
  std::string name = std::filesystem::temp_directory_path() / "ecluse-store-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary directory";
  root_ = name;
  EXPECT_TRUE(CreateMasterKey(key()).ok());
}

Place::~Place() {
  std::error_code error;
  std::filesystem::remove_all(root_, error);
}

RocksOptions Place::options() const {
  RocksOptions options;
  options.directory = store();
  options.master_key_file = key();
  options.now = At(0);
  return options;
}

absl::Time At(int64_t seconds) { return absl::FromUnixSeconds(1'706'742'000 + seconds); }

NewRequest Deposit(const Reads& store, uint64_t id, const PracticeId& practice,
                   const std::string& content, const Destination& destination) {
  NewRequest deposit;
  Envelope& envelope = deposit.envelope;
  envelope.id = {id};
  envelope.practice = practice;
  envelope.finess = "750000001";
  envelope.destination = destination;
  envelope.reference = fmt::format("ref-{}", id);
  envelope.kind = Kind::kBill;
  envelope.format = "application/x-b2";
  envelope.content_bytes = content.size();
  envelope.digest = store.Digest(envelope.kind, envelope.format, content);
  envelope.deposited_at = At(static_cast<int64_t>(id));
  deposit.content = content;
  deposit.state = state::Ready{};
  deposit.entry.at = envelope.deposited_at;
  return deposit;
}

Transition Change(const NewRequest& deposit, State before, State after, std::string note) {
  Transition transition;
  transition.id = deposit.envelope.id;
  transition.practice = deposit.envelope.practice;
  transition.destination = deposit.envelope.destination;
  transition.rank = deposit.envelope.RankOf();
  transition.entry.at = At(1000);
  transition.entry.cause = CauseCode::kReported;
  transition.entry.from = CodeOf(before);
  transition.entry.to = CodeOf(after);
  transition.entry.note = std::move(note);
  transition.before = std::move(before);
  transition.after = std::move(after);
  return transition;
}

NewAnswer Answer(const NewRequest& deposit, uint64_t position, const std::string& body) {
  NewAnswer answer;
  answer.practice = deposit.envelope.practice;
  answer.entry.position = position;
  answer.entry.request = deposit.envelope.id;
  answer.entry.destination = deposit.envelope.destination;
  answer.entry.reference = deposit.envelope.reference;
  answer.entry.decision = Decision::kGranted;
  answer.entry.at = At(2000);
  answer.entry.format = "application/json";
  answer.entry.body = body;
  return answer;
}

Batch Deposits(std::vector<NewRequest> requests) {
  Batch batch;
  std::map<std::tuple<Destination, StateCode, int64_t>, uint64_t> tallies;
  std::map<std::tuple<Destination, PracticeId, Share>, uint64_t> lanes;
  RequestId last;
  for (const auto& request : requests) {
    const Envelope& envelope = request.envelope;
    const int64_t hour = record::ToMicros(envelope.deposited_at) / 3'600'000'000;
    ++tallies[{envelope.destination, CodeOf(request.state), hour}];
    if (CodeOf(request.state) == StateCode::kReady) {
      ++lanes[{envelope.destination, envelope.practice, envelope.share}];
    }
    last = std::max(last, envelope.id);
  }
  for (const auto& [key, count] : tallies) {
    batch.tallies.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
  }
  for (const auto& [key, count] : lanes) {
    batch.lanes.push_back({std::get<0>(key), std::get<1>(key), count, std::get<2>(key)});
  }
  batch.last_request = last;
  batch.deposits = std::move(requests);
  return batch;
}

std::string Everything(const Store& store) {
  std::string text;
  for (const Request& request : store.Scan({0}, 1'000'000)) {
    const Envelope& e = request.envelope;
    std::string state;
    record::Encode(request.state, state);
    const auto content = store.Content(e.id);
    text += fmt::format("{} {} {} {} {} {}\n", e.id.value, e.practice.text, e.reference,
                        ToString(e.destination), content.ok() ? *content : "damaged",
                        fmt::join(std::vector<int>(state.begin(), state.end()), ","));
    for (const JournalEntry& entry : store.History(e.id)) {
      text += fmt::format("  {} {} {}\n", absl::ToUnixMicros(entry.at), static_cast<int>(entry.to),
                          entry.note);
    }
  }
  for (const PracticeId& practice : {kPractice, kOther}) {
    for (const auto& entry : store.InboxAfter(practice, 0, 1'000'000, SIZE_MAX)) {
      text += fmt::format("inbox {} {} {}\n", entry.position, entry.reference, entry.body);
    }
  }
  return text;
}

std::string AllBytes(const std::string& directory) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return bytes;
}

}  // namespace ecluse::store::sample
