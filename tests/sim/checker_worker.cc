// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "tests/sim/checker.h"

namespace ecluse::sim {

using What = wire::Task::What;

void Checker::HandedByWorker(Asked& asked) {
  if (const auto* pull = std::get_if<wire::Pull>(&asked.body)) {
    pulling_.insert(pull->worker);
  } else if (const auto* begin = std::get_if<wire::Begin>(&asked.body)) {
    BeginHanded(*begin, asked.order);
  } else if (const auto* report = std::get_if<wire::Report>(&asked.body)) {
    ReportHanded(*report, asked.news);
  } else if (const auto* answer = std::get_if<wire::Answer>(&asked.body)) {
    Page& page = PageOf(answer->request);
    OutcomeHanded(page, answer->outcome);
    for (auto& [number, one] : page.tries) one.over = true;
  } else if (const auto* accounts = std::get_if<wire::Accounts>(&asked.body)) {
    logins_.AccountsHanded(std::get<identity::Adapter>(asked.who).run_by, *accounts);
    incidents_.AccountsHanded(std::get<identity::Adapter>(asked.who).run_by, *accounts);
  }
}

void Checker::BeginHanded(const wire::Begin& begin, uint64_t order) {
  for (const wire::Attempt& attempt : begin.attempts) {
    const Page& page = PageOf(attempt.request);
    Try& one = PageOf(attempt.request).tries[attempt.attempt];
    const char* why_not = logins_.WhyNot(page);
    if (!why_not) why_not = incidents_.WhyNot(page);
    if (!why_not && IsAstray(page)) why_not = "nothing goes where its card leads no more";
    const Permit permit = why_not ? Permit::kNone : permits_.MayBegin(page);
    one.why_not = why_not ? why_not : "nothing is sent while its gate is closed";
    if (!why_not && permits_.Held(page)) one.why_not = "nothing is sent while a hold covers it";
    if (permit <= one.permit) continue;
    one.permit = permit;
    one.permit_order = order;
  }
}

// Since a person said that it is to go all the same, the tables do not matter.
bool Checker::IsAstray(const Page& page) const {
  if (!page.card || page.retried > 0) return false;
  const auto to = tables_.find(page.card->amc);
  return to == tables_.end() || to->second != page.destination.run_by;
}

void Checker::SpokenToWorker(const Asked& asked, const wire::ReplyBody& reply) {
  if (const auto* work = std::get_if<wire::Work>(&reply)) {
    const auto& pull = std::get<wire::Pull>(asked.body);
    pulling_.erase(pull.worker);
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
    NotedIsAPromise(asked, *noted);
  }
}

void Checker::TaskIsWhatWasDeposited(const wire::Pull& pull, const wire::Task& task) {
  Page& page = PageOf(task.envelope.id);
  Expect(!page.item || MayGoTo(page, task.envelope.destination),
         "a request is sent where its receipt says, and nowhere else", page.id,
         ToString(task.envelope.destination));
  page.practice = task.envelope.practice;
  page.destination = task.envelope.destination;
  page.card = task.envelope.card;
  Expect(std::count(pull.destinations.begin(), pull.destinations.end(), page.destination) > 0,
         "a worker gets only what it asked for", page.id, ToString(page.destination));
  Expect(!page.end, "a request that had its end is not handed out", page.id, "");
  if (task.what == What::kDeliver) page.tries[task.attempt].granted.insert(pull.worker);
  const auto& item = page.item;
  const bool same =
      !item ||
      (item->reference == task.envelope.reference && item->finess == task.envelope.finess &&
       item->kind == task.envelope.kind && item->format == task.envelope.format &&
       item->follows == task.envelope.follows && item->card == task.envelope.card &&
       (task.what == What::kProbe || item->content == task.content));
  Expect(same, "a task carries what was deposited", page.id, "it differs");
  if (same && item) GrantIsRight(page, task);
}

void Checker::ProceedSpoken(WorkerId worker, const wire::Proceed::Item& item) {
  Page& page = PageOf(item.attempt.request);
  Try& one = page.tries[item.attempt.attempt];
  OnlyTheLeaseHolderProceeds(page, item.attempt.attempt, worker);
  if (one.proceeded) return;  // said again
  NothingIsSentAgainInDoubt(page, item.attempt.attempt);
  NotBeforeItsTime(page);
  GateAndHoldsAgree(page, one);
  NotTooManyAtOnce(page);
  CaseAgrees(page);
  Expect(!page.end, "a request that had its end is not sent", page.id, "");
  one.proceeded = worker;
  one.silent_at = clock_.house() + item.silence;
  // A new try says that the one before is over.
  std::erase_if(being_sent_, [&](const auto& sent) { return sent.first == page.id; });
  being_sent_.emplace(page.id, item.attempt.attempt);
}

void Checker::OnlyTheLeaseHolderProceeds(Page& page, uint32_t attempt, WorkerId worker) {
  const Try& one = page.tries[attempt];
  Expect(one.granted.contains(worker) || perhaps_granted_.contains(worker),
         "only a worker that was given the task may proceed", page.id,
         fmt::format("attempt {}, worker {}", attempt, worker.value));
  Expect(!one.proceeded || *one.proceeded == worker, "one worker at most proceeds with a try",
         page.id, fmt::format("attempt {}, worker {}", attempt, worker.value));
}

void Checker::NothingIsSentAgainInDoubt(const Page& page, uint32_t attempt) {
  Expect(!waits_for_a_person_, "a restored store sends nothing before a person says so", page.id,
         "it proceeds");
  if (story_.policies.at(page.destination).idempotent) return;
  Expect(!page.unclear, "a restored store asks before it sends", page.id,
         "it may have been sent after the backup");
  for (const auto& [number, one] : page.tries) {
    if (number >= attempt || !one.proceeded) continue;
    Expect(one.cleared, "nothing in doubt is sent again before the truth is known", page.id,
           fmt::format("attempt {} begins, {} is unclear", attempt, number));
  }
}

void Checker::GateAndHoldsAgree(const Page& page, const Try& one) {
  const bool alone = BeingSent(page.destination, page.id) == 0;
  const bool may = permits_.Proceeds(page.destination, one.permit, one.permit_order, alone);
  Expect(may,
         one.permit == Permit::kNone ? one.why_not : "nothing is sent while its gate is closed",
         page.id, ToString(page.destination));
}

void Checker::NotBeforeItsTime(const Page& page) {
  Expect(!page.parked, "what was refused for technical reasons waits for a person", page.id,
         "sent");
  Expect(!early_.contains(page.id), "what is too early is not sent before its time", page.id,
         absl::FormatDuration(page.not_before - clock_.house()) + " too early");
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

}  // namespace ecluse::sim
