// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "tests/sim/checker.h"

namespace ecluse::sim {
namespace {

using What = wire::Task::What;

// What burns the budget of the request: not the destination's affair, not the account's, no date,
// and no technical refusal.
bool IsItsOwn(const outcome::Deferred& deferred) {
  switch (deferred.hindrance) {
    case Hindrance::kCredentials:
    case Hindrance::kAccount:
    case Hindrance::kTooEarly:
    case Hindrance::kTechnical:
      return false;
    default:
      return !deferred.whole_destination;
  }
}

Decision DecisionIn(const Outcome& outcome) {
  if (const auto* answered = std::get_if<outcome::Answered>(&outcome)) return answered->decision;
  if (const auto* accepted = std::get_if<outcome::Accepted>(&outcome)) return accepted->decision;
  return Decision::kOther;
}

// What the operator said, with its decision and its words.
void Hear(Page& page, const auto& said) {
  if constexpr (requires { said.body; }) {
    Decision decision = Decision::kOther;
    if constexpr (requires { said.decision; }) decision = said.decision;
    if (decision != Decision::kOther) page.said.insert(decision);
    page.bodies.emplace(decision, said.body);
  }
}

}  // namespace

// The operator answered the last try that was begun, and the broker hears it for the first time:
// however late, that is the truth.
bool Checker::IsNews(const Page& page, const wire::Report::Item& item) const {
  if (!item.outcome || !std::holds_alternative<outcome::Answered>(*item.outcome)) return false;
  if (page.answer_handed || page.withdraw_handed || page.refusal_handed) return false;
  const auto one = page.tries.find(item.attempt.attempt);
  return one != page.tries.end() && one->second.proceeded && std::next(one) == page.tries.end();
}

void Checker::ReportHanded(const wire::Report& report, std::set<size_t>& news) {
  for (size_t i = 0; i < report.items.size(); ++i) {
    const wire::Report::Item& item = report.items[i];
    Page& page = PageOf(item.attempt.request);
    if (report.of == What::kDeliver && IsNews(page, item)) news.insert(i);
    Try& one = page.tries[item.attempt.attempt];
    if (report.of == What::kDeliver) one.over = true;
    if (!item.outcome) continue;
    OutcomeHanded(page, *item.outcome);
    const auto* deferred = std::get_if<outcome::Deferred>(&*item.outcome);
    if (deferred) HindranceHanded(page, report.of, item.attempt.attempt, *deferred);
  }
}

void Checker::HindranceHanded(Page& page, What of, uint32_t attempt,
                              const outcome::Deferred& deferred) {
  const bool absent = deferred.hindrance == Hindrance::kAbsent;
  const bool technical = deferred.hindrance == Hindrance::kTechnical;
  if (of == What::kDeliver || absent || technical) page.tries[attempt].cleared = true;
  if (of == What::kProbe && (absent || technical)) page.unclear = false;
  if (IsItsOwn(deferred) && (of == What::kDeliver || absent)) page.hindered.insert(attempt);
  if (deferred.hindrance != Hindrance::kCredentials) return;
  logins_.RefusalHanded({page.destination.run_by, page.practice}, deferred.epoch);
}

void Checker::OutcomeHanded(Page& page, const Outcome& outcome) {
  if (std::holds_alternative<outcome::Deferred>(outcome)) return;
  permits_.Took(page.destination);
  page.taken = order_;
  page.parked = false;
  early_.erase(page.id);
  std::visit([&](const auto& said) { Hear(page, said); }, outcome);
  NumberHanded(page, outcome);
  if (std::holds_alternative<outcome::Accepted>(outcome)) return;
  for (auto& [number, one] : page.tries) one.over = true;
  page.answer_handed |= std::holds_alternative<outcome::Answered>(outcome);
  page.refusal_handed |= std::holds_alternative<outcome::Rejected>(outcome);
}

void Checker::NotedIsAPromise(const Asked& asked, const wire::Noted& noted) {
  if (const auto* accounts = std::get_if<wire::Accounts>(&asked.body)) {
    logins_.AccountsNoted(std::get<identity::Adapter>(asked.who).run_by, *accounts);
  } else if (const auto* answer = std::get_if<wire::Answer>(&asked.body)) {
    const bool changed = !noted.results.empty() && noted.results[0] == ErrorCode::kNone;
    if (changed) OutcomeNoted(PageOf(answer->request), answer->outcome);
  }
  const auto* report = std::get_if<wire::Report>(&asked.body);
  if (!report) return;
  for (size_t i = 0; i < std::min(noted.results.size(), report->items.size()); ++i) {
    const auto& item = report->items[i];
    const ErrorCode code = noted.results[i];
    Expect(code != ErrorCode::kStale || !asked.news.contains(i),
           "an answer that is late is still heard", item.attempt.request, "called stale");
    if (!item.outcome) continue;
    Page& page = PageOf(item.attempt.request);
    if (const auto* deferred = std::get_if<outcome::Deferred>(&*item.outcome)) {
      HindranceNoted(page, report->of, code, *deferred, asked.first);
    } else if (code == ErrorCode::kNone) {
      OutcomeNoted(page, *item.outcome);
      if (std::holds_alternative<outcome::Answered>(*item.outcome)) {
        EndTold(page, StateCode::kSettled);
      } else if (std::holds_alternative<outcome::Rejected>(*item.outcome)) {
        EndTold(page, StateCode::kRejected);
      }
    }
  }
}

// From now on it is a promise: the practice will read it.
void Checker::OutcomeNoted(Page& page, const Outcome& outcome) {
  const Decision decision = DecisionIn(outcome);
  if (decision != Decision::kOther) page.noted.insert(decision);
}

void Checker::HindranceNoted(Page& page, What of, ErrorCode code, const outcome::Deferred& deferred,
                             uint64_t first) {
  const bool changed = code == ErrorCode::kNone;
  if (deferred.whole_destination) return;
  // What a probe learns of the account counts whatever has become of the request.
  const bool of_account = changed || (of == What::kProbe && code == ErrorCode::kStale);
  switch (deferred.hindrance) {
    case Hindrance::kCredentials:
      if (!of_account) return;
      return logins_.RefusalNoted({page.destination.run_by, page.practice}, deferred.epoch, first);
    case Hindrance::kAccount:
      if (!of_account || deferred.retry_after <= absl::ZeroDuration()) return;
      return logins_.RestNoted(page.destination, page.practice,
                               clock_.house() + deferred.retry_after);
    case Hindrance::kTechnical:
      if (changed && page.retried < first && page.taken < first) page.parked = true;
      return;
    case Hindrance::kTooEarly:
      if (!changed || of == What::kProbe || page.taken > first) return;
      page.not_before = clock_.house() + deferred.retry_after;
      early_.insert(page.id);
      return;
    default:
      return;
  }
}

}  // namespace ecluse::sim
