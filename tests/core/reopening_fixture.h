// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/core/broker_fixture.h"

namespace ecluse {

// What people and workers say around an incident and after a restore.
class ReopeningTest : public BrokerTest {
 protected:
  Hold Place(wire::PlaceHold call) {
    const auto placed = Ask<wire::HoldsResult>(kAnne, std::move(call)).holds;
    EXPECT_EQ(placed.size(), 1u);
    return placed.empty() ? Hold{} : placed[0];
  }
  void Lift(HoldId id) { Ask<wire::HoldsResult>(kAnne, wire::LiftHold{id, "over"}); }
  std::vector<Hold> Holds() { return Ask<wire::HoldsResult>(kAnne, wire::Holds{}).holds; }

  Hold DeclareIncident() {
    wire::PlaceHold call;
    call.scope.run_by = kAuthorisation.run_by;
    call.reason = "logins were stolen";
    call.rule = HoldRule::kIncident;
    return Place(call);
  }
  Hold Isolate(const identity::Practice& who = kShop) {
    wire::PlaceHold call;
    call.scope.practice = who.id;
    call.reason = "its account was stolen";
    call.rule = HoldRule::kQuarantine;
    return Place(call);
  }

  // The adapter tells of a credential.
  void Tell(const identity::Practice& who, uint64_t epoch, absl::Time set_at) {
    Ask<wire::Noted>(kAdapter, wire::Accounts{{{who.id, epoch, set_at}}});
  }
  static wire::Attempt Of(const wire::Task& task) { return {task.envelope.id, task.attempt}; }

  std::vector<wire::Task> PullFor(size_t slots) {
    wire::Pull pull{kWorker, {kAuthorisation}, static_cast<uint32_t>(slots), {}, {}};
    return Ask<wire::Work>(kAdapter, pull).tasks;
  }
  ErrorCode BeginIn(StoreEpoch epoch, const wire::Attempt& attempt) {
    return Ask<wire::Proceed>(kAdapter, wire::Begin{kWorker, {attempt}, epoch}).items.at(0).error;
  }
  ErrorCode Learn(const wire::Attempt& attempt, std::optional<Outcome> outcome,
                  StoreEpoch epoch = 0) {
    wire::Report report{kWorker, wire::Task::What::kProbe, {{attempt, std::move(outcome)}}, epoch};
    return Ask<wire::Noted>(kAdapter, report).results.at(0);
  }
  // Begins all that there is and falls silent: each becomes a doubt.
  void FallSilent() {
    for (const wire::Task& task : Pull()) {
      if (task.what == wire::Task::What::kDeliver) Begin(Of(task));
    }
    Wait(policies_.at(kAuthorisation).silence);
  }
  // Until a first question may be asked.
  void Settle() { Wait(policies_.at(kAuthorisation).settle * 1.2); }

  StateCode StateOf(RequestId id) { return CodeOf(store_.Find(id)->state); }
  ecluse::Wait WaitOf(RequestId id) {
    const auto request = store_.Find(id);
    const auto* waiting = std::get_if<state::Waiting>(&request->state);
    return waiting ? waiting->reason : ecluse::Wait{};
  }

  const Outcome absent_ = outcome::Deferred{Hindrance::kAbsent, absl::ZeroDuration(), false};
  const Outcome taken_ = outcome::Accepted{absl::Hours(100)};
};

}  // namespace ecluse
