// SPDX-License-Identifier: Apache-2.0
#include "adapters/desk.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/carried.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr size_t kRemembered = 65'536;
constexpr size_t kReportBytes = 8 << 20;
constexpr absl::Duration kRefusedPause = absl::Seconds(5);

using What = wire::Task::What;

}  // namespace

Desk::Item* Desk::Find(wire::Attempt attempt, What what) {
  const auto found = items_.find({attempt.request, attempt.attempt, what});
  return found == items_.end() ? nullptr : &found->second;
}

bool Desk::WasDelivered(wire::Attempt attempt) const {
  const auto found = delivered_.find(attempt.request);
  return found != delivered_.end() && found->second >= attempt.attempt;
}

void Desk::RememberDelivered(wire::Attempt attempt) {
  if (delivered_.emplace(attempt.request, attempt.attempt).second) {
    delivered_order_.push_back(attempt.request);
  }
  delivered_[attempt.request] = attempt.attempt;
  if (delivered_order_.size() <= kRemembered) return;
  delivered_.erase(delivered_order_.front());
  delivered_order_.pop_front();
}

uint32_t Desk::InPhase(Phase phase) const {
  return static_cast<uint32_t>(std::count_if(
      items_.begin(), items_.end(), [&](const auto& pair) { return pair.second.phase == phase; }));
}

// What was not begun came from a life of the store that is over. What was asked for was asked of
// it too: nobody knows the answer's worth any more, and nothing was sent. The new life counts
// attempts anew, so those of the old one say nothing any more.
void Desk::HearEpoch(StoreEpoch epoch) {
  if (epoch == epoch_) return;
  epoch_ = epoch;
  delivered_.clear();
  delivered_order_.clear();
  checks_.PutDown();
  std::erase_if(items_, [](const auto& pair) {
    return pair.second.phase == Phase::kInHand || pair.second.phase == Phase::kAsking;
  });
}

bool Desk::Take(wire::Work work, absl::Time now) {
  if (work.epoch < epoch_) return false;
  HearEpoch(work.epoch);
  if (stopping_) return true;
  for (wire::Task& task : work.tasks) {
    if (task.what == What::kDryRun) {
      checks_.Take(std::move(task));
      continue;
    }
    const Key key{task.envelope.id, task.attempt, task.what};
    if (items_.contains(key)) continue;
    if (task.what == What::kDeliver && WasDelivered({task.envelope.id, task.attempt})) continue;
    Item& item = items_[key];
    item.until = now + task.lease;
    item.envelope = std::move(task.envelope);
    item.content = std::move(task.content);
    item.grant = std::move(task.grant);
    item.epoch = epoch_;
  }
  return true;
}

// Threads that are taken, or kept for a delivery that may begin.
uint32_t Desk::Busy() const {
  return InPhase(Phase::kAsking) + InPhase(Phase::kProceeded) + InPhase(Phase::kRunning) +
         static_cast<uint32_t>(checks_.running());
}

void Desk::Take(const wire::Proceed& proceed, absl::Time asked, absl::Time now) {
  for (const auto& answer : proceed.items) {
    Item* item = Find(answer.attempt, What::kDeliver);
    if (item == nullptr || item->phase != Phase::kAsking) continue;
    if (answer.error != ErrorCode::kNone) {
      items_.erase({answer.attempt.request, answer.attempt.attempt, What::kDeliver});
      continue;
    }
    item->until = asked + answer.silence - options_.longest_delivery;
    item->phase = Phase::kProceeded;
    if (!stopping_ && now < item->until) continue;
    // Begun in the broker's books, and surely not sent: saying so spares a doubt. Where the
    // broker's `silence` leaves no delivery any time, that is no fault of this request.
    item->phase = Phase::kToReport;
    const bool never = !stopping_ && answer.silence <= options_.longest_delivery;
    item->outcome = outcome::Deferred{Hindrance::kAdapter, absl::ZeroDuration(), never};
  }
}

void Desk::Done(wire::Attempt attempt, What what, std::optional<Outcome> outcome) {
  Item* item = Find(attempt, what);
  if (item == nullptr || item->phase != Phase::kRunning) return;
  item->phase = Phase::kToReport;
  item->outcome = Carried(std::move(outcome));
}

void Desk::Take(const wire::Report& report, const wire::Noted& noted) {
  careful_ = false;
  for (size_t i = 0; i < report.items.size() && i < noted.results.size(); ++i) {
    const wire::Attempt attempt = report.items[i].attempt;
    Item* item = Find(attempt, report.of);
    if (item == nullptr || item->phase != Phase::kReporting) continue;
    if (noted.results[i] == ErrorCode::kAnswerTooLarge && item->outcome) {
      item->phase = Phase::kToReport;
      item->outcome = std::nullopt;
      continue;
    }
    // Noted, or stale, or not ours any more: repeating can't change it.
    items_.erase({attempt.request, attempt.attempt, report.of});
  }
}

void Desk::Refused(const wire::Begin& begin) {
  for (const wire::Attempt attempt : begin.attempts) {
    const Item* item = Find(attempt, What::kDeliver);
    if (item == nullptr || item->phase != Phase::kAsking) continue;
    items_.erase({attempt.request, attempt.attempt, What::kDeliver});
  }
}

void Desk::Refused(const wire::Report& report, absl::Time now) {
  careful_ = true;
  for (const auto& told : report.items) {
    Item* item = Find(told.attempt, report.of);
    if (item == nullptr || item->phase != Phase::kReporting) continue;
    item->phase = Phase::kToReport;
    item->not_before = now + kRefusedPause;
  }
}

void Desk::Stop() {
  stopping_ = true;
  checks_.PutDown();
  std::erase_if(items_, [](const auto& pair) { return pair.second.phase == Phase::kInHand; });
  for (auto& [key, item] : items_) {
    if (item.phase != Phase::kProceeded) continue;
    item.phase = Phase::kToReport;
    item.outcome = outcome::Deferred{Hindrance::kAdapter, absl::ZeroDuration(), false};
  }
}

void Desk::PutDownLapsed(absl::Time now) {
  std::erase_if(items_, [&](const auto& pair) {
    return pair.second.phase == Phase::kInHand && now >= pair.second.until;
  });
}

std::optional<wire::Begin> Desk::NextBegin(absl::Time now) {
  PutDownLapsed(now);
  wire::Begin begin{options_.worker, {}, epoch_};
  // Silence runs from Proceed, so nothing is begun that would wait for a thread.
  uint32_t busy = Busy();
  for (auto& [key, item] : items_) {
    if (busy >= options_.threads) break;
    const auto& [request, attempt, what] = key;
    if (item.phase != Phase::kInHand || what != What::kDeliver) continue;
    item.phase = Phase::kAsking;
    begin.attempts.push_back({request, attempt});
    ++busy;
  }
  if (begin.attempts.empty()) return std::nullopt;
  return begin;
}

std::optional<wire::Report> Desk::ReportOf(What what, absl::Time now) {
  wire::Report report{options_.worker, what, {}, 0};
  size_t bytes = 0;
  for (auto& [key, item] : items_) {
    if (item.phase != Phase::kToReport || std::get<What>(key) != what) continue;
    if (now < item.not_before) continue;
    if (report.items.empty()) report.epoch = item.epoch;
    if (item.epoch != report.epoch) continue;
    bytes += BodyBytes(item.outcome);
    if (!report.items.empty() && (careful_ || bytes > kReportBytes)) break;
    if (report.items.size() == limits::kSlotsPerWorker) break;
    item.phase = Phase::kReporting;
    report.items.push_back({{std::get<0>(key), std::get<1>(key)}, item.outcome});
  }
  if (report.items.empty()) return std::nullopt;
  return report;
}

std::optional<wire::Report> Desk::NextReport(absl::Time now) {
  auto report = ReportOf(What::kDeliver, now);
  return report ? report : ReportOf(What::kProbe, now);
}

std::optional<wire::Pull> Desk::NextPull(absl::Time now) {
  PutDownLapsed(now);
  if (stopping_ || InHand() >= options_.slots) return std::nullopt;
  wire::Pull pull;  // dry runs are not leased, so the broker need not hear of them
  pull.worker = options_.worker;
  pull.destinations = options_.destinations;
  pull.slots = options_.slots - static_cast<uint32_t>(InHand());
  pull.wait = options_.pull_wait;
  for (const auto& [key, item] : items_) {
    pull.holding.push_back({std::get<0>(key), std::get<1>(key)});
  }
  return pull;
}

void Desk::AddChecks(std::vector<HandlerCall>& calls) {
  const size_t most = std::max(1u, options_.threads / 2);
  const uint32_t busy = Busy();
  if (busy >= options_.threads || checks_.running() >= most) return;
  const size_t free = std::min<size_t>(options_.threads - busy, most - checks_.running());
  for (HandlerCall& call : checks_.NextCalls(free)) calls.push_back(std::move(call));
}

std::vector<HandlerCall> Desk::NextCalls(absl::Time now) {
  PutDownLapsed(now);
  std::vector<HandlerCall> calls;
  // A delivery that was begun has its thread kept for it; a probe takes what is free.
  uint32_t busy = Busy();
  for (auto& [key, item] : items_) {
    const auto& [request, attempt, what] = key;
    const bool waits = item.phase == (what == What::kDeliver ? Phase::kProceeded : Phase::kInHand);
    if (!waits) continue;
    if (what == What::kDeliver && now >= item.until) {
      item.phase = Phase::kToReport;
      item.outcome = outcome::Deferred{Hindrance::kAdapter, absl::ZeroDuration(), false};
      continue;
    }
    if (what == What::kProbe && busy++ >= options_.threads) continue;
    item.phase = Phase::kRunning;
    if (what == What::kDeliver) RememberDelivered({request, attempt});
    calls.push_back({what, item.envelope, attempt, std::move(item.content), item.grant});
    item.content.clear();
  }
  AddChecks(calls);
  return calls;
}

}  // namespace ecluse
