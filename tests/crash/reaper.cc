// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/reaper.h"

#include <absl/time/time.h>
#include <fmt/format.h>

#include <csignal>

namespace ecluse::crash {
namespace {

// Whoever waits longer waits for ever.
constexpr absl::Duration kStuck = absl::Seconds(60);
constexpr int64_t kLongestLife = 700;  // milliseconds
constexpr int64_t kLongestStart = 80;
constexpr uint64_t kMostPasses = 25;
constexpr uint64_t kMostSteps = 20;

}  // namespace

Reaper::Reaper(story::World& world, const std::string& build, Orders& orders, Progress progress,
               uint64_t seed)
    : world_(world),
      orders_(orders),
      progress_(progress),
      dice_(seed),
      mortal_(
          {.name = "mortal broker",
           .program = build + "/tests/crash/eclused-mortal",
           .arguments = {"--config", world.folder() + "/eclused.toml", "--endpoint-file",
                         world.folder() + "/endpoint.toml", "--orders", world.folder() + "/orders"},
           .log = world.folder() + "/broker.log"}),
      broker_(&world.broker()) {}

uint64_t Reaper::kills() const {
  uint64_t sum = 0;
  for (const auto& [name, kills] : by_blow_) sum += kills;
  return sum;
}

void Reaper::Order(Point point, uint32_t passes) {
  orders_.point = static_cast<uint32_t>(Point::kNone);
  orders_.passes = passes;
  orders_.reached = static_cast<uint32_t>(Point::kNone);
  orders_.point = static_cast<uint32_t>(point);
}

absl::Status Reaper::Look() {
  std::vector<Process*> all = {broker_};
  for (story::Player& player : world_.players()) {
    all.push_back(player.simulated.get());
    all.push_back(player.adapter.get());
  }
  for (Process* process : all) {
    if (process->Alive()) continue;
    return absl::InternalError(fmt::format("the {} ended by itself ({}); its last words:\n{}",
                                           process->name(), process->ended().value_or(0),
                                           process->LogTail()));
  }
  return absl::OkStatus();
}

absl::Status Reaper::Kill(Process& victim, std::string_view blow) {
  const absl::Status status = Look();
  if (!status.ok()) return status;
  victim.Kill();
  ++by_blow_[std::string(blow)];
  return absl::OkStatus();
}

// For one that is to be killed by itself or by an operator.
absl::Status Reaper::Wait(Process& victim, std::string_view blow) {
  if (!victim.Wait(kStuck)) {
    return absl::DeadlineExceededError(
        fmt::format("{}: the {} did not come so far; its last words:\n{}", blow, victim.name(),
                    victim.LogTail()));
  }
  if (victim.ended() != -SIGKILL) return Look();
  ++by_blow_[std::string(blow)];
  return absl::OkStatus();
}

absl::Status Reaper::StartBroker(bool mortal) {
  Order(Point::kNone, 0);
  broker_ = mortal ? &mortal_ : &world_.broker();
  return broker_->Start();
}

absl::Status Reaper::MakeMortal() {
  if (broker_ == &mortal_) return absl::OkStatus();
  const absl::Status status = Kill(*broker_, "broker-any-instant");
  return status.ok() ? StartBroker(true) : status;
}

absl::Status Reaper::AwaitProgress(uint64_t steps) {
  for (const story::Tally* tally : {&progress_.receipts, &progress_.answers}) {
    const uint64_t before = tally->Count();
    while (tally->Count() < before + steps) {
      const uint64_t now = tally->Count();
      if (tally->WaitBeyond(now, kStuck) == now) {
        return absl::DeadlineExceededError("neither receipts nor answers come any more");
      }
    }
  }
  return absl::OkStatus();
}

absl::Status Reaper::AtAnInstant(const Blow& blow) {
  story::Player& player = AnyPlayer();
  Process& first = blow.victim == Victim::kAdapter ? *player.adapter : *broker_;
  first.Wait(absl::Milliseconds(dice_.Between(0, kLongestLife)));
  absl::Status status = Kill(first, blow.name);
  if (blow.victim == Victim::kBoth) {
    player.adapter->Kill();
    ++by_blow_[std::string(blow.name)];
  }
  if (status.ok() && blow.victim != Victim::kAdapter) status = StartBroker(!dice_.OneIn(3));
  if (status.ok() && blow.victim != Victim::kBroker) status = player.adapter->Start();
  return status;
}

absl::Status Reaper::WhileStarting(const Blow& blow) {
  absl::Status status = Kill(*broker_, "broker-any-instant");
  if (status.ok()) status = StartBroker(dice_.OneIn(2));
  if (!status.ok()) return status;
  broker_->Wait(absl::Milliseconds(dice_.Between(0, kLongestStart)));
  status = Kill(*broker_, blow.name);
  return status.ok() ? StartBroker(!dice_.OneIn(3)) : status;
}

absl::Status Reaper::AtAPoint(const Blow& blow) {
  absl::Status status = MakeMortal();
  if (!status.ok()) return status;
  Order(blow.point, static_cast<uint32_t>(dice_.Below(kMostPasses)));
  status = Wait(*broker_, blow.name);
  return status.ok() ? StartBroker(!dice_.OneIn(3)) : status;
}

absl::Status Reaper::OnTheWay(const Blow& blow) {
  absl::Status status = Kill(*broker_, "broker-any-instant");
  if (!status.ok()) return status;
  broker_ = &mortal_;
  Order(blow.point, 0);
  status = broker_->Start();
  if (status.ok()) status = Wait(*broker_, blow.name);
  return status.ok() ? StartBroker(!dice_.OneIn(3)) : status;
}

absl::Status Reaper::Strike(story::Player& at, Process& victim, std::string_view blow) {
  absl::Status status = world_.Tell(at.id(), fmt::format("strike {}", victim.pid()));
  return status.ok() ? Wait(victim, blow) : status;
}

absl::Status Reaper::Struck(const Blow& blow) {
  story::Player& player = AnyPlayer();
  const bool broker = blow.victim == Victim::kBroker;
  const absl::Status status = Strike(player, broker ? *broker_ : *player.adapter, blow.name);
  if (!status.ok()) return status;
  return broker ? StartBroker(!dice_.OneIn(3)) : player.adapter->Start();
}

// Of marks that were left out the adapter would report: so it dies with what it knows.
absl::Status Reaper::AfterALie(const Blow& blow) {
  absl::Status status = MakeMortal();
  if (!status.ok()) return status;
  Order(blow.point, 0);
  if (blow.victim == Victim::kBroker) {
    status = Wait(*broker_, blow.name);
    return status.ok() ? StartBroker(true) : status;
  }
  status = AwaitProgress(30);
  story::Player& player = AnyPlayer();
  if (status.ok()) status = Strike(player, *player.adapter, blow.name);
  if (status.ok()) status = broker_->Alive() ? absl::OkStatus() : Look();
  if (!status.ok()) return status;
  broker_->Kill();
  ++by_blow_[std::string(blow.name)];
  status = player.adapter->Start();
  return status.ok() ? StartBroker(true) : status;
}

const Blow& Reaper::AnyBlow() {
  uint64_t weights = 0;
  for (const Blow& blow : Blows()) weights += blow.weight;
  uint64_t at = dice_.Below(weights);
  for (const Blow& blow : Blows()) {
    if (at < blow.weight) return blow;
    at -= blow.weight;
  }
  return Blows().front();
}

absl::Status Reaper::Deal(const Blow* blow) {
  // Sometimes one kill follows the other before anybody was heard; mostly the work goes on between.
  // After a lie nobody knows whether it can.
  if (blow == nullptr && !dice_.OneIn(4)) {
    const absl::Status status = AwaitProgress(1 + dice_.Below(kMostSteps));
    if (!status.ok()) return status;
  }
  if (blow == nullptr) blow = &AnyBlow();
  switch (blow->how) {
    case Blow::How::kInstant:
      return AtAnInstant(*blow);
    case Blow::How::kStarting:
      return WhileStarting(*blow);
    case Blow::How::kPoint:
      return AtAPoint(*blow);
    case Blow::How::kOnTheWay:
      return OnTheWay(*blow);
    case Blow::How::kStruck:
      return Struck(*blow);
    case Blow::How::kLie:
      return AfterALie(*blow);
  }
  return absl::InternalError("no such blow");
}

}  // namespace ecluse::crash
