// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/practice.h"

#include <algorithm>
#include <memory>

#include "adapters/client.h"

namespace ecluse::story {
namespace {

// Long enough for a broker to be killed and to come back.
constexpr absl::Duration kWithin = absl::Seconds(60);

absl::Status NoReceipt(const Error& error) {
  const absl::Status status = ToStatus(error);
  return {absl::StatusCode::kFailedPrecondition,
          "a deposit got no receipt: " + std::string(status.message())};
}

}  // namespace

absl::Status Practice::Deposit(Tally& receipts) {
  absl::StatusOr<std::unique_ptr<Client>> client = Client::Connect(options_);
  if (!client.ok()) return client.status();
  size_t batch = 0;
  for (size_t done = 0; done < notes_.size();) {
    // One, two, … five at a time: software of all kinds.
    const size_t size = std::min(1 + batch++ % 5, notes_.size() - done);
    std::vector<wire::Deposit::Item> items;
    for (size_t i = 0; i < size; ++i) items.push_back(notes_[done + i].request->item);
    absl::StatusOr<wire::DepositResult> result = (*client)->Deposit(std::move(items), kWithin);
    if (!result.ok()) return result.status();
    for (size_t i = 0; i < size; ++i) {
      const auto& outcome = result->results.at(i);
      if (const Error* error = std::get_if<Error>(&outcome)) return NoReceipt(*error);
      notes_[done + i].receipt = std::get<wire::Receipt>(outcome).number;
      receipts.Add();
    }
    done += size;
  }
  for (Note& note : notes_) {
    if (!note.again) continue;
    absl::StatusOr<wire::Receipt> receipt = (*client)->Deposit(note.request->item, kWithin);
    if (!receipt.ok()) return receipt.status();
    note.same_receipt = receipt->repeated && receipt->number == note.receipt;
  }
  return absl::OkStatus();
}

void Practice::Hear(const wire::InboxEntry& entry, Tally& answers) {
  auto note = std::ranges::find(notes_, entry.request, &Note::receipt);
  if (note == notes_.end()) return;
  // The reference is the practice's own: the answer must come back under the same.
  if (note->request->item.reference != entry.reference) return;
  note->event = entry.event;
  if (++note->answers == 1) answers.Add();
}

absl::Status Practice::Listen(Tally& answers, const std::atomic<bool>& enough) {
  absl::StatusOr<std::unique_ptr<Client>> client = Client::Connect(options_);
  if (!client.ok()) return client.status();
  uint64_t position = 0;
  while (!enough) {
    absl::StatusOr<wire::InboxResult> inbox = (*client)->WaitInbox(32, absl::Seconds(1));
    if (absl::IsDeadlineExceeded(inbox.status())) continue;
    if (!inbox.ok()) return inbox.status();
    for (const wire::InboxEntry& entry : inbox->entries) {
      // What comes again because its acknowledgement was lost is the same answer, not another.
      if (entry.position <= position) continue;
      position = entry.position;
      Hear(entry, answers);
    }
    if (position == 0) continue;
    const absl::Status acknowledged = (*client)->Acknowledge(position, kWithin);
    if (!acknowledged.ok()) return acknowledged;
  }
  return absl::OkStatus();
}

}  // namespace ecluse::story
