// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/practice.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "tests/support/story/today.h"

namespace ecluse::crash {
namespace {

// Longer than a broker that is killed again and again needs to hear one call.
constexpr absl::Duration kWithin = absl::Seconds(120);
constexpr absl::Duration kLook = absl::Milliseconds(200);
// So much waits at the most: then deposits go at the pace of the answers.
constexpr size_t kMostOpen = 60;
constexpr int kWrittenAtOnce = 64;
constexpr uint32_t kInboxPage = 64;

}  // namespace

Practice::Practice(const patients::Practice& who, LinkOptions options,
                   std::vector<patients::Counter> counters, uint64_t seed)
    : who_(who),
      options_(std::move(options)),
      counters_(std::move(counters)),
      seed_(seed),
      dice_(seed) {}

// References are unique in the practice, whatever the day's own are.
absl::Status Practice::WriteRequests() {
  auto day = patients::MakeDay({.seed = seed_ + ++written_,
                                .count = kWrittenAtOnce,
                                .today = story::ParisDay(absl::Now()),
                                .counters = counters_},
                               {who_});
  if (!day.ok()) return day.status();
  for (patients::Request& request : *day) {
    request.item.reference = fmt::format("{}-{}", written_, request.item.reference);
    requests_.push_back(std::move(request));
  }
  return absl::OkStatus();
}

absl::Status Practice::Deposit(Client& client, story::Tally& receipts) {
  const size_t size = 1 + dice_.Below(5);
  if (next_ + size > requests_.size()) {
    const absl::Status status = WriteRequests();
    if (!status.ok()) return status;
  }
  std::vector<wire::Deposit::Item> items;
  for (size_t i = 0; i < size; ++i) items.push_back(requests_[next_ + i].item);
  absl::StatusOr<wire::DepositResult> result = client.Deposit(std::move(items), kWithin);
  if (!result.ok()) return result.status();
  for (const auto& outcome : result->results) {
    if (const Error* error = std::get_if<Error>(&outcome)) return ToStatus(*error);
    const auto& receipt = std::get<wire::Receipt>(outcome);
    story::Note& note = notes_.emplace_back();
    note.request = &requests_[next_++];
    note.receipt = receipt.number;
    note.destination = receipt.destination;
    by_receipt_.emplace(receipt.number.value, &note);
    ++open_;
    receipts.Add();
  }
  return absl::OkStatus();
}

// As people do who are not sure.
absl::Status Practice::DepositAgain(Client& client) {
  story::Note& note = notes_[dice_.Below(notes_.size())];
  const absl::StatusOr<wire::Receipt> receipt = client.Deposit(note.request->item, kWithin);
  if (!receipt.ok()) return receipt.status();
  note.same_receipt =
      receipt->repeated && receipt->number == note.receipt && (!note.again || note.same_receipt);
  note.again = true;
  return absl::OkStatus();
}

void Practice::Hear(const wire::InboxEntry& entry, story::Tally& answers) {
  const auto found = by_receipt_.find(entry.request.value);
  if (found == by_receipt_.end()) return;
  story::Note& note = *found->second;
  // The reference is the practice's own: the answer must come back under the same.
  if (note.request->item.reference != entry.reference) return;
  note.decision = entry.decision;
  if (entry.event == wire::Event::kNews) {
    const uint32_t word = 1u << static_cast<uint32_t>(entry.decision);
    note.said_twice |= (note.said & word) != 0;
    note.said |= word;
    return;
  }
  if (++note.answers > 1) return;
  note.returned = entry.event == wire::Event::kReturned;
  note.answered_at = entry.at;
  --open_;
  answers.Add();
}

absl::Status Practice::ReadInbox(Client& client, bool wait, story::Tally& answers) {
  const auto inbox =
      wait ? client.WaitInbox(kInboxPage, kLook) : client.ReadInbox(kInboxPage, kWithin);
  if (absl::IsDeadlineExceeded(inbox.status())) return wait ? absl::OkStatus() : inbox.status();
  if (!inbox.ok()) return inbox.status();
  for (const wire::InboxEntry& entry : inbox->entries) {
    // What comes again because its acknowledgement was lost is the same answer, not another.
    if (entry.position <= position_) continue;
    position_ = entry.position;
    Hear(entry, answers);
  }
  if (inbox->entries.empty()) return absl::OkStatus();
  return client.Acknowledge(position_, kWithin);
}

absl::Status Practice::Run(story::Tally& receipts, story::Tally& answers, const Closing& closing) {
  absl::StatusOr<std::unique_ptr<Client>> client = Client::Connect(options_);
  if (!client.ok()) return client.status();
  while (!closing.give_up && (!closing.enough || open_ > 0)) {
    const bool deposits = !closing.enough && open_ < kMostOpen;
    absl::Status status = deposits ? Deposit(**client, receipts) : absl::OkStatus();
    if (status.ok() && deposits && dice_.OneIn(20)) status = DepositAgain(**client);
    if (status.ok()) status = ReadInbox(**client, !deposits, answers);
    if (!status.ok() && !closing.give_up) return status;
  }
  return absl::OkStatus();
}

}  // namespace ecluse::crash
