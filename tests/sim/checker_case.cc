// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/sim/checker.h"

namespace ecluse::sim {
namespace {

bool IsAuthorisation(const Page& page) {
  return page.item->kind == Kind::kAuthorisation || page.item->kind == Kind::kQuotation;
}

// Words by which an authorisation is none.
bool IsNoGrant(Decision decision) {
  return decision == Decision::kRefused || decision == Decision::kNotAcknowledged ||
         decision == Decision::kExpired || decision == Decision::kCancelled;
}

}  // namespace

void Checker::SaidByPractice(const wire::CallBody& call) {
  if (const auto* confirm = std::get_if<wire::Confirm>(&call)) {
    for (const RequestId id : confirm->receipts) PageOf(id).confirm_handed = true;
  } else if (const auto* decide = std::get_if<wire::Decide>(&call)) {
    Page& page = PageOf(decide->receipt);
    page.decide_handed = true;
    page.decided.insert(decide->grant);
  } else if (const auto* elsewhere = std::get_if<wire::SentElsewhere>(&call)) {
    Page& page = PageOf(elsewhere->receipt);
    page.elsewhere_handed = true;
    if (!elsewhere->number.empty()) page.numbers.insert(elsewhere->number);
  }
}

void Checker::NumberHanded(Page& page, const Outcome& outcome) {
  const auto hear = [&](const auto& said) {
    if constexpr (requires { said.number; }) {
      if (!said.number.empty()) page.numbers.insert(said.number);
      page.refused_handed |= IsNoGrant(said.decision);
    }
  };
  std::visit(hear, outcome);
  page.refused_handed |= std::holds_alternative<outcome::Rejected>(outcome);
}

// The first of its case; itself, if it follows nothing. Invalid requests have no page with an item.
RequestId Checker::RootOf(const Page& page) const {
  const Page* at = &page;
  while (at->item && at->item->follows.value != 0) {
    const auto next = pages_.find(at->item->follows);
    if (next == pages_.end()) break;
    at = &next->second;
  }
  return at->id;
}

const Page* Checker::AuthorisationOf(const Page& page) const {
  const Page* at = &page;
  while (at->item && at->item->follows.value != 0) {
    const auto next = pages_.find(at->item->follows);
    if (next == pages_.end() || !next->second.item) return nullptr;
    at = &next->second;
    if (IsAuthorisation(*at)) return at;
  }
  return nullptr;
}

// Perhaps it is at the operator or ended: something that may say so reached the broker.
bool Checker::MayBeThrough(const Page& page) const {
  return page.taken > 0 || page.answer_handed || page.refusal_handed || page.withdraw_handed ||
         page.elsewhere_handed || page.sent_handed || page.end || MayBeReturned(page);
}

bool Checker::MayBeReturned(const Page& page) const {
  if (!page.item || page.item->kind != Kind::kBill) return false;
  const Page* authorisation = AuthorisationOf(page);
  return authorisation && authorisation->refused_handed;
}

void Checker::CaseAgrees(const Page& page) {
  if (!page.item) return;
  const RequestId root = RootOf(page);
  for (const auto& [id, earlier] : pages_) {
    if (id >= page.id) break;
    if (!earlier.item || RootOf(earlier) != root || MayBeThrough(earlier)) continue;
    Fail("a case goes strictly in order", page.id, fmt::format("{} is not there yet", id.value));
  }
  if (page.item->kind != Kind::kBill || page.decide_handed) return;
  const Page* authorisation = AuthorisationOf(page);
  if (authorisation == nullptr) return;
  const bool granted =
      authorisation->said.contains(Decision::kGranted) || authorisation->elsewhere_handed;
  Expect(granted, "no bill goes before its authorisation is granted", page.id,
         fmt::format("authorisation {}", authorisation->id.value));
}

void Checker::GrantIsRight(const Page& page, const wire::Task& task) {
  if (task.grant.empty()) return;
  const Page* authorisation = AuthorisationOf(page);
  const bool given = page.decided.contains(task.grant) ||
                     (authorisation && authorisation->numbers.contains(task.grant));
  Expect(given, "a bill takes along the number of its own authorisation", page.id, "another one");
}

}  // namespace ecluse::sim
