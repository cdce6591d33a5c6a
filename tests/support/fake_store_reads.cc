// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/support/fake_store_tables.h"

namespace ecluse {

std::optional<store::Request> FakeStore::Find(RequestId id) const {
  if (ReadFails()) return std::nullopt;
  const auto found = tables_->requests.find(id);
  if (found == tables_->requests.end()) return std::nullopt;
  return store::Request{found->second.envelope, found->second.state};
}

std::optional<RequestId> FakeStore::Find(const BusinessKey& key) const {
  if (ReadFails()) return std::nullopt;
  const auto found = tables_->keys.find(key);
  if (found == tables_->keys.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::string> FakeStore::Content(RequestId id) const {
  const auto found = tables_->requests.find(id);
  if (found == tables_->requests.end()) {
    return absl::NotFoundError(fmt::format("request {} has no content", id.value));
  }
  if (tables_->erased.contains(id)) {
    return absl::NotFoundError(fmt::format("the content of request {} was erased", id.value));
  }
  if (tables_->damaged.contains(id)) {
    return absl::DataLossError(fmt::format("the content of request {} is damaged", id.value));
  }
  return found->second.content;
}

std::vector<Rank> FakeStore::Ready(const Destination& destination, const PracticeId& practice,
                                   Share share, const std::optional<Rank>& after,
                                   size_t at_most) const {
  std::vector<Rank> ranks;
  if (ReadFails()) return ranks;
  const auto lane = tables_->ready.find({destination, practice});
  if (lane == tables_->ready.end()) return ranks;
  auto it = after ? lane->second.upper_bound(*after) : lane->second.begin();
  for (; it != lane->second.end() && ranks.size() < at_most; ++it) {
    if (it->share == share) ranks.push_back(*it);
  }
  return ranks;
}

std::vector<RequestId> FakeStore::CaseOf(RequestId root) const {
  if (ReadFails()) return {};
  const auto found = tables_->cases.find(root);
  if (found == tables_->cases.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::vector<store::Reads::DueAt> FakeStore::NextDue(const Destination& destination, Due due,
                                                    size_t at_most) const {
  std::vector<DueAt> found;
  if (ReadFails()) return found;
  const auto queue = tables_->due.find({destination, due});
  if (queue == tables_->due.end()) return found;
  for (const auto& [at, id] : queue->second) {
    if (found.size() == at_most) break;
    found.push_back({at, id});
  }
  return found;
}

std::vector<wire::InboxEntry> FakeStore::InboxAfter(const PracticeId& practice, uint64_t position,
                                                    size_t at_most, size_t bytes) const {
  std::vector<wire::InboxEntry> entries;
  if (ReadFails()) return entries;
  size_t taken = 0;
  for (auto it = tables_->inbox.upper_bound({practice, position}); it != tables_->inbox.end();
       ++it) {
    if (it->first.first != practice || entries.size() == at_most) break;
    taken += it->second.body.size();
    if (taken > bytes && !entries.empty()) break;
    entries.push_back(it->second);
  }
  return entries;
}

std::vector<JournalEntry> FakeStore::History(RequestId id) const {
  if (ReadFails()) return {};
  const auto found = tables_->requests.find(id);
  return found == tables_->requests.end() ? std::vector<JournalEntry>() : found->second.history;
}

std::vector<RequestId> FakeStore::InState(StateCode code, RequestId after, size_t at_most) const {
  std::vector<RequestId> ids;
  if (ReadFails()) return ids;
  const auto found = tables_->care.find(code);
  if (found == tables_->care.end()) return ids;
  for (auto it = found->second.upper_bound(after); it != found->second.end(); ++it) {
    if (ids.size() == at_most) break;
    ids.push_back(*it);
  }
  return ids;
}

std::vector<store::Request> FakeStore::Scan(RequestId after, size_t at_most) const {
  std::vector<store::Request> found;
  if (ReadFails()) return found;
  for (auto it = tables_->requests.upper_bound(after); it != tables_->requests.end(); ++it) {
    if (found.size() == at_most) break;
    found.push_back({it->second.envelope, it->second.state});
  }
  return found;
}

absl::StatusOr<store::Recovered> FakeStore::Recover() const {
  store::Recovered recovered;
  for (const RequestId id : tables_->in_flight) {
    const Record& record = tables_->requests.at(id);
    recovered.in_flight.push_back(
        {id, record.envelope.practice, record.envelope.destination, record.state});
  }
  for (const auto& gate : tables_->gates) recovered.gates.push_back(gate);
  for (const auto& [id, hold] : tables_->holds) recovered.holds.push_back(hold);
  for (const auto& [key, requests] : tables_->tallies) {
    const auto& [destination, state, hour] = key;
    recovered.tallies.push_back({destination, state, hour, requests});
  }
  for (const auto& [key, ready] : tables_->lanes) {
    const auto& [destination, practice, share] = key;
    recovered.lanes.push_back({destination, practice, ready, share});
  }
  for (const auto& [practice, mark] : tables_->marks) recovered.marks.push_back(mark);
  recovered.last_request = tables_->last_request;
  recovered.last_hold = tables_->last_hold;
  recovered.last_job = tables_->last_job;
  for (const auto& [id, job] : tables_->jobs) recovered.jobs.push_back(job);
  for (const auto& [key, account] : tables_->accounts) recovered.accounts.push_back(account);
  for (const auto& [practice, payee] : tables_->payees) recovered.payees.push_back(payee);
  recovered.epoch = tables_->epoch;
  recovered.fenced = tables_->epoch != tables_->noted;
  return recovered;
}

}  // namespace ecluse
