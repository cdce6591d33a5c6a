// SPDX-License-Identifier: Apache-2.0
// ecluse-turns: the loop, the broker and the store as eclused has them, with frames in memory in
// place of sockets. For tests/bench/instructions: what one request costs, counted and not timed.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "broker/runtime/loop.h"
#include "proto/codec.h"
#include "store/master_key.h"
#include "store/rocks_store.h"
#include "tests/bench/row.h"
#include "tests/support/command_line.h"
#include "tests/support/own_folder.h"

namespace ecluse::bench {
namespace {

const Destination kMemory{{"memory"}, {"authorisation"}};
const PracticeId kPractice{"practice-1"};
constexpr WorkerId kWorker{7};

// Peers that say what they are given, and keep the newest reply.
class Script : public Transport {
 public:
  std::vector<Received> Receive(absl::Duration) override { return std::move(arriving); }
  void Send(const Peer&, Frames frames) override { heard.push_back(std::move(frames)); }

  void Say(const Identity& who, wire::CallBody body) {
    arriving.push_back({"peer1", who, EncodeCall({++correlation_, std::move(body)}), false});
  }
  std::vector<wire::ReplyBody> Heard() {
    std::vector<wire::ReplyBody> bodies;
    for (Frames& frames : heard) {
      auto reply = DecodeReply(std::move(frames));
      if (auto* whole = std::get_if<wire::Reply>(&reply)) bodies.push_back(std::move(whole->body));
    }
    heard.clear();
    return bodies;
  }

  std::vector<Received> arriving;
  std::vector<Frames> heard;

 private:
  uint64_t correlation_ = 0;
};

// What is counted: one of these two, by name.
[[gnu::noinline]] bool DepositTurn(Loop& loop) {
  const bool ok = loop.Turn().ok();
  asm volatile("");
  return ok;
}
[[gnu::noinline]] bool DeliverTurn(Loop& loop) {
  const bool ok = loop.Turn().ok();
  asm volatile("" ::: "memory");
  return ok;
}

struct Wishes {
  std::string folder;
  uint64_t requests = 4096;
  uint64_t per_turn = 64;
  uint64_t per_call = 1;
};

class Turns {
 public:
  Turns(const Wishes& wishes, store::Store& store, const store::Recovered& recovered)
      : wishes_(wishes),
        broker_(store, Policies{{kMemory, PolicyOf()}}, Routes(), recovered, absl::Now()),
        loop_({script_, store, broker_, edge_, [] { return absl::Now(); },
               [](absl::Time) { return Vitals(); }}) {}

  void Deposit() {
    for (uint64_t said = 0; said < wishes_.requests;) {
      for (uint64_t turn = 0; turn < wishes_.per_turn;) {
        wire::Deposit deposit;
        for (uint64_t i = 0; i < wishes_.per_call; ++i, ++turn) {
          deposit.items.push_back({kMemory, "750000001", fmt::format("turns-{}", ++said),
                                   Kind::kAuthorisation, "application/xml", Content(said)});
        }
        script_.Say(identity::Practice{kPractice, {"750000001"}}, std::move(deposit));
      }
      if (!DepositTurn(loop_)) GiveUp("a turn failed");
      script_.heard.clear();
    }
  }

  // Each turn hears what a worker says at once: the report on what it has done, the begin of what
  // it was given, and a pull when the last one was answered.
  void Deliver() {
    uint64_t noted = 0;
    while (noted < wishes_.requests) {
      Speak();
      if (!DeliverTurn(loop_)) GiveUp("a turn failed");
      for (auto& body : script_.Heard()) noted += Hear(std::move(body));
    }
  }

 private:
  static Policy PolicyOf() {
    Policy policy;
    policy.in_flight = 1000;
    policy.in_flight_least = 1000;
    return policy;
  }

  void Speak() {
    const identity::Adapter who{kMemory.run_by, {kMemory.service}};
    wire::Pull pull;
    pull.worker = kWorker;
    pull.destinations = {kMemory};
    pull.slots = static_cast<uint32_t>(wishes_.per_turn);
    pull.holding = begin_.attempts;
    for (const auto& item : report_.items) pull.holding.push_back(item.attempt);
    if (!pulls_) {
      script_.Say(who, std::move(pull));
      pulls_ = true;
    }
    if (!report_.items.empty()) script_.Say(who, std::exchange(report_, {}));
    if (!begin_.attempts.empty()) script_.Say(who, std::exchange(begin_, {}));
  }

  uint64_t Hear(wire::ReplyBody body) {
    if (const auto* work = std::get_if<wire::Work>(&body)) {
      pulls_ = false;
      begin_ = {kWorker, {}, work->epoch};
      for (const auto& task : work->tasks) {
        begin_.attempts.push_back({task.envelope.id, task.attempt});
      }
    } else if (const auto* proceed = std::get_if<wire::Proceed>(&body)) {
      report_ = {kWorker, wire::Task::What::kDeliver, {}, 0};
      for (const auto& item : proceed->items) {
        wire::Report::Item& done = report_.items.emplace_back();
        done.attempt = item.attempt;
        done.outcome.emplace(outcome::Answered{Decision::kGranted, "text/plain", "accord"});
      }
    } else if (const auto* done = std::get_if<wire::Noted>(&body)) {
      return done->results.size();
    }
    return 0;
  }

  const Wishes& wishes_;
  Script script_;
  const Routes routes_;
  const Edge edge_{{}, routes_, absl::UTCTimeZone()};
  Broker broker_;
  Loop loop_;
  wire::Begin begin_;
  wire::Report report_;
  bool pulls_ = false;  // a pull waits for its answer
};

int Run(const Wishes& wishes) {
  const OwnFolder mine(wishes.folder, "ecluse-turns");
  const std::string key = mine.path() + "/master.key";
  if (!store::CreateMasterKey(key).ok()) GiveUp("no key can be made");
  auto store = store::OpenRocksStore({mine.path() + "/store", key, true, absl::Now()});
  if (!store.ok()) GiveUp(std::string(store.status().message()));
  auto recovered = (*store)->Recover();
  if (!recovered.ok()) GiveUp(std::string(recovered.status().message()));
  Turns turns(wishes, **store, *recovered);
  const double start = Seconds();
  turns.Deposit();
  const double between = Seconds();
  turns.Deliver();
  const double end = Seconds();
  const auto count = static_cast<double>(wishes.requests);
  Row("turns", "deposit", (between - start) * 1e6 / count, "us/request");
  Row("turns", "deliver", (end - between) * 1e6 / count, "us/request");
  return 0;
}

}  // namespace
}  // namespace ecluse::bench

int main(int argc, char** argv) {
  CLI::App app("Carries requests through loop, broker and store, without sockets");
  ecluse::bench::Wishes wishes;
  app.add_option("--folder", wishes.folder, "For the store, in ecluse-turns below it")->required();
  app.add_option("--requests", wishes.requests, "How many")->check(ecluse::Whole(1, 1'000'000'000));
  app.add_option("--per-turn", wishes.per_turn, "How many of them in a turn")
      ->check(ecluse::Whole(1, 1'000'000));
  app.add_option("--per-call", wishes.per_call, "How many deposits in a call")
      ->check(ecluse::Whole(1, 1'000'000));
  if (const auto end = ecluse::ReadWords(app, argc, argv)) return *end;
  return ecluse::bench::Run(wishes);
}
