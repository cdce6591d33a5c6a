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
  SaidByPractice(asked.body);
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
  } else if (const auto* said = std::get_if<wire::SaidResult>(&reply)) {
    for (const auto& one : said->results) {
      if (const auto* told = std::get_if<wire::RequestStatus>(&one)) StatusIsTrue(practice, *told);
    }
  } else if (const auto* inbox = std::get_if<wire::InboxResult>(&reply)) {
    InboxIsInOrder(practice, std::get<wire::Inbox>(asked.body).acknowledge, *inbox);
  }
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
    // Perhaps it was asked for before a restore.
    if (!pages_.contains(receipt)) continue;
    Expect(status != nullptr, "the status of a receipt never becomes unknown", receipt, "");
    Expect(!status || status->number == receipt, "status speaks of the request that was asked for",
           receipt, "another request");
  }
}

void Checker::StatusIsTrue(const PracticeId& practice, const wire::RequestStatus& status) {
  Page& page = PageOf(status.number);
  Expect(!page.item || (page.practice == practice && page.item->reference == status.reference),
         "a practice sees only what is its own", page.id, practice.text);
  Expect(!page.item || (MayGoTo(page, status.destination) && page.item->follows == status.follows),
         "a status says what was deposited", page.id, ToString(status.destination));
  SaidIsTrue(page, status);
  if (status.why == wire::WhyWaiting::kStrikes) {
    Expect(page.hindered.size() >= story_.policies.at(status.destination).strikes,
           "only hindrances of its own burn a request's budget", page.id,
           fmt::format("{} of them", page.hindered.size()));
  }
  if (IsTerminal(status.state)) return EndTold(page, status.state);
  Expect(!page.end, "a request has one end, for ever", page.id,
         fmt::format("it had its end, and now it is {}", NameOf(status.state)));
}

void Checker::SaidIsTrue(Page& page, const wire::RequestStatus& status) {
  const std::set<Decision> told(status.said.begin(), status.said.end());
  const auto has = [](const std::set<Decision>& more, const std::set<Decision>& fewer) {
    return std::includes(more.begin(), more.end(), fewer.begin(), fewer.end());
  };
  Expect(has(page.said, told), "a status tells only what the operator said", page.id,
         "it said less");
  Expect(has(told, page.told), "what the operator said stays said", page.id, "less than before");
  Expect(has(told, page.noted), "what was noted was said", page.id, "some of it is missing");
  page.told = told;
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
    if (fresh) EntryIsTrue(practice, entry);
  }
}

void Checker::EntryIsTrue(const PracticeId& practice, const wire::InboxEntry& entry) {
  Page& page = PageOf(entry.request);
  Expect(!page.item || (page.practice == practice && page.item->reference == entry.reference &&
                        MayGoTo(page, entry.destination)),
         "a practice reads only what is its own", page.id, practice.text);
  if (entry.event == wire::Event::kAsked) return;
  if (entry.event == wire::Event::kReturned) return EntryIsReturned(page, entry);
  // Every text of an operator ends with the number of the request.
  const bool said = page.bodies.contains({entry.decision, entry.body}) &&
                    entry.body.ends_with(fmt::format(" {}", entry.request.value));
  Expect(said, "the practice reads what the operator said", page.id, entry.body);
  entry.event == wire::Event::kNews ? EntryIsNews(page, entry) : EntryIsTheAnswer(page, entry);
}

void Checker::EntryIsTheAnswer(Page& page, const wire::InboxEntry& entry) {
  Expect(!page.position, "an answer reaches its practice once", page.id,
         fmt::format("position {} and {}", page.position.value_or(0), entry.position));
  page.position = entry.position;
  page.answer = entry.decision;
  const bool answered = entry.event == wire::Event::kAnswered;
  EndTold(page, answered ? StateCode::kSettled : StateCode::kRejected);
}

void Checker::EntryIsReturned(Page& page, const wire::InboxEntry& entry) {
  Expect(!page.position, "an answer reaches its practice once", page.id,
         fmt::format("position {} and {}", page.position.value_or(0), entry.position));
  page.position = entry.position;
  EndTold(page, StateCode::kReturned);
}

void Checker::EntryIsNews(Page& page, const wire::InboxEntry& entry) {
  Expect(page.news.insert(entry.decision).second && page.answer != entry.decision,
         "each word of an operator reaches the practice once", page.id, entry.body);
}

void Checker::AnswerRead(const PracticeId& practice, const wire::InboxEntry& entry) {
  trace_.Tell(entry.request, [] { return std::string("practice reads the answer"); });
  Box& box = boxes_[practice];
  Expect(entry.position == box.read + 1, "answers come in order, without a gap", entry.request,
         fmt::format("read {} after {}", entry.position, box.read));
  box.read = entry.position;
  Page& page = PageOf(entry.request);
  if (entry.event == wire::Event::kAsked) return;
  if (entry.event == wire::Event::kNews) {
    page.news_read.insert(entry.decision);
  } else {
    page.read = true;
  }
}

}  // namespace ecluse::sim
