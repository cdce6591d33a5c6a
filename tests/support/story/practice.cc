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

Note* Practice::Find(RequestId receipt) {
  const auto note = std::ranges::find(notes_, receipt, &Note::receipt);
  return note == notes_.end() ? nullptr : &*note;
}

Note& Practice::Keep(const patients::Request& request, const wire::Receipt& receipt) {
  WillDeposit(request, false);
  notes_.back().receipt = receipt.number;
  notes_.back().destination = receipt.destination;
  return notes_.back();
}

std::optional<patients::Request> Practice::BillOf(const Note& authorisation) const {
  return patients::BillAhead(
      {authorisation.request, authorisation.destination, authorisation.receipt},
      ParisDay(absl::Now()), static_cast<uint32_t>(100'000 + notes_.size()));
}

absl::Status Practice::DepositAhead(Client& client, Note& note, std::atomic<uint64_t>& expected) {
  std::optional<patients::Request> bill = BillOf(note);
  if (!bill) return absl::OkStatus();
  follow_ups_.push_back(*std::move(bill));
  absl::StatusOr<wire::Receipt> receipt = client.Deposit(follow_ups_.back().item, kWithin);
  if (!receipt.ok()) return receipt.status();
  note.ahead = receipt->number;
  Keep(follow_ups_.back(), *receipt);
  ++expected;
  return absl::OkStatus();
}

absl::Status Practice::Deposit(Tally& receipts, std::atomic<uint64_t>& expected) {
  absl::StatusOr<std::unique_ptr<Client>> client = Client::Connect(options_);
  if (!client.ok()) return client.status();
  const size_t mine = notes_.size();
  size_t batch = 0;
  for (size_t done = 0; done < mine;) {
    // One, two, … five at a time: software of all kinds.
    const size_t size = std::min(1 + batch++ % 5, mine - done);
    std::vector<wire::Deposit::Item> items;
    for (size_t i = 0; i < size; ++i) items.push_back(notes_[done + i].request->item);
    absl::StatusOr<wire::DepositResult> result = (*client)->Deposit(std::move(items), kWithin);
    if (!result.ok()) return result.status();
    for (size_t i = 0; i < size; ++i) {
      const auto& outcome = result->results.at(i);
      if (const Error* error = std::get_if<Error>(&outcome)) return NoReceipt(*error);
      const auto& receipt = std::get<wire::Receipt>(outcome);
      Note& note = notes_[done + i];
      note.receipt = receipt.number;
      note.destination = receipt.destination;
      receipts.Add();
      if (note.request->then != patients::Then::kBillAhead) continue;
      const absl::Status ahead = DepositAhead(**client, note, expected);
      if (!ahead.ok()) return ahead;
    }
    done += size;
  }
  for (size_t i = 0; i < mine; ++i) {
    Note& note = notes_[i];
    if (!note.again) continue;
    absl::StatusOr<wire::Receipt> receipt = (*client)->Deposit(note.request->item, kWithin);
    if (!receipt.ok()) return receipt.status();
    note.same_receipt = receipt->repeated && receipt->number == note.receipt;
  }
  return absl::OkStatus();
}

Practice::Act Practice::ToDeposit(patients::Request request) {
  follow_ups_.push_back(std::move(request));
  return [this, &deposited = follow_ups_.back()](Client& client) {
    const absl::StatusOr<wire::Receipt> receipt = client.Deposit(deposited.item, kWithin);
    if (receipt.ok()) Keep(deposited, *receipt);
    return receipt.status();
  };
}

Practice::Act Practice::ToWithdraw(RequestId receipt, Tally& answers) {
  return [this, receipt, &answers](Client& client) {
    const auto status = client.Withdraw(receipt, kWithin);
    if (!status.ok()) return status.status();
    Find(receipt)->withdrawn = true;
    answers.Add();
    return absl::OkStatus();
  };
}

void Practice::Follow(Note& note, const wire::InboxEntry& entry, Tally& answers,
                      std::atomic<uint64_t>& expected) {
  const Kind kind = note.request->item.kind;
  if (kind != Kind::kAuthorisation && kind != Kind::kQuotation) return;
  const auto answer = content::DecodeAnswer(entry.body);
  if (!answer.ok()) return;
  if (!answer->authorisation_number.empty()) note.number = answer->authorisation_number;
  const patients::Deposited first = {note.request, note.destination, note.receipt};
  if (entry.decision == Decision::kGrantedPendingDocuments) {
    // A document would wait behind the bill, and the bill for the document: the bill steps back.
    if (note.ahead.value != 0) to_do_.push_back(ToWithdraw(note.ahead, answers));
    ++expected;
    to_do_.push_back(ToDeposit(patients::DocumentFor(first, kScanBytes)));
    if (note.ahead.value == 0) return;
    if (auto bill = BillOf(note)) {
      ++expected;
      to_do_.push_back(ToDeposit(*std::move(bill)));
    }
  } else if (entry.decision == Decision::kGranted) {
    auto next = patients::AfterGrant(first, *answer, ParisDay(absl::Now()),
                                     static_cast<uint32_t>(200'000 + notes_.size()));
    if (!next) return;
    ++expected;
    to_do_.push_back(ToDeposit(*std::move(next)));
  }
}

// Granted for another amount: it is billed all the same. Anything else: it is not.
void Practice::DecideAbout(Note& bill, Tally& answers) {
  bill.asked = true;
  const Note* authorisation = Find(bill.request->item.follows);
  if (authorisation == nullptr || authorisation->decision != Decision::kGrantedOtherAmount) {
    to_do_.push_back(ToWithdraw(bill.receipt, answers));
    return;
  }
  to_do_.push_back([receipt = bill.receipt, number = authorisation->number](Client& client) {
    return client.Decide(receipt, number, kWithin).status();
  });
}

void Practice::Hear(const wire::InboxEntry& entry, Tally& answers,
                    std::atomic<uint64_t>& expected) {
  Note* note = Find(entry.request);
  // The reference is the practice's own: the answer must come back under the same.
  if (note == nullptr || note->request->item.reference != entry.reference) return;
  if (entry.event == wire::Event::kAsked) return DecideAbout(*note, answers);
  note->decision = entry.decision;
  const bool news = entry.event == wire::Event::kNews;
  if (news) {
    const uint32_t word = 1u << static_cast<uint32_t>(entry.decision);
    note->said_twice |= (note->said & word) != 0;
    note->said |= word;
  }
  if (news || entry.event == wire::Event::kAnswered) Follow(*note, entry, answers, expected);
  if (news || ++note->answers > 1) return;
  note->returned = entry.event == wire::Event::kReturned;
  note->answered_at = entry.at;
  answers.Add();
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
    for (; !to_do_.empty(); to_do_.pop_front()) {
      const absl::Status done = to_do_.front()(**client);
      if (!done.ok()) return done;
    }
    if (position == 0) continue;
    const absl::Status acknowledged = (*client)->Acknowledge(position, kWithin);
    if (!acknowledged.ok()) return acknowledged;
  }
  return absl::OkStatus();
}

}  // namespace ecluse::story
