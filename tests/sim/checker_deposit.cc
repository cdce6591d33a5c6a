// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/sim/checker.h"

namespace ecluse::sim {

void Checker::Deposited(const wire::Deposit::Item& item, const PracticeId& practice,
                        const wire::DepositResult& result, size_t i) {
  if (const auto* receipt = std::get_if<wire::Receipt>(&result.results[i])) {
    return ReceiptIsTheFirst(item, practice, *receipt);
  }
  const Error& error = std::get<Error>(result.results[i]);
  const auto known = receipts_.find({practice, item.destination, item.reference});
  if (known == receipts_.end()) return HadToBeRefused(item, practice, error);
  const wire::Deposit::Item& first = *pages_.at(known->second).item;
  const bool other =
      first.content != item.content || first.follows != item.follows || first.card != item.card;
  Expect(error.code == ErrorCode::kConflict, "a repeated deposit gets the first receipt",
         known->second, fmt::format("error {}", static_cast<int>(error.code)));
  Expect(other, "only other content is a conflict", known->second,
         "a repeat was called a conflict");
}

bool Checker::IsOwn(RequestId receipt, const PracticeId& practice) const {
  const auto page = pages_.find(receipt);
  return page != pages_.end() && page->second.item && page->second.practice == practice;
}

void Checker::HadToBeRefused(const wire::Deposit::Item& item, const PracticeId& practice,
                             const Error& error) {
  bool right = false;
  switch (error.code) {
    case ErrorCode::kConflict:  // the words of the first receipt were lost
    case ErrorCode::kDiskLow:
      right = true;
      break;
    case ErrorCode::kInvalid:
      right = HasErrors(item.found);
      Expect(error.problems == item.found, "a refused content is told all its problems", {},
             fmt::format("{} of {}", error.problems.size(), item.found.size()));
      break;
    case ErrorCode::kFollows:
      right = item.follows.value != 0 && !IsOwn(item.follows, practice);
      break;
    case ErrorCode::kNoRoute:
      right = item.card && !tables_.contains(item.card->amc);
      break;
    default:
      break;
  }
  Expect(right, "a well-formed deposit is accepted", {},
         fmt::format("error {}", static_cast<int>(error.code)));
}

// It was accepted now.
void Checker::MayBeAccepted(const wire::Deposit::Item& item, const PracticeId& practice,
                            const wire::Receipt& receipt) {
  Expect(!HasErrors(item.found), "an invalid content is refused", receipt.number, "accepted");
  Expect(item.follows.value == 0 || IsOwn(item.follows, practice),
         "a request follows one of its own practice only", receipt.number,
         fmt::format("{}", item.follows.value));
  if (!item.card) return;
  const auto to = tables_.find(item.card->amc);
  Expect(to != tables_.end() && to->second == receipt.destination.run_by,
         "a request goes where its card leads", receipt.number, ToString(receipt.destination));
}

void Checker::ReceiptIsTheFirst(const wire::Deposit::Item& item, const PracticeId& practice,
                                const wire::Receipt& receipt) {
  const auto [known, first] =
      receipts_.try_emplace({practice, item.destination, item.reference}, receipt.number);
  Expect(known->second == receipt.number, "a repeated deposit gets the first receipt",
         known->second, fmt::format("now it got {}", receipt.number.value));
  Expect(first || receipt.repeated, "a repeated deposit is called repeated", receipt.number, "");
  Expect(receipt.warnings == item.found, "warnings come with the receipt", receipt.number, "");
  if (!receipt.repeated) MayBeAccepted(item, practice, receipt);
  Page& page = PageOf(receipt.number);
  const bool there = page.destination.run_by.text.empty() || MayGoTo(page, receipt.destination);
  Expect(there && (item.card || page.moved || item.destination == receipt.destination),
         "a receipt tells where the request goes, for ever", page.id,
         ToString(receipt.destination));
  if (!page.item) {
    page.practice = practice;
    page.destination = receipt.destination;
    page.item = item;
    page.card = item.card;
  }
  Expect(page.practice == practice && page.item->destination == item.destination &&
             page.item->reference == item.reference,
         "a receipt number is given once", receipt.number, "it belongs to another business key");
  Expect(page.item->content == item.content && page.item->follows == item.follows &&
             page.item->card == item.card,
         "other content under a known key is a conflict", receipt.number, "it got a receipt");
}

}  // namespace ecluse::sim
