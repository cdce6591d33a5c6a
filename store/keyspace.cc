// SPDX-License-Identifier: Apache-2.0
#include "store/keyspace.h"

#include "store/records.h"

namespace ecluse::store::keyspace {

namespace {

constexpr uint64_t kSign = uint64_t{1} << 63;

void AppendName(const std::string& name, std::string& key) {
  key += name;
  key.push_back('\0');
}

std::string Of(char letter, const Destination& destination) {
  std::string key;
  key.reserve(64);
  key.push_back(letter);
  AppendName(destination.run_by.text, key);
  AppendName(destination.service.text, key);
  return key;
}

bool TakeDestination(std::string_view& key, Destination& destination) {
  if (key.empty()) return false;
  key.remove_prefix(1);
  return TakeName(key, destination.run_by.text) && TakeName(key, destination.service.text);
}

}  // namespace

void AppendNumber(uint64_t number, std::string& key) {
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(number >> shift));
}

uint64_t NumberAt(std::string_view key, size_t at) {
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(key[at + i]);
  return number;
}

bool TakeName(std::string_view& key, std::string& name) {
  const size_t end = key.find('\0');
  if (end == std::string_view::npos) return false;
  name.assign(key.substr(0, end));
  key.remove_prefix(end + 1);
  return true;
}

std::string Request(RequestId id) {
  std::string key;
  AppendNumber(id.value, key);
  return key;
}

std::string Entry(RequestId id, uint64_t number) {
  std::string key;
  key.reserve(16);
  AppendNumber(id.value, key);
  AppendNumber(number, key);
  return key;
}

std::string InboxOf(const PracticeId& practice) {
  std::string key;
  AppendName(practice.text, key);
  return key;
}

std::string Inbox(const PracticeId& practice, uint64_t position) {
  std::string key = InboxOf(practice);
  AppendNumber(position, key);
  return key;
}

std::string DataKey(KeyId id) {
  std::string key(1, kDataKeys);
  for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<char>(id >> shift));
  return key;
}

std::string Gate(const Destination& destination) { return Of(kGates, destination); }

std::string Hold(HoldId id) {
  std::string key(1, kHolds);
  AppendNumber(id.value, key);
  return key;
}

std::string Tally(const store::Tally& tally) {
  std::string key = Of(kTallies, tally.destination);
  key.push_back(static_cast<char>(tally.state));
  AppendNumber(static_cast<uint64_t>(tally.hour) ^ kSign, key);
  return key;
}

std::string Lane(const Destination& destination, const PracticeId& practice, Share share) {
  std::string key = Of(share == Share::kFresh ? kLanes : kBacklogLanes, destination);
  AppendName(practice.text, key);
  return key;
}

std::string Mark(const PracticeId& practice) {
  std::string key(1, kMarks);
  AppendName(practice.text, key);
  return key;
}

std::string Job(JobId id) {
  std::string key(1, kJobs);
  AppendNumber(id.value, key);
  return key;
}

std::string Account(const OperatorId& run_by, const PracticeId& practice) {
  std::string key(1, kAccounts);
  AppendName(run_by.text, key);
  AppendName(practice.text, key);
  return key;
}

std::string Payee(const PracticeId& practice) {
  std::string key(1, kPayees);
  AppendName(practice.text, key);
  return key;
}

bool Parse(std::string_view key, Destination& destination) {
  return TakeDestination(key, destination) && key.empty();
}

bool Parse(std::string_view key, store::Tally& tally) {
  if (!TakeDestination(key, tally.destination) || key.size() != 9) return false;
  tally.state = static_cast<StateCode>(key[0]);
  tally.hour = static_cast<int64_t>(NumberAt(key, 1) ^ kSign);
  return tally.state >= StateCode::kReady && tally.state <= StateCode::kReturned;
}

bool Parse(std::string_view key, LaneCount& lane) {
  if (key.empty()) return false;
  lane.share = key[0] == kLanes ? Share::kFresh : Share::kBacklog;
  return TakeDestination(key, lane.destination) && TakeName(key, lane.practice.text) && key.empty();
}

bool Parse(std::string_view key, InboxMark& mark) {
  if (key.empty()) return false;
  key.remove_prefix(1);
  return TakeName(key, mark.practice.text) && key.empty();
}

bool Parse(std::string_view key, JobId& job) {
  if (key.size() != 9) return false;
  job.value = NumberAt(key, 1);
  return true;
}

bool Parse(std::string_view key, store::Account& account) {
  if (key.empty()) return false;
  key.remove_prefix(1);
  return TakeName(key, account.run_by.text) && TakeName(key, account.practice.text) && key.empty();
}

bool Parse(std::string_view key, store::Payee& payee) {
  if (key.empty()) return false;
  key.remove_prefix(1);
  return TakeName(key, payee.practice.text) && key.empty();
}

void AppendTime(absl::Time time, std::string& key) {
  AppendNumber(static_cast<uint64_t>(record::ToMicros(time)) ^ kSign, key);
}

absl::Time TimeAt(std::string_view key, size_t at) {
  return record::FromMicros(static_cast<int64_t>(NumberAt(key, at) ^ kSign));
}

std::string Behind(std::string prefix) {
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

std::string ReadyOf(const Destination& destination, const PracticeId& practice, Share share) {
  std::string key = Of(kReady, destination);
  AppendName(practice.text, key);
  key.push_back(static_cast<char>(share));
  return key;
}

std::string ReadyAt(const Destination& destination, const PracticeId& practice, const Rank& rank) {
  std::string key = ReadyOf(destination, practice, rank.share);
  key.push_back(static_cast<char>(rank.order));
  AppendTime(rank.due, key);
  AppendNumber(rank.id.value, key);
  return key;
}

bool Parse(std::string_view key, Rank& rank) {
  constexpr size_t kRankBytes = 1 + 1 + 8 + 8;
  if (key.size() < kRankBytes) return false;
  key.remove_prefix(key.size() - kRankBytes);
  rank.share = static_cast<Share>(key[0]);
  rank.order = static_cast<uint8_t>(key[1]);
  rank.due = TimeAt(key, 2);
  rank.id = {NumberAt(key, 10)};
  return rank.share <= Share::kBacklog;
}

std::string OldReadyAt(const Destination& destination, const PracticeId& practice, RequestId id) {
  std::string key = Of(kOldReady, destination);
  AppendName(practice.text, key);
  AppendNumber(id.value, key);
  return key;
}

std::string CaseAt(RequestId root, RequestId id) {
  std::string key(1, kCase);
  AppendNumber(root.value, key);
  AppendNumber(id.value, key);
  return key;
}

std::string DueOf(const Destination& destination, Reads::Due due) {
  return Of(due == Reads::Due::kRetry ? kRetry : kProbe, destination);
}

std::string Flight() { return std::string(1, kFlight); }

std::string CareOf(StateCode code) { return {kCare, static_cast<char>(code)}; }

std::vector<IndexKey> IndexOf(const Rank& rank, const PracticeId& practice,
                              const Destination& destination, const State& state) {
  std::vector<IndexKey> keys;
  const auto add = [&](std::string key, absl::Time at = absl::InfinitePast(), bool timed = false) {
    const size_t prefix = key.size();
    if (timed) AppendTime(at, key);
    AppendNumber(rank.id.value, key);
    keys.push_back({std::move(key), prefix});
  };
  const auto due = [&](Reads::Due which, absl::Time at) {
    if (at != absl::InfiniteFuture()) add(DueOf(destination, which), at, true);
  };
  const StateCode code = CodeOf(state);
  if (code == StateCode::kReady) {
    keys.push_back(
        {ReadyAt(destination, practice, rank), ReadyOf(destination, practice, rank.share).size()});
  }
  if (code == StateCode::kLeased || code == StateCode::kSending) add(Flight());
  if (code == StateCode::kWaiting || code == StateCode::kDeferred || code == StateCode::kInDoubt) {
    add(CareOf(code));
  }
  if (const auto* s = std::get_if<state::Deferred>(&state)) due(Reads::Due::kRetry, s->retry_at);
  if (const auto* s = std::get_if<state::InDoubt>(&state)) {
    due(Reads::Due::kProbe, s->next_probe_at);
  }
  if (const auto* s = std::get_if<state::Awaiting>(&state)) {
    due(Reads::Due::kProbe, s->next_probe_at);
  }
  return keys;
}

}  // namespace ecluse::store::keyspace
