// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/worker.h"

#include <fmt/format.h>

#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {
namespace {

using absl::Milliseconds;
using absl::Seconds;
using What = wire::Task::What;

wire::Attempt AttemptOf(const std::tuple<RequestId, uint32_t, What>& key) {
  return {std::get<0>(key), std::get<1>(key)};
}

}  // namespace

Worker::Worker(World& world, std::string name, OperatorId run_by, std::vector<Destination> serves)
    : world_(world),
      name_(std::move(name)),
      run_by_(std::move(run_by)),
      serves_(std::move(serves)),
      slots_(static_cast<size_t>(world.random.Between(1, 6))) {}

void Worker::Start() {
  ++life_;
  id_ = WorkerId{world_.random.Next() | 1};
  identity::Adapter who{run_by_, {}};
  for (const Destination& destination : serves_) who.services.push_back(destination.service);
  caller_ = &world_.NewCaller(fmt::format("{}.{}", name_, life_), who);
  world_.trace.Tell({}, [&] { return fmt::format("{} starts as worker {}", name_, id_.value); });
  Tell(world_.accounts.All(run_by_), [] {});
  TakeUpFormerLife();
  PullSoon();
}

void Worker::Die() {
  if (!alive()) return;
  world_.trace.Tell({}, [&] { return fmt::format("{} (worker {}) dies", name_, id_.value); });
  caller_->Die();
  caller_ = nullptr;
  former_ = std::exchange(hand_, {});
  ++life_;
  world_.clock.After(world_.random.Between(Seconds(1), Seconds(90)), [this] { Start(); });
}

bool Worker::MayDie() {
  if (!world_.Roll(world_.faults().worker_dies)) return false;
  Die();
  return true;
}

// A worker reborn is another worker: what its former life had leased or begun is not its own. The
// broker must say so when it tries all the same. What it learned, though, stays true.
void Worker::TakeUpFormerLife() {
  const std::map<Key, InHand> former = std::exchange(former_, {});
  for (const auto& [key, in_hand] : former) {
    if (!alive()) return;
    if (!world_.Roll(world_.faults().worker_remembers)) continue;
    const bool probe = std::get<2>(key) == What::kProbe;
    hand_[key] = in_hand;
    if (in_hand.outcome) {
      Report(key, in_hand.outcome);
    } else if (probe) {
      AskOperator(key);
    } else {
      Begin({key}, hand_.at(key).epoch);
    }
  }
}

void Worker::Later(absl::Duration wait, const Key& key, void (Worker::*step)(const Key&)) {
  world_.clock.After(wait, [this, key, step, life = life_] {
    if (life == life_ && hand_.contains(key)) (this->*step)(key);
  });
}

absl::Duration Worker::Think(absl::Duration lease) {
  if (world_.Roll(world_.faults().worker_dozes)) return world_.random.Between(lease / 2, lease * 2);
  return world_.random.Between(Milliseconds(1), Milliseconds(200));
}

void Worker::PullSoon() {
  if (!alive()) return;
  const uint64_t pull = ++pull_;
  world_.clock.After(world_.random.Between(Milliseconds(1), Milliseconds(100)),
                     [this, pull, life = life_] {
                       if (life == life_ && pull == pull_) Pull();
                     });
}

void Worker::Pull() {
  if (hand_.size() >= slots_) return;  // PutDown() pulls again
  wire::Pull pull{id_,
                  serves_,
                  static_cast<uint32_t>(slots_ - hand_.size()),
                  {},
                  world_.random.Between(Seconds(20), Seconds(90))};
  for (const auto& [key, in_hand] : hand_) pull.holding.push_back(AttemptOf(key));
  const uint64_t number = pull_;
  // An answer to an earlier pull is not listened to: the broker gives again what is not held.
  caller_->AskOnce(pull, pull.wait + Seconds(5), [this, number](const wire::ReplyBody* reply) {
    if (number != pull_) return;
    const auto* work = reply ? std::get_if<wire::Work>(reply) : nullptr;
    if (reply && !work) world_.checker.Fail("a pull is answered with work", {}, name_);
    if (work) Take(*work);
    if (alive() && number == pull_) PullSoon();
  });
}

void Worker::Take(const wire::Work& work) {
  if (work.epoch < epoch_) return;  // from a broker that was restored over
  epoch_ = work.epoch;
  std::vector<Key> together;
  const bool in_one_call = world_.Roll(0.3);
  for (const wire::Task& task : work.tasks) {
    const Key key{task.envelope.id, task.attempt, task.what};
    if (!hand_.try_emplace(key, InHand{task, std::nullopt, work.epoch}).second) continue;
    if (task.what == What::kProbe) {
      Later(Think(task.lease), key, &Worker::AskOperator);
    } else if (in_one_call) {
      together.push_back(key);
    } else {
      world_.clock.After(Think(task.lease), [this, key, life = life_] {
        if (life == life_ && hand_.contains(key)) Begin({key}, hand_.at(key).epoch);
      });
    }
  }
  if (MayDie()) return;
  if (!together.empty()) Begin(together, work.epoch);
}

void Worker::Begin(const std::vector<Key>& keys, StoreEpoch epoch) {
  wire::Begin begin{id_, {}, epoch};
  for (const Key& key : keys) begin.attempts.push_back(AttemptOf(key));
  caller_->Ask(begin, [this, asked = world_.clock.house()](const wire::ReplyBody& reply) {
    const auto* proceed = std::get_if<wire::Proceed>(&reply);
    if (!proceed) return world_.checker.Fail("a begin is answered with proceed", {}, name_);
    Proceed(*proceed, asked);
  });
  MayDie();
}

void Worker::Proceed(const wire::Proceed& proceed, absl::Time asked) {
  const uint64_t life = life_;
  for (const wire::Proceed::Item& item : proceed.items) {
    if (life != life_) return;
    const Key key{item.attempt.request, item.attempt.attempt, What::kDeliver};
    if (!hand_.contains(key)) continue;
    if (item.error != ErrorCode::kNone) {
      PutDown(key);
      continue;
    }
    // The broker counts its silence from the answer, which is later than the question: so this
    // worker gives up before the broker does, however long the answer took.
    Send(key, asked + item.silence);
  }
}

void Worker::Send(const Key& key, absl::Time gives_up) {
  const absl::Duration left = gives_up - world_.clock.house();
  if (left < Seconds(1)) {  // too late to begin: surely not sent
    return Report(key, outcome::Deferred{Hindrance::kAdapter, absl::ZeroDuration(), false});
  }
  const auto heard = [this, key, life = life_](Outcome outcome) {
    if (life != life_ || !hand_.contains(key) || hand_.at(key).outcome) return;
    if (!MayDie()) Report(key, std::move(outcome));
  };
  const wire::Task& task = hand_.at(key).task;
  world_.operators.at(task.envelope.destination)->Deliver(task.envelope, task.content, heard);
  const bool dozes = world_.Roll(world_.faults().worker_dozes);
  const absl::Duration patience = dozes ? left * 2 : left * world_.random.Fraction();
  world_.clock.After(patience, [this, key, life = life_] {
    if (life != life_ || !hand_.contains(key) || hand_.at(key).outcome) return;
    world_.trace.Tell(std::get<0>(key), [&] { return fmt::format("{} hears nothing", name_); });
    if (!MayDie()) Report(key, std::nullopt);
  });
  MayDie();
}

void Worker::AskOperator(const Key& key) {
  const Envelope& envelope = hand_.at(key).task.envelope;
  const auto learned = world_.operators.at(envelope.destination)->Probe(envelope);
  world_.clock.After(Think(Seconds(20)), [this, key, learned, life = life_] {
    if (life != life_ || !hand_.contains(key)) return;
    if (!MayDie()) Report(key, learned);
  });
}

void Worker::Report(const Key& key, std::optional<Outcome> outcome) {
  if (outcome) hand_.at(key).outcome = outcome;
  wire::Report report{
      id_, std::get<2>(key), {{AttemptOf(key), std::move(outcome)}}, hand_.at(key).epoch};
  caller_->Ask(report, [this, key](const wire::ReplyBody& reply) {
    const auto* noted = std::get_if<wire::Noted>(&reply);
    if (!noted || noted->results.size() != 1) {
      return world_.checker.Fail("a report is answered with noted", std::get<0>(key), name_);
    }
    PutDown(key);
  });
  MayDie();
}

void Worker::PutDown(const Key& key) {
  hand_.erase(key);
  PullSoon();
}

void Worker::Answer(RequestId request, const Outcome& said, std::function<void()> noted) {
  caller_->Ask(wire::Answer{request, said}, [this, request, noted](const auto& reply) {
    const auto* heard = std::get_if<wire::Noted>(&reply);
    const auto* error = std::get_if<Error>(&reply);
    // Deposited after the backup that the store was restored from.
    if (error && error->code == ErrorCode::kUnknownRequest && world_.restored) return noted();
    if (!heard || heard->results.size() != 1) {
      return world_.checker.Fail("an answer is answered with noted", request, name_);
    }
    noted();
  });
}

void Worker::Tell(const wire::Accounts& accounts, std::function<void()> noted) {
  caller_->Ask(accounts, [this, count = accounts.items.size(), noted](const auto& reply) {
    const auto* heard = std::get_if<wire::Noted>(&reply);
    if (!heard || heard->results.size() != count) {
      return world_.checker.Fail("accounts are answered with noted", {}, name_);
    }
    noted();
  });
}

}  // namespace ecluse::sim
