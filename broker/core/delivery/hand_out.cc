// SPDX-License-Identifier: Apache-2.0
// How WorkerDesk fills the pulls that wait: first what the worker should have but has not, then
// probes, for doubt is worth more than speed, then deliveries.
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <string>
#include <utility>

#include "broker/core/delivery/canary.h"
#include "broker/core/delivery/worker_desk.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

using Due = store::Reads::Due;

constexpr size_t kDuePage = 128;
// Set aside in one hand-out, so that a lane of old requests takes no whole turn for itself, and its
// practice is asked about a page of them at once.
constexpr size_t kAsidePage = 64;

absl::Time ProbeAt(const State& state) {
  if (const auto* s = std::get_if<state::InDoubt>(&state)) return s->next_probe_at;
  if (const auto* s = std::get_if<state::Awaiting>(&state)) return s->next_probe_at;
  return absl::InfiniteFuture();
}

}  // namespace

// What one pull gets.
struct WorkerDesk::Basket {
  WorkerId worker;
  size_t slots = 0;
  size_t bytes = 0;
  wire::Work work;

  bool Full() const { return work.tasks.size() >= slots || bytes >= limits::kBytesPerReply; }
  void Add(wire::Task task) {
    bytes += task.content.size();
    task.envelope.digest.clear();
    work.tasks.push_back(std::move(task));
  }
};

void WorkerDesk::Resend(const Waiting& waiting, Basket& basket, const Turn& turn) {
  absl::flat_hash_set<RequestId> held;
  for (const wire::Attempt& attempt : waiting.pull.holding) held.insert(attempt.request);
  for (const RequestId id : books_.flight().LeasedTo(basket.worker)) {
    if (basket.Full()) return;
    if (held.contains(id)) continue;
    store::Request* request = books_.Find(id);
    const auto* leased = request ? std::get_if<state::Leased>(&request->state) : nullptr;
    if (!leased) continue;
    absl::StatusOr<std::string> content = books_.reads().Content(id);
    if (!content.ok()) continue;  // the lease lapses, and the next grant finds the damage
    basket.Add({wire::Task::What::kDeliver, request->envelope, leased->tries.attempt + 1,
                leased->lapses_at - turn.now, *std::move(content), leased->tries.grant});
  }
}

// Asking uses the practice's login as sending does. The question waits for its next turn, so that
// those behind it have theirs, and is none of those that could not tell.
void WorkerDesk::PutOff(store::Request& request, const Turn& turn) {
  const Author author{"", "not asked: its account may not be used now"};
  static const Outcome kNotAsked = outcome::Deferred{Hindrance::kAccount, absl::ZeroDuration()};
  if (!books_.Apply(turn, request, cause::Probed{}, author)) return;
  books_.Apply(turn, request, cause::Found{TriesOf(request.state).attempt, &kNotAsked}, author);
}

// False: nothing was asked, for others are being asked.
bool WorkerDesk::Probe(store::Request& request, Basket& basket, const Turn& turn) {
  const Destination& destination = request.envelope.destination;
  const Policy& policy = books_.PolicyOf(destination);
  const auto* doubt = std::get_if<state::InDoubt>(&request.state);
  if (doubt && doubt->probes >= policy.probes) {
    books_.Apply(turn, request, cause::Lapsed{}, {"", "no probe could tell"});
    return true;
  }
  if (!MayUseAccount(request, turn.now)) {
    PutOff(request, turn);
    return true;
  }
  const bool in_doubt = doubt != nullptr;
  const bool open = books_.GateOf(destination).state().code == GateCode::kOpen;
  if (!questions_.MayAsk(destination, in_doubt, open, policy, turn.now)) return false;
  const absl::Duration time_to_tell = in_doubt ? policy.probe_every : policy.ask_every;
  if (!books_.Apply(turn, request, cause::Probed{}, {std::to_string(basket.worker.value), ""})) {
    return true;
  }
  const absl::Time lost =
      turn.now + (time_to_tell > absl::ZeroDuration() ? time_to_tell : policy.silence);
  questions_.Ask(destination, request.envelope.id, in_doubt, lost, turn.now);
  accounts_.Uses(request, lost, turn);
  basket.Add({wire::Task::What::kProbe, request.envelope, TriesOf(request.state).attempt,
              time_to_tell, ""});
  return true;
}

void WorkerDesk::AddProbes(const Destination& destination, Basket& basket, const Turn& turn) {
  if (books_.NextDue(destination, Due::kProbe) > turn.now) return;
  if (!MayProbe(destination, turn.now)) return;

  absl::Time next = absl::InfiniteFuture();
  const auto page = books_.reads().NextDue(destination, Due::kProbe, kDuePage);
  if (page.size() == kDuePage) next = page.back().at;
  bool waits = false;
  for (const auto& [at, id] : page) {
    if (at > turn.now) {
      next = std::min(next, at);
      break;
    }
    store::Request* request = books_.Find(id);
    if (!request) continue;
    const bool asked_in_this_turn = ProbeAt(request->state) > turn.now;
    if (!asked_in_this_turn && !basket.Full() && !Probe(*request, basket, turn)) {
      waits = true;
      continue;
    }
    next = std::min(next, ProbeAt(request->state));
  }
  questions_.Wait(destination, waits);
  if (waits) {
    // It goes when an answer to another comes, or is given up.
    if (next <= turn.now) next = absl::InfiniteFuture();
    next = std::min(next, questions_.NextEnd(destination, turn.now));
  }
  books_.SetNextDue(destination, Due::kProbe, next);
}

void WorkerDesk::AddDeliveries(const Destination& destination, Basket& basket, const Turn& turn) {
  if (disk_low_) return;
  if (books_.holds().IsRestored() && MayProbe(destination, turn.now)) {
    fence_.LookOn(destination, turn);
  }
  if (books_.holds().Stops(destination)) return;
  Queue& queue = books_.QueueOf(destination);
  if (queue.size() == 0) return;
  const Policy& policy = books_.PolicyOf(destination);
  const Gate& gate = books_.GateOf(destination);
  queue.Refill(books_.reads(), destination);
  absl::flat_hash_set<PracticeId> fenced;  // others are asked first
  const auto stopped = [&](const PracticeId& practice) {
    return books_.holds().Stops(destination, practice) || fenced.contains(practice) ||
           accounts_.Why(destination, practice, turn.now) != wire::WhyWaiting::kNothing;
  };
  size_t aside = 0;
  while (aside < kAsidePage && !basket.Full() &&
         gate.Room(books_.flight().Of(destination), policy, turn.now) > 0) {
    const std::optional<Queue::Next> next = gate.GoesAlone()
                                                ? ChooseCanary(books_, destination, stopped)
                                                : queue.TakeTurn(stopped, policy.fresh_share);
    if (!next) return;
    store::Request* request = books_.Find(next->id);
    if (!request) return;  // the store is unsound: nothing of this turn will leave
    if (const auto obstacle = clearance_.Find(turn, *request)) {
      const bool restored = std::holds_alternative<cause::Fenced>(obstacle->cause);
      if (restored && !fence_.MayTurn(destination, turn.now)) {
        fenced.insert(next->practice);
        continue;
      }
      if (restored) fence_.Turned(destination, next->id);
      // It leaves the head of its lane, so that it hinders nobody behind it.
      if (!books_.Apply(turn, *request, obstacle->cause, {"", obstacle->note})) return;
      ++aside;
      continue;
    }
    absl::StatusOr<std::string> content = books_.reads().Content(next->id);
    if (!content.ok()) {
      books_.Apply(turn, *request, cause::Damaged{}, {"", std::string(content.status().message())});
      continue;
    }
    books_.Apply(turn, *request, cause::Granted{basket.worker},
                 {std::to_string(basket.worker.value), ""});
    accounts_.Uses(*request, absl::InfiniteFuture(), turn);
    basket.Add({wire::Task::What::kDeliver, request->envelope, TriesOf(request->state).attempt + 1,
                policy.lease, *std::move(content), TriesOf(request->state).grant});
  }
}

// What nobody sends needs no gate and no account: only slots that are left.
void WorkerDesk::AddChecks(const Destination& destination, Basket& basket, const Turn& turn) {
  if (basket.Full()) return;
  const size_t slots = basket.slots - basket.work.tasks.size();
  const size_t bytes = limits::kBytesPerReply - basket.bytes;
  for (wire::Task& task : jobs_.ToCheck(destination, slots, bytes, turn)) {
    basket.Add(std::move(task));
  }
}

void WorkerDesk::HandOut(const Turn& turn) {
  // Whoever was served last is served last.
  auto at = waiting_.upper_bound(last_served_);
  for (size_t left = waiting_.size(); left > 0; --left) {
    if (at == waiting_.end()) at = waiting_.begin();
    const Waiting& waiting = at->second;
    Basket basket{at->first, std::min<size_t>(waiting.pull.slots, limits::kSlotsPerWorker), 0, {}};
    basket.work.epoch = books_.epoch();
    Resend(waiting, basket, turn);
    for (const Destination& d : waiting.pull.destinations) AddProbes(d, basket, turn);
    for (const Destination& d : waiting.pull.destinations) AddDeliveries(d, basket, turn);
    for (const Destination& d : waiting.pull.destinations) AddChecks(d, basket, turn);
    if (basket.work.tasks.empty() && turn.now < waiting.until) {
      ++at;
      continue;
    }
    last_served_ = at->first;
    turn.step.Say(waiting.peer, {waiting.correlation, std::move(basket.work)});
    at = waiting_.erase(at);
  }
}

}  // namespace ecluse
