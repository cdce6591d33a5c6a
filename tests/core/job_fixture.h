// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/core/broker_fixture.h"

namespace ecluse {

inline const identity::Ops kCarla{"carla", true};
inline const Destination kBilling{{"viamedis"}, {"billing"}};
inline const Destination kAlmerys{{"almerys"}, {"authorisation"}};
inline const identity::Adapter kAlmerysAdapter{{"almerys"}, {{"authorisation"}}};

// Bulk work over a broker with two operators.
class JobTest : public BrokerTest {
 protected:
  using Act = wire::JobAct;
  using Row = wire::JobsResult::Row;

  JobTest() {
    const Policy same = policies_[kAuthorisation];
    policies_[kAlmerys] = same;
    Start();
  }

  // The plan as it is counted.
  Row Plan(JobKind kind, Filter filter = {}, std::optional<Destination> to = {}) {
    return Settled(Ask<wire::JobsResult>(kAnne, wire::PlanJob{kind, filter, to, "why"}));
  }
  ErrorCode PlanRefusal(JobKind kind, Filter filter = {}, std::optional<Destination> to = {}) {
    return Refusal(kAnne, wire::PlanJob{kind, filter, to, "why"});
  }
  wire::ActOnJob Call(const Row& plan, Act act) {
    return {plan.job.id, act, plan.token, "because"};
  }
  // One turn, and no further.
  Row Say(const Row& plan, Act act, const identity::Ops& who = kAnne) {
    const auto result = Ask<wire::JobsResult>(who, Call(plan, act));
    return result.rows.empty() ? Row{} : result.rows.front();
  }
  ErrorCode SayRefusal(const Row& plan, Act act, const identity::Ops& who = kAnne) {
    return Refusal(who, Call(plan, act));
  }
  // Planned, started, approved by another where one must, and gone on as far as it can.
  Row Do(JobKind kind, Filter filter = {}, std::optional<Destination> to = {}) {
    const Row plan = Plan(kind, filter, to);
    if (Say(plan, Act::kStart).job.state == JobState::kAsked) Say(plan, Act::kApprove, kCarla);
    RunOn();
    return Look(plan.job.id);
  }
  Row Look(JobId id) {
    const auto result = Ask<wire::JobsResult>(kReader, wire::Jobs{id});
    return result.rows.empty() ? Row{} : result.rows.front();
  }
  // Turns as long as the broker wants one at once.
  void RunOn() {
    for (int turns = 0; turns < 1000; ++turns) {
      Wait(absl::ZeroDuration());
      if (broker_->NextWakeup() > now_) return;
    }
    ADD_FAILURE() << "the broker never rests";
  }

  std::vector<RequestId> DepositMany(int count, const std::string& prefix = "r") {
    std::vector<RequestId> ids;
    while (static_cast<int>(ids.size()) < count) {
      wire::Deposit deposit;
      for (int i = 0; i < 200 && static_cast<int>(ids.size() + deposit.items.size()) < count; ++i) {
        deposit.items.push_back(
            Item(prefix + std::to_string(ids.size() + deposit.items.size()), "content"));
      }
      for (const auto& result : Ask<wire::DepositResult>(kShop, deposit).results) {
        ids.push_back(std::get<wire::Receipt>(result).number);
      }
    }
    return ids;
  }
  // One that waits for a person after a technical refusal.
  RequestId Refused(const std::string& reference) {
    const wire::Attempt attempt = Sent(reference);
    Report(attempt, outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration()});
    return attempt.request;
  }
  void Quarantine(const identity::Practice& who = kShop) {
    wire::PlaceHold call;
    call.scope.practice = who.id;
    call.rule = HoldRule::kQuarantine;
    call.reason = "stolen";
    Ask<wire::HoldsResult>(kAnne, call);
  }
  StateCode StateOf(RequestId id) { return CodeOf(store_.Find(id)->state); }
  std::optional<ecluse::Wait> WaitOf(RequestId id) {
    const State state = store_.Find(id)->state;
    const auto* waiting = std::get_if<state::Waiting>(&state);
    return waiting ? std::optional(waiting->reason) : std::nullopt;
  }
  JournalEntry LastEntry(RequestId id) { return store_.History(id).back(); }

 private:
  Row Settled(wire::JobsResult planned) {
    if (planned.rows.size() != 1) return {};
    RunOn();
    return Look(planned.rows.front().job.id);
  }
};

inline Filter Of(const Destination& destination) {
  Filter filter;
  filter.run_by = destination.run_by;
  filter.service = destination.service;
  return filter;
}
inline Filter Of(const identity::Practice& who) {
  Filter filter;
  filter.practice = who.id;
  return filter;
}
inline Filter Waits(Wait reason) {
  Filter filter;
  filter.waits = {reason};
  return filter;
}

}  // namespace ecluse
