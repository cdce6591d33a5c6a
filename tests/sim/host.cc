// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/host.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tests/sim/edge.h"
#include "tests/sim/reads.h"
#include "tests/sim/world.h"

namespace ecluse::sim {

Host::Host(World& world) : world_(world) {}
Host::~Host() = default;

void Host::Start() {
  store_.Reopen();
  auto recovered = store_.Recover();
  if (!recovered.ok()) {
    world_.checker.Fail("what was committed can be recovered", {}, recovered.status().ToString());
    return;
  }
  if (const std::string audit = store_.Audit(); !audit.empty()) {
    world_.checker.Fail("the store's counts agree with its requests", {}, audit);
  }
  if (world_.bug == Bug::kGateLostOnRecovery) recovered->gates.clear();
  const size_t page = world_.random.Chance(0.5) ? 2 : 1000;
  reads_ = std::make_unique<ShortReads>(store_, page, world_.bug == Bug::kForgottenKey);
  strict_ = world_.story.strict && world_.Roll(0.5);
  House house;
  house.offset = world_.random.Between(absl::ZeroDuration(), absl::Seconds(30));
  broker_ = std::make_unique<Broker>(*reads_, world_.story.policies, DrawTables(), *recovered,
                                     world_.clock.house(), house);
  world_.checker.BrokerStarts(tables_);
  world_.trace.Tell({}, [&] {
    return fmt::format("broker starts, {} requests in flight", recovered->in_flight.size());
  });
  TurnAfter(absl::ZeroDuration());
  DieOutOfTheBlue();
}

Routes Host::DrawTables() {
  if (tables_.empty() || world_.story.tables_change) {
    tables_.clear();
    for (const std::string& insurer : kInsurers) {
      auto to = world_.story.policies.begin();
      std::advance(to, world_.random.Below(world_.story.policies.size()));
      // Some cards lead nowhere, as long as not everything must end.
      if (world_.quiet || world_.Roll(0.85)) tables_[insurer] = to->first.run_by;
    }
  }
  std::vector<Route> rows;
  for (const auto& [insurer, run_by] : tables_) {
    Route row;
    row.amc = insurer.substr(insurer.find_first_not_of('0'));
    row.run_by = run_by;
    rows.push_back(row);
  }
  return Routes::Make(std::move(rows), absl::UTCTimeZone()).value_or(Routes());
}

void Host::GetNewTables() {
  if (tables_.size() == kInsurers.size()) return;
  tables_.clear();
  Die("to read new tables");
}

void Host::DieOutOfTheBlue() {
  if (world_.quiet || world_.story.broker_lives == absl::InfiniteDuration()) return;
  const absl::Duration lives =
      world_.random.Between(absl::ZeroDuration(), 2 * world_.story.broker_lives);
  world_.clock.After(lives, [this, life = life_] {
    if (life == life_ && !world_.quiet) Die("out of the blue");
  });
}

void Host::Die(const char* why) {
  if (!broker_) return;
  world_.trace.Tell({}, [&] { return fmt::format("broker dies {}", why); });
  broker_.reset();
  reads_.reset();
  arrived_.clear();
  turn_soon_ = false;
  ++life_;
  const absl::Duration away = world_.random.Between(absl::Milliseconds(100), absl::Seconds(15));
  world_.clock.After(away, [this] { Start(); });
}

void Host::Backup() {
  if (!store_.Backup("backup").ok()) world_.checker.Fail("a backup is made", {}, "");
}

void Host::Restore(StoreEpoch epoch) {
  if (broker_) Die("with its disk");
  store_.Restore("backup", epoch);
}

void Host::Hear(Inbound inbound) {
  if (!broker_) return;  // nobody listens
  arrived_.push_back(std::move(inbound));
  if (!turn_soon_) {
    turn_soon_ = true;
    TurnAfter(world_.random.Between(absl::ZeroDuration(), absl::Milliseconds(5)));
  }
}

void Host::TurnAfter(absl::Duration wait) {
  world_.clock.After(wait, [this, life = life_] {
    if (life == life_) Turn();
  });
}

void Host::Turn() {
  turn_soon_ = false;
  const absl::Time now = world_.clock.house();
  if (world_.Roll(world_.faults().read_fails)) store_.FailNextRead();
  Step step;
  world_.checker.TurnBegins();
  broker_->Tick({.disk_low = world_.Roll(world_.faults().disk_low)}, now, step);
  for (Inbound& inbound : std::exchange(arrived_, {})) {
    if (auto* deposit = std::get_if<wire::Deposit>(&inbound.call.body)) {
      const bool strict = strict_ && !world_.quiet;
      for (auto& item : deposit->items) item.found = Look(item.content, strict);
    }
    world_.checker.Handed(inbound);
    broker_->Handle(inbound, now, step);
  }
  broker_->Finish(now, step);
  if (!Remember(step)) return;
  // An idle wake-up is due only if no turn came before it.
  const uint64_t turn = ++turns_;
  const absl::Time wakeup = broker_->NextWakeup();
  if (wakeup == absl::InfiniteFuture()) return;
  const absl::Duration wait = std::max(wakeup - world_.clock.house(), absl::Milliseconds(1));
  world_.clock.After(wait, [this, life = life_, turn] {
    if (life == life_ && turn == turns_) Turn();
  });
}

bool Host::Remember(Step& step) {
  if (world_.bug == Bug::kReplyBeforeCommit && !SpeakTooEarly(step)) return false;
  if (world_.Roll(world_.faults().commit_fails)) store_.FailNext(world_.Roll(0.5));
  absl::StatusOr<store::Committed> committed = store_.Commit(step.batch);
  if (!committed.ok()) {
    Die("of a failed commit");
    return false;
  }
  if (world_.Roll(world_.faults().die_before_words)) {
    Die("between commit and release");
    return false;
  }
  if (world_.bug != Bug::kReplyBeforeCommit) Speak(std::move(step), *committed);
  if (const std::string& wrong = store_.contradiction(); !wrong.empty()) {
    world_.checker.Fail("a batch agrees with what is in the store", {}, wrong);
  }
  if (world_.Roll(world_.faults().die_after_words)) {
    Die("after its words");
    return false;
  }
  return true;
}

void Host::Speak(Step&& step, store::Committed token) {
  for (const Outbound& word : std::move(step).Release(token)) {
    world_.checker.Spoken(word);
    world_.network.ToPeer(word.peer, word.reply);
  }
}

bool Host::SpeakTooEarly(const Step& step) {
  const absl::StatusOr<store::Committed> token = store_.Commit(store::Batch{});
  if (!token.ok()) {
    Die("of a failed read");
    return false;
  }
  Speak(Step(step), *token);
  return true;
}

}  // namespace ecluse::sim
