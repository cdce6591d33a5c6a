// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "tests/sim/checker.h"
#include "tests/sim/describe.h"

namespace ecluse::sim {

void Checker::HandedByPractice(const Asked& asked) {
  const PracticeId& practice = std::get<identity::Practice>(asked.who).id;
  if (const auto* withdraw = std::get_if<wire::Withdraw>(&asked.body)) {
    PageOf(withdraw->receipt).withdraw_handed = true;
  } else if (const auto* inbox = std::get_if<wire::Inbox>(&asked.body)) {
    Box& box = boxes_[practice];
    box.acknowledged = std::max(box.acknowledged, inbox->acknowledge);
  }
}

void Checker::SpokenToPractice(const Asked& asked, const wire::ReplyBody& reply) {
  const PracticeId& practice = std::get<identity::Practice>(asked.who).id;
  if (const auto* deposited = std::get_if<wire::DepositResult>(&reply)) {
    const auto& items = std::get<wire::Deposit>(asked.body).items;
    for (size_t i = 0; i < std::min(items.size(), deposited->results.size()); ++i) {
      Deposited(items[i], practice, *deposited, i);
    }
  } else if (const auto* status = std::get_if<wire::StatusResult>(&reply)) {
    StatusTold(std::get<wire::StatusOf>(asked.body), practice, *status);
  } else if (const auto* withdrawn = std::get_if<wire::WithdrawResult>(&reply)) {
    StatusIsTrue(practice, withdrawn->status);
  } else if (const auto* inbox = std::get_if<wire::InboxResult>(&reply)) {
    InboxIsInOrder(practice, std::get<wire::Inbox>(asked.body).acknowledge, *inbox);
  }
}

void Checker::Deposited(const wire::Deposit::Item& item, const PracticeId& practice,
                        const wire::DepositResult& result, size_t i) {
  if (const auto* receipt = std::get_if<wire::Receipt>(&result.results[i])) {
    return ReceiptIsTheFirst(item, practice, *receipt);
  }
  const ErrorCode code = std::get<Error>(result.results[i]).code;
  const auto known = receipts_.find({practice, item.destination, item.reference});
  if (code == ErrorCode::kDiskLow) return;
  Expect(code == ErrorCode::kConflict, "a well-formed deposit is accepted", {},
         fmt::format("error {}", static_cast<int>(code)));
  if (known == receipts_.end()) return;  // the words of the first receipt were lost
  Expect(pages_.at(known->second).item->content != item.content, "only other content is a conflict",
         known->second, "a repeat was called a conflict");
}

void Checker::ReceiptIsTheFirst(const wire::Deposit::Item& item, const PracticeId& practice,
                                const wire::Receipt& receipt) {
  const auto [known, first] =
      receipts_.try_emplace({practice, item.destination, item.reference}, receipt.number);
  Expect(known->second == receipt.number, "a repeated deposit gets the first receipt",
         known->second, fmt::format("now it got {}", receipt.number.value));
  Expect(first || receipt.repeated, "a repeated deposit is called repeated", receipt.number, "");
  Page& page = PageOf(receipt.number);
  if (!page.item) {
    page.practice = practice;
    page.destination = item.destination;
    page.item = item;
  }
  Expect(page.practice == practice && page.destination == item.destination &&
             page.item->reference == item.reference,
         "a receipt number is given once", receipt.number, "it belongs to another business key");
  Expect(page.item->content == item.content, "other content under a known key is a conflict",
         receipt.number, "it got a receipt");
}

void Checker::StatusTold(const wire::StatusOf& call, const PracticeId& practice,
                         const wire::StatusResult& result) {
  const size_t asked = call.receipts.size() + call.references.size();
  if (result.results.size() != asked) return Fail("status answers one by one", {}, "");
  for (size_t i = 0; i < asked; ++i) {
    const auto* status = std::get_if<wire::RequestStatus>(&result.results[i]);
    if (status) StatusIsTrue(practice, *status);
    RequestId receipt;
    if (i < call.receipts.size()) {
      receipt = call.receipts[i];
    } else {
      const auto& by = call.references[i - call.receipts.size()];
      const auto known = receipts_.find({practice, by.destination, by.reference});
      if (known == receipts_.end()) continue;
      receipt = known->second;
    }
    Expect(status != nullptr, "the status of a receipt never becomes unknown", receipt, "");
    Expect(!status || status->number == receipt, "status speaks of the request that was asked for",
           receipt, "another request");
  }
}

void Checker::StatusIsTrue(const PracticeId& practice, const wire::RequestStatus& status) {
  Page& page = PageOf(status.number);
  Expect(!page.item || (page.practice == practice && page.item->reference == status.reference),
         "a practice sees only what is its own", page.id, practice.text);
  if (IsTerminal(status.state)) return EndTold(page, status.state);
  Expect(!page.end, "a request has one end, for ever", page.id,
         fmt::format("it had its end, and now it is {}", NameOf(status.state)));
}

void Checker::InboxIsInOrder(const PracticeId& practice, uint64_t acknowledge,
                             const wire::InboxResult& result) {
  Box& box = boxes_[practice];
  uint64_t last = 0;
  for (const wire::InboxEntry& entry : result.entries) {
    // The first may lie further on, if another call acknowledged more; but no further than that.
    const bool follows =
        last > 0 ? entry.position == last + 1
                 : entry.position > acknowledge && entry.position <= box.acknowledged + 1;
    Expect(follows, "answers come in order, without a gap", entry.request,
           fmt::format("position {} after {}", entry.position, last));
    last = entry.position;
    const auto [known, fresh] = box.entries.try_emplace(entry.position, entry);
    Expect(known->second == entry, "an inbox entry never changes", entry.request,
           fmt::format("position {}", entry.position));
    if (fresh) EntryIsTheAnswer(practice, entry);
  }
}

void Checker::EntryIsTheAnswer(const PracticeId& practice, const wire::InboxEntry& entry) {
  Page& page = PageOf(entry.request);
  Expect(!page.position, "an answer reaches its practice once", page.id,
         fmt::format("position {} and {}", page.position.value_or(0), entry.position));
  page.position = entry.position;
  const bool answered = entry.event == wire::Event::kAnswered;
  EndTold(page, answered ? StateCode::kSettled : StateCode::kRejected);
  const std::string truth =
      fmt::format("{} {}", answered ? "answer to" : "refusal of", entry.request.value);
  Expect(entry.body == truth, "the practice reads what the operator said", page.id, entry.body);
  Expect(!page.item || (page.practice == practice && page.item->reference == entry.reference),
         "a practice reads only what is its own", page.id, practice.text);
}

void Checker::AnswerRead(const PracticeId& practice, const wire::InboxEntry& entry) {
  trace_.Tell(entry.request, [] { return std::string("practice reads the answer"); });
  Box& box = boxes_[practice];
  Expect(entry.position == box.read + 1, "answers come in order, without a gap", entry.request,
         fmt::format("read {} after {}", entry.position, box.read));
  box.read = entry.position;
  PageOf(entry.request).read = true;
}

}  // namespace ecluse::sim
