// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/practice.h"

#include <absl/time/clock.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "proto/content/codec.h"
#include "tests/support/patients/follow_up.h"
#include "tests/support/story/today.h"

namespace ecluse::story {
namespace {

// Long enough for a broker to be killed and to come back.
constexpr absl::Duration kWithin = absl::Seconds(60);

absl::Status NoReceipt(const Error& error) {
  const absl::Status status = ToStatus(error);
  return {absl::StatusCode::kFailedPrecondition,
          "a deposit got no receipt: " + std::string(status.message())};
}

// A scan of about this size goes with the documents that operators wait for.
constexpr size_t kScanBytes = 150'000;

}  // namespace

void Practice::WillDeposit(const patients::Request& request, bool again) {
  Note note;
  note.request = &request;
  note.again = again;
  notes_.push_back(note);
}

absl::StatusOr<std::vector<Problem>> Practice::DepositWithMistakes(const OperatorId& at) {
  const auto mistaken = std::ranges::find_if(notes_, [&](const Note& note) {
    const wire::Deposit::Item& item = note.request->item;
    return item.destination.run_by == at && item.kind == Kind::kAuthorisation;
  });
  if (mistaken == notes_.end()) return absl::NotFoundError("no request to make mistakes in");
  absl::StatusOr<std::unique_ptr<Client>> client = Client::Connect(options_);
  if (!client.ok()) return client.status();
  const auto result =
      (*client)->Deposit(std::vector{patients::WithMistakes(mistaken->request->item)}, kWithin);
  if (!result.ok()) return result.status();
  const Error* error = std::get_if<Error>(&result->results.at(0));
  if (error != nullptr && error->code == ErrorCode::kInvalid) return error->problems;
  return absl::InternalError("a deposit with mistakes was not refused for them");
}

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
      const auto& receipt = std::get<wire::Receipt>(outcome);
      notes_[done + i].receipt = receipt.number;
      notes_[done + i].destination = receipt.destination;
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

void Practice::Follow(const Note& note, const wire::InboxEntry& entry,
                      std::atomic<uint64_t>& expected) {
  const Kind kind = note.request->item.kind;
  if (kind != Kind::kAuthorisation && kind != Kind::kQuotation) return;
  const auto answer = content::DecodeAnswer(entry.body);
  if (!answer.ok()) return;
  const patients::Deposited first = {note.request, note.destination, note.receipt};
  std::optional<patients::Request> next;
  if (entry.decision == Decision::kGrantedPendingDocuments) {
    next = patients::DocumentFor(first, kScanBytes);
  } else if (entry.decision == Decision::kGranted) {
    next = patients::AfterGrant(first, *answer, ParisDay(absl::Now()),
                                static_cast<uint32_t>(100'000 + notes_.size()));
  }
  if (!next) return;
  ++expected;
  follow_ups_.push_back(*std::move(next));
}

void Practice::Hear(const wire::InboxEntry& entry, Tally& answers,
                    std::atomic<uint64_t>& expected) {
  auto note = std::ranges::find(notes_, entry.request, &Note::receipt);
  if (note == notes_.end()) return;
  // The reference is the practice's own: the answer must come back under the same.
  if (note->request->item.reference != entry.reference) return;
  note->decision = entry.decision;
  if (entry.event == wire::Event::kNews) {
    const uint32_t word = 1u << static_cast<uint32_t>(entry.decision);
    note->said_twice |= (note->said & word) != 0;
    note->said |= word;
  }
  if (entry.event != wire::Event::kRejected) Follow(*note, entry, expected);
  if (entry.event != wire::Event::kNews && ++note->answers == 1) answers.Add();
}

absl::Status Practice::DepositWhatFollows(Client& client) {
  for (; followed_ < follow_ups_.size(); ++followed_) {
    const patients::Request& request = follow_ups_[followed_];
    const absl::StatusOr<wire::Receipt> receipt = client.Deposit(request.item, kWithin);
    if (!receipt.ok()) return receipt.status();
    WillDeposit(request, false);
    notes_.back().receipt = receipt->number;
    notes_.back().destination = receipt->destination;
  }
  return absl::OkStatus();
}

absl::Status Practice::Listen(Tally& answers, std::atomic<uint64_t>& expected,
                              const std::atomic<bool>& enough) {
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
      Hear(entry, answers, expected);
    }
    const absl::Status followed = DepositWhatFollows(**client);
    if (!followed.ok()) return followed;
    if (position == 0) continue;
    const absl::Status acknowledged = (*client)->Acknowledge(position, kWithin);
    if (!acknowledged.ok()) return acknowledged;
  }
  return absl::OkStatus();
}

}  // namespace ecluse::story
