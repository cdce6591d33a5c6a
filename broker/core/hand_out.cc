// SPDX-License-Identifier: Apache-2.0
// How WorkerDesk fills the pulls that wait: first what the worker should have but has not, then
// probes, for doubt is worth more than speed, then deliveries.
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <string>
#include <utility>

#include "broker/core/worker_desk.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

using Due = store::Reads::Due;

constexpr size_t kDuePage = 128;

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
  const Author author{"", "not asked: a hold is on the account"};
  static const Outcome kNotAsked = outcome::Deferred{Hindrance::kAccount, absl::ZeroDuration()};
  if (!books_.Apply(turn, request, cause::Probed{}, author)) return;
  books_.Apply(turn, request, cause::Found{TriesOf(request.state).attempt, &kNotAsked}, author);
}

void WorkerDesk::AddProbes(const Destination& destination, Basket& basket, const Turn& turn) {
  if (books_.NextDue(destination, Due::kProbe) > turn.now) return;
  if (!MayProbe(destination, turn.now)) return;

  const Policy& policy = books_.PolicyOf(destination);
  absl::Time next = absl::InfiniteFuture();
  const auto page = books_.reads().NextDue(destination, Due::kProbe, kDuePage);
  if (page.size() == kDuePage) next = page.back().at;
  for (const auto& [at, id] : page) {
    store::Request* request = books_.Find(id);
    // Asked already in this turn, or not yet due.
    if (!request || ProbeAt(request->state) > turn.now || basket.Full()) {
      next = std::min(next, request ? ProbeAt(request->state) : next);
      continue;
    }
    const auto* doubt = std::get_if<state::InDoubt>(&request->state);
    if (doubt && doubt->probes >= policy.probes) {
      books_.Apply(turn, *request, cause::Lapsed{}, {"", "no probe could tell"});
      continue;
    }
    if (books_.holds().Stops(destination, request->envelope.practice)) {
      PutOff(*request, turn);
      next = std::min(next, ProbeAt(request->state));
      continue;
    }
    const absl::Duration time_to_tell = doubt ? policy.probe_every : policy.ask_every;
    if (!books_.Apply(turn, *request, cause::Probed{}, {std::to_string(basket.worker.value), ""})) {
      continue;
    }
    next = std::min(next, ProbeAt(request->state));
    basket.Add({wire::Task::What::kProbe, request->envelope, TriesOf(request->state).attempt,
                time_to_tell, ""});
  }
  books_.SetNextDue(destination, Due::kProbe, next);
}

void WorkerDesk::AddDeliveries(const Destination& destination, Basket& basket, const Turn& turn) {
  if (disk_low_ || books_.holds().Stops(destination)) return;
  Queue& queue = books_.QueueOf(destination);
  if (queue.size() == 0) return;
  const Policy& policy = books_.PolicyOf(destination);
  const Gate& gate = books_.GateOf(destination);
  queue.Refill(books_.reads(), destination);
  const auto stopped = [&](const PracticeId& practice) {
    return books_.holds().Stops(destination, practice) ||
           books_.rests().Stop(destination, practice, turn.now);
  };
  while (!basket.Full() &&
         gate.Room(books_.flight().Of(destination), policy.in_flight, turn.now) > 0) {
    const std::optional<Queue::Next> next = queue.TakeTurn(stopped, policy.fresh_share);
    if (!next) return;
    store::Request* request = books_.Find(next->id);
    if (!request) return;  // the store is unsound: nothing of this turn will leave
    if (const auto obstacle = clearance_.Find(turn, *request)) {
      // It leaves the head of its lane, so that it hinders nobody behind it.
      if (!books_.Apply(turn, *request, obstacle->cause, {"", obstacle->note})) return;
      continue;
    }
    absl::StatusOr<std::string> content = books_.reads().Content(next->id);
    if (!content.ok()) {
      books_.Apply(turn, *request, cause::Damaged{}, {"", std::string(content.status().message())});
      continue;
    }
    books_.Apply(turn, *request, cause::Granted{basket.worker},
                 {std::to_string(basket.worker.value), ""});
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
