// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "broker/core/broker.h"
#include "tests/support/fake_store.h"

namespace ecluse {

inline const Destination kAuthorisation{{"viamedis"}, {"authorisation"}};
inline const identity::Practice kShop{{"shop"}, {"750000002"}};
inline const identity::Practice kRival{{"rival"}, {"750000010"}};
inline const identity::Adapter kAdapter{{"viamedis"}, {{"authorisation"}}};
inline const identity::Ops kAnne{"anne", true};
inline const identity::Ops kReader{"bruno", false};
inline constexpr WorkerId kWorker{7};

// A broker over a store in memory, with a clock that stands still until told. One call, one turn.
class BrokerTest : public testing::Test {
 protected:
  BrokerTest() { Start(); }

  void Start() {
    store_.Reopen();
    broker_ = std::make_unique<Broker>(store_, policies_, routes_, *store_.Recover(), now_);
  }

  // What the peer hears to this call, in this turn or, for a pull, in the next.
  template <class Result>
  Result Ask(const Identity& who, wire::CallBody call) {
    Turn(&who, std::move(call));
    if (heard_.empty()) Turn(nullptr, {});
    if (heard_.size() != 1) {
      ADD_FAILURE() << heard_.size() << " replies";
      return {};
    }
    const auto* result = std::get_if<Result>(&heard_.front());
    EXPECT_NE(result, nullptr) << "another kind of reply: " << heard_.front().index();
    return result ? *result : Result{};
  }
  ErrorCode Refusal(const Identity& who, wire::CallBody call) {
    return Ask<Error>(who, std::move(call)).code;
  }

  // Says it, whatever the answer is.
  void Tell(const Identity& who, wire::CallBody call) { Turn(&who, std::move(call)); }

  RequestId Deposit(const std::string& reference, const std::string& content = "content",
                    const identity::Practice& who = kShop) {
    const auto result =
        Ask<wire::DepositResult>(who, wire::Deposit{{Item(reference, content, who)}});
    const auto* receipt = std::get_if<wire::Receipt>(&result.results.at(0));
    return receipt ? receipt->number : RequestId{};
  }
  static wire::Deposit::Item Item(const std::string& reference, const std::string& content,
                                  const identity::Practice& who = kShop) {
    return {kAuthorisation,       who.finess.front(), reference,
            Kind::kAuthorisation, "text/plain",       content};
  }

  std::vector<wire::Task> Pull(WorkerId worker = kWorker, std::vector<wire::Attempt> holding = {}) {
    return Ask<wire::Work>(
               kAdapter,
               wire::Pull{worker, {kAuthorisation}, 10, std::move(holding), absl::ZeroDuration()})
        .tasks;
  }
  ErrorCode Begin(wire::Attempt attempt, WorkerId worker = kWorker) {
    return Ask<wire::Proceed>(kAdapter, wire::Begin{worker, {attempt}}).items.at(0).error;
  }
  ErrorCode Report(wire::Attempt attempt, std::optional<Outcome> outcome,
                   WorkerId worker = kWorker) {
    const wire::Report report{worker, wire::Task::What::kDeliver, {{attempt, std::move(outcome)}}};
    return Ask<wire::Noted>(kAdapter, report).results.at(0);
  }
  // Deposits one and carries it to the point where the operator may have it.
  wire::Attempt Sent(const std::string& reference) {
    Deposit(reference);
    const wire::Task task = Pull().at(0);
    const wire::Attempt attempt{task.envelope.id, task.attempt};
    EXPECT_EQ(Begin(attempt), ErrorCode::kNone);
    return attempt;
  }
  wire::RequestStatus Status(RequestId id) {
    const auto result = Ask<wire::StatusResult>(kShop, wire::StatusOf{{id}, {}});
    return std::get<wire::RequestStatus>(result.results.at(0));
  }
  std::vector<wire::InboxEntry> Inbox() {
    return Ask<wire::InboxResult>(kShop, wire::Inbox{}).entries;
  }
  void Close() {
    Ask<wire::GateResult>(kAnne, wire::Close{kAuthorisation, "portal closed", std::nullopt});
  }
  void Wait(absl::Duration time) {
    now_ += time;
    Turn(nullptr, {});
  }

  Policies policies_{{kAuthorisation, Policy{}}};
  Routes routes_;
  FakeStore store_;
  std::unique_ptr<Broker> broker_;
  Vitals vitals_;
  absl::Time now_ = absl::FromUnixSeconds(1706698800);

 private:
  void Turn(const Identity* who, wire::CallBody call) {
    Step step;
    broker_->Tick(vitals_, now_, step);
    if (who) broker_->Handle({"peer", *who, {1, std::move(call)}}, now_, step);
    broker_->Finish(now_, step);
    const auto committed = store_.Commit(step.batch);
    heard_.clear();
    ASSERT_TRUE(committed.ok());
    for (Outbound& word : std::move(step).Release(*committed)) {
      heard_.push_back(std::move(word.reply.body));
    }
    EXPECT_EQ(store_.contradiction(), "");
    EXPECT_EQ(store_.Audit(), "");
  }

  std::vector<wire::ReplyBody> heard_;
};

}  // namespace ecluse
