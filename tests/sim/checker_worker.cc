// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "tests/sim/checker.h"

namespace ecluse::sim {

using What = wire::Task::What;

void Checker::HandedByWorker(Asked& asked) {
  if (const auto* begin = std::get_if<wire::Begin>(&asked.body)) {
    BeginHanded(*begin, asked.order);
  } else if (const auto* report = std::get_if<wire::Report>(&asked.body)) {
    ReportHanded(*report, asked.news);
  } else if (const auto* answer = std::get_if<wire::Answer>(&asked.body)) {
    OutcomeHanded(PageOf(answer->request), answer->outcome);
  }
}

void Checker::BeginHanded(const wire::Begin& begin, uint64_t order) {
  for (const wire::Attempt& attempt : begin.attempts) {
    const Page& page = PageOf(attempt.request);
    Try& one = PageOf(attempt.request).tries[attempt.attempt];
    const Permit permit = permits_.MayBegin(page);
    if (permit <= one.permit) continue;
    one.permit = permit;
    one.permit_order = order;
  }
}

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
    const bool absent =
        deferred && (report.of == What::kDeliver || deferred->hindrance == Hindrance::kAbsent);
    if (absent) one.cleared = true;
  }
}

void Checker::OutcomeHanded(Page& page, const Outcome& outcome) {
  if (std::holds_alternative<outcome::Deferred>(outcome)) return;
  permits_.Took(page.destination);
  if (std::holds_alternative<outcome::Accepted>(outcome)) return;
  for (auto& [number, one] : page.tries) one.over = true;
  page.answer_handed |= std::holds_alternative<outcome::Answered>(outcome);
  page.refusal_handed |= std::holds_alternative<outcome::Rejected>(outcome);
}

void Checker::SpokenToWorker(const Asked& asked, const wire::ReplyBody& reply) {
  if (const auto* work = std::get_if<wire::Work>(&reply)) {
    const auto& pull = std::get<wire::Pull>(asked.body);
    for (const wire::Task& task : work->tasks) TaskIsWhatWasDeposited(pull, task);
  } else if (const auto* proceed = std::get_if<wire::Proceed>(&reply)) {
    const WorkerId worker = std::get<wire::Begin>(asked.body).worker;
    for (const auto& item : proceed->items) {
      if (item.error == ErrorCode::kNone) ProceedSpoken(worker, item);
      // Surely not begun: the next question is asked under the gate of its own time.
      if (item.error == ErrorCode::kNotNow) {
        PageOf(item.attempt.request).tries[item.attempt.attempt].permit = Permit::kNone;
      }
    }
  } else if (const auto* noted = std::get_if<wire::Noted>(&reply)) {
    if (const auto* report = std::get_if<wire::Report>(&asked.body)) {
      NotedIsAPromise(*report, *noted, asked.news);
    }
  }
}

void Checker::TaskIsWhatWasDeposited(const wire::Pull& pull, const wire::Task& task) {
  Page& page = PageOf(task.envelope.id);
  page.practice = task.envelope.practice;
  page.destination = task.envelope.destination;
  Expect(std::count(pull.destinations.begin(), pull.destinations.end(), page.destination) > 0,
         "a worker gets only what it asked for", page.id, ToString(page.destination));
  Expect(!page.end, "a request that had its end is not handed out", page.id, "");
  if (task.what == What::kDeliver) page.tries[task.attempt].granted.insert(pull.worker);
  const auto& item = page.item;
  const bool same =
      !item ||
      (item->reference == task.envelope.reference && item->finess == task.envelope.finess &&
       item->kind == task.envelope.kind && item->format == task.envelope.format &&
       (task.what == What::kProbe || item->content == task.content));
  Expect(same, "a task carries what was deposited", page.id, "it differs");
}

void Checker::ProceedSpoken(WorkerId worker, const wire::Proceed::Item& item) {
  Page& page = PageOf(item.attempt.request);
  Try& one = page.tries[item.attempt.attempt];
  OnlyTheLeaseHolderProceeds(page, item.attempt.attempt, worker);
  if (one.proceeded) return;  // said again
  NothingIsSentAgainInDoubt(page, item.attempt.attempt);
  GateAndHoldsAgree(page, one);
  NotTooManyAtOnce(page);
  Expect(!page.end, "a request that had its end is not sent", page.id, "");
  one.proceeded = worker;
  one.silent_at = clock_.house() + item.silence;
  // A new try says that the one before is over.
  std::erase_if(being_sent_, [&](const auto& sent) { return sent.first == page.id; });
  being_sent_.emplace(page.id, item.attempt.attempt);
}

void Checker::OnlyTheLeaseHolderProceeds(Page& page, uint32_t attempt, WorkerId worker) {
  const Try& one = page.tries[attempt];
  Expect(one.granted.contains(worker), "only a worker that was given the task may proceed", page.id,
         fmt::format("attempt {}, worker {}", attempt, worker.value));
  Expect(!one.proceeded || *one.proceeded == worker, "one worker at most proceeds with a try",
         page.id, fmt::format("attempt {}, worker {}", attempt, worker.value));
}

void Checker::NothingIsSentAgainInDoubt(const Page& page, uint32_t attempt) {
  if (story_.policies.at(page.destination).idempotent) return;
  for (const auto& [number, one] : page.tries) {
    if (number >= attempt || !one.proceeded) continue;
    Expect(one.cleared, "nothing in doubt is sent again before the truth is known", page.id,
           fmt::format("attempt {} begins, {} is unclear", attempt, number));
  }
}

void Checker::GateAndHoldsAgree(const Page& page, const Try& one) {
  const bool alone = BeingSent(page.destination, page.id) == 0;
  const bool held = one.permit == Permit::kNone && permits_.Held(page);
  const bool may = permits_.Proceeds(page.destination, one.permit, one.permit_order, alone);
  Expect(may || !held, "nothing is sent while a hold covers it", page.id,
         ToString(page.destination));
  Expect(may, "nothing is sent while its gate is closed", page.id, ToString(page.destination));
}

uint32_t Checker::BeingSent(const Destination& destination, RequestId but) const {
  uint32_t sent = 0;
  for (const auto& [id, attempt] : being_sent_) {
    const Page& page = pages_.at(id);
    if (id != but && page.destination == destination && !page.tries.at(attempt).over) ++sent;
  }
  return sent;
}

void Checker::NotTooManyAtOnce(const Page& page) {
  const uint32_t most = story_.policies.at(page.destination).in_flight;
  Expect(BeingSent(page.destination, page.id) < most,
         "no more is sent at once than the operator bears", page.id,
         fmt::format("{} allows {}", ToString(page.destination), most));
}

void Checker::NotedIsAPromise(const wire::Report& report, const wire::Noted& noted,
                              const std::set<size_t>& news) {
  for (size_t i = 0; i < std::min(noted.results.size(), report.items.size()); ++i) {
    const auto& item = report.items[i];
    Expect(noted.results[i] != ErrorCode::kStale || !news.contains(i),
           "an answer that is late is still heard", item.attempt.request, "called stale");
    if (noted.results[i] != ErrorCode::kNone || !item.outcome) continue;
    Page& page = PageOf(item.attempt.request);
    if (std::holds_alternative<outcome::Answered>(*item.outcome)) {
      EndTold(page, StateCode::kSettled);
    } else if (std::holds_alternative<outcome::Rejected>(*item.outcome)) {
      EndTold(page, StateCode::kRejected);
    }
  }
}

}  // namespace ecluse::sim
