// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "broker/core/lifecycle.h"
#include "tests/core/broker_fixture.h"

namespace ecluse {

inline const Destination kBilling{{"viamedis"}, {"billing"}};
inline const identity::Adapter kBoth{{"viamedis"}, {{"authorisation"}, {"billing"}}};

// Cases that cross two destinations of one operator, and a worker that carries whatever has its
// turn.
class CaseTest : public BrokerTest {
 protected:
  CaseTest() {
    policies_[kBilling] = Policy{};
    Start();
  }

  static wire::Deposit::Item ItemOf(Kind kind, const std::string& reference, RequestId follows) {
    wire::Deposit::Item item = Item(reference, "content of " + reference);
    item.kind = kind;
    item.destination = kind == Kind::kBill ? kBilling : kAuthorisation;
    item.follows = follows;
    return item;
  }
  std::variant<wire::Receipt, Error> Hand(wire::Deposit::Item item) {
    return Ask<wire::DepositResult>(kShop, wire::Deposit{{std::move(item)}}).results.at(0);
  }
  RequestId Deposit(Kind kind, const std::string& reference, RequestId follows = {}) {
    const auto result = Hand(ItemOf(kind, reference, follows));
    const auto* receipt = std::get_if<wire::Receipt>(&result);
    EXPECT_NE(receipt, nullptr) << reference;
    return receipt ? receipt->number : RequestId{};
  }
  RequestId Authorisation() { return Deposit(Kind::kAuthorisation, "authorisation"); }
  RequestId Bill(RequestId follows, const std::string& reference = "bill") {
    return Deposit(Kind::kBill, reference, follows);
  }
  RequestId Document(RequestId follows, const std::string& reference = "document") {
    return Deposit(Kind::kDocument, reference, follows);
  }

  std::vector<wire::Task> PullAll() {
    return Ask<wire::Work>(
               kBoth, wire::Pull{kWorker, {kAuthorisation, kBilling}, 10, {}, absl::ZeroDuration()})
        .tasks;
  }
  std::vector<RequestId> Offered() {
    std::vector<RequestId> ids;
    for (const wire::Task& task : PullAll()) ids.push_back(task.envelope.id);
    return ids;
  }
  ErrorCode BeginIt(RequestId id) {
    const wire::Attempt attempt{id, AttemptsOf(id) + 1};
    return Ask<wire::Proceed>(kBoth, wire::Begin{kWorker, {attempt}}).items.at(0).error;
  }
  ErrorCode ReportIt(RequestId id, std::optional<Outcome> outcome) {
    const wire::Report report{
        kWorker, wire::Task::What::kDeliver, {{{id, AttemptsOf(id)}, std::move(outcome)}}};
    return Ask<wire::Noted>(kBoth, report).results.at(0);
  }
  // Carries what has its turn, all of it, with this outcome; what the tasks were is told.
  std::vector<wire::Task> Carry(const Outcome& outcome) {
    std::vector<wire::Task> tasks = PullAll();
    for (const wire::Task& task : tasks) {
      EXPECT_EQ(BeginIt(task.envelope.id), ErrorCode::kNone);
      EXPECT_EQ(ReportIt(task.envelope.id, outcome), ErrorCode::kNone);
    }
    return tasks;
  }
  static Outcome Granted(const std::string& number) {
    return outcome::Answered{Decision::kGranted, "", "", number};
  }
  static Outcome Says(Decision decision) { return outcome::Answered{decision, "", "", ""}; }
  static Outcome Accepts(Decision decision = Decision::kOther) {
    return outcome::Accepted{absl::ZeroDuration(), decision, "", "", ""};
  }
  void AnswerBy(RequestId id, Outcome outcome) {
    Ask<wire::Noted>(kBoth, wire::Answer{id, std::move(outcome)});
  }

  const store::Request Stored(RequestId id) { return *store_.Find(id); }
  uint32_t AttemptsOf(RequestId id) { return TriesOf(Stored(id).state).attempt; }
  StateCode StateOf(RequestId id) { return CodeOf(Stored(id).state); }
  // Why it waits, as its state has it; 0: it does not.
  int WaitOf(RequestId id) {
    const State state = Stored(id).state;
    const auto* waiting = std::get_if<state::Waiting>(&state);
    return waiting ? static_cast<int>(waiting->reason) : 0;
  }
  static int Code(enum Wait reason) { return static_cast<int>(reason); }

  wire::SaidResult Decide(RequestId id, const std::string& grant) {
    return Ask<wire::SaidResult>(kShop, wire::Decide{id, grant});
  }
  wire::SaidResult Elsewhere(RequestId id, const std::string& number = "",
                             const std::string& proof = "telephone, 9 February, 10:15") {
    return Ask<wire::SaidResult>(kShop, wire::SentElsewhere{id, proof, number});
  }
  wire::SaidResult Confirm(std::vector<RequestId> ids) {
    return Ask<wire::SaidResult>(kShop, wire::Confirm{std::move(ids)});
  }
  static ErrorCode CodeOfFirst(const wire::SaidResult& said) {
    const auto* error = std::get_if<Error>(&said.results.at(0));
    return error ? error->code : ErrorCode::kNone;
  }
  // How often the practice was asked or told this of a request.
  int Told(RequestId id, wire::Event event) {
    int times = 0;
    for (const wire::InboxEntry& entry : Inbox()) {
      times += entry.request == id && entry.event == event ? 1 : 0;
    }
    return times;
  }
};

}  // namespace ecluse
