// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/adapter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "proto/limits.h"

namespace ecluse::soak {
namespace {

constexpr absl::Duration kPullWait = absl::Minutes(5);
constexpr absl::Duration kProbeTakes = absl::Milliseconds(200);
// Until a person has set a new password.
constexpr absl::Duration kRenewal = absl::Hours(1);
constexpr uint64_t kReports = 1;
constexpr uint64_t kOther = 2;

using What = wire::Task::What;

}  // namespace

Adapter::Adapter(uint32_t place, const Catalogue& catalogue, const Options& options,
                 Operators& operators, Calendar& calendar)
    : place_(place),
      catalogue_(catalogue),
      operators_(operators),
      calendar_(calendar),
      who_{catalogue.destinations()[place].run_by, {catalogue.destinations()[place].service}},
      peer_(fmt::format("a{}", place)),
      worker_{1000 + place},
      slots_(std::min<uint32_t>(2 * options.in_flight + 8, limits::kSlotsPerWorker)) {}

void Adapter::LoseCalls() {
  pull_waits_ = false;
  freed_ = true;
}

bool Adapter::HasWords() const {
  const bool may_pull = hand_.size() < slots_ && (!pull_waits_ || freed_);
  return may_pull || !renewed_.empty() || !tried_.empty() || !probed_.empty() || !to_begin_.empty();
}

void Adapter::TellAccounts(Host& host, absl::Time now) {
  const auto practices = static_cast<uint32_t>(catalogue_.practices().size());
  for (uint32_t from = 0; from < practices; from += limits::kAccountsPerCall) {
    wire::Accounts accounts;
    const uint32_t to = std::min<uint32_t>(practices, from + limits::kAccountsPerCall);
    for (uint32_t i = from; i < to; ++i) {
      accounts.items.push_back(
          {catalogue_.practices()[i].id, operators_.EpochOf(place_ / 2, i), now - absl::Hours(24)});
    }
    host.Hear(peer_, who_, kOther, std::move(accounts));
  }
}

void Adapter::Speak(Host& host) {
  if (!renewed_.empty()) {
    wire::Accounts accounts;
    for (const uint32_t practice : std::exchange(renewed_, {})) {
      accounts.items.push_back(
          {catalogue_.practices()[practice].id, operators_.EpochOf(place_ / 2, practice)});
    }
    host.Hear(peer_, who_, kOther, std::move(accounts));
  }
  for (const What of : {What::kDeliver, What::kProbe}) {
    auto& done = of == What::kDeliver ? tried_ : probed_;
    if (done.empty()) continue;
    wire::Report report{worker_, of, {}, 0};
    for (const RequestId id : done) {
      const InHand& in_hand = hand_.at(id);
      report.epoch = in_hand.epoch;
      report.items.push_back({{id, in_hand.attempt}, in_hand.outcome});
    }
    unheard_.push_back(std::exchange(done, {}));
    host.Hear(peer_, who_, kReports, std::move(report));
  }
  if (!to_begin_.empty()) {
    wire::Begin begin{worker_, {}, hand_.at(to_begin_.front()).epoch};
    for (const RequestId id : std::exchange(to_begin_, {})) {
      begin.attempts.push_back({id, hand_.at(id).attempt});
    }
    host.Hear(peer_, who_, kOther, std::move(begin));
  }
  if (hand_.size() >= slots_ || (pull_waits_ && !freed_)) return;
  wire::Pull pull{worker_,
                  {catalogue_.destinations()[place_]},
                  static_cast<uint32_t>(slots_ - hand_.size()),
                  {},
                  kPullWait};
  for (const auto& [id, in_hand] : hand_) pull.holding.push_back({id, in_hand.attempt});
  host.Hear(peer_, who_, kOther, std::move(pull));
  pull_waits_ = true;
  freed_ = false;
}

void Adapter::Take(const wire::Work& work) {
  pull_waits_ = false;
  for (const wire::Task& task : work.tasks) {
    const RequestId id = task.envelope.id;
    const auto known = hand_.find(id);
    // Given again to a pull that was made before the first was heard.
    if (known != hand_.end() && known->second.attempt == task.attempt &&
        known->second.what == task.what) {
      continue;
    }
    hand_[id] = InHand{task.attempt, task.what, task.content, std::nullopt, work.epoch};
    if (task.what == What::kDeliver) {
      to_begin_.push_back(id);
    } else {
      asked_.push_back(id);
    }
  }
}

void Adapter::NoteLogin(const Outcome& outcome, uint64_t n, absl::Time now) {
  const auto* deferred = std::get_if<outcome::Deferred>(&outcome);
  if (!deferred || deferred->hindrance != Hindrance::kCredentials) return;
  calendar_.Add({now + kRenewal, Event::What::kRenewal, place_, catalogue_.PracticeOf(n), 0});
}

void Adapter::Proceed(const wire::Proceed& proceed, Oracle& oracle, absl::Time now) {
  for (const wire::Proceed::Item& item : proceed.items) {
    const auto found = hand_.find(item.attempt.request);
    if (found == hand_.end()) continue;
    if (item.error != ErrorCode::kNone) {
      hand_.erase(found);
      freed_ = true;
      continue;
    }
    ++begun_;
    InHand& in_hand = found->second;
    const uint64_t n = Catalogue::PlaceOf(found->first);
    const Operators::Try one = operators_.Deliver(n, in_hand.attempt, in_hand.content);
    if (std::exchange(sends_twice_, sends_twice_ && !oracle.Has(n)) && oracle.Has(n)) {
      operators_.Deliver(n, in_hand.attempt, in_hand.content);
    }
    in_hand.outcome = one.outcome;
    in_hand.content.clear();
    if (one.outcome) NoteLogin(*one.outcome, n, now);
    if (one.told) {
      calendar_.Add({now + one.takes, Event::What::kReport, place_, found->first.value, 0});
    } else {
      hand_.erase(found);
      freed_ = true;
    }
  }
}

void Adapter::Report(uint64_t request) {
  const auto found = hand_.find(RequestId{request});
  if (found == hand_.end()) return;
  (found->second.what == What::kDeliver ? tried_ : probed_).push_back(found->first);
}

void Adapter::Renew(uint32_t practice) {
  operators_.Renew(place_ / 2, practice);
  renewed_.push_back(practice);
}

void Adapter::Noted(const wire::Noted& noted, Oracle& oracle) {
  if (unheard_.empty()) return;
  const std::vector<RequestId> told = std::move(unheard_.front());
  unheard_.pop_front();
  for (size_t i = 0; i < told.size(); ++i) {
    const bool strange = i >= noted.results.size() || (noted.results[i] != ErrorCode::kNone &&
                                                       noted.results[i] != ErrorCode::kStale);
    if (strange) oracle.Wrong("a report is noted", Catalogue::PlaceOf(told[i]));
    hand_.erase(told[i]);
    freed_ = true;
  }
}

void Adapter::Hear(const wire::Reply& reply, Oracle& oracle, absl::Time now) {
  if (const auto* work = std::get_if<wire::Work>(&reply.body)) {
    Take(*work);
    for (const RequestId id : std::exchange(asked_, {})) {
      hand_.at(id).outcome = operators_.Probe(Catalogue::PlaceOf(id));
      calendar_.Add({now + kProbeTakes, Event::What::kReport, place_, id.value, 0});
    }
  } else if (const auto* proceed = std::get_if<wire::Proceed>(&reply.body)) {
    Proceed(*proceed, oracle, now);
  } else if (const auto* noted = std::get_if<wire::Noted>(&reply.body)) {
    if (reply.correlation == kReports) Noted(*noted, oracle);
  } else {
    oracle.Wrong("an adapter is answered in kind", 0);
  }
}

}  // namespace ecluse::soak
