// SPDX-License-Identifier: Apache-2.0
// Holds of people, as the broker keeps them: which parts, since when, until when.
#include <algorithm>

#include "tests/core/reopening_fixture.h"

namespace ecluse {
namespace {

class HeldTest : public ReopeningTest {
 protected:
  RequestId DepositBill(const std::string& reference) {
    wire::Deposit::Item item = Item(reference, "content");
    item.kind = Kind::kBill;
    const auto result = Ask<wire::DepositResult>(kShop, wire::Deposit{{item}});
    return std::get<wire::Receipt>(result.results.at(0)).number;
  }
  static wire::PlaceHold OnBills() {
    wire::PlaceHold call;
    call.scope.run_by = kAuthorisation.run_by;
    call.scope.kind = Kind::kBill;
    call.reason = "bills come back";
    return call;
  }
};

TEST_F(HeldTest, AHoldOnBillsSetsThemAsideAndAuthorisationsGo) {
  const RequestId bill = DepositBill("a");
  const RequestId other = Deposit("b");
  Place(OnBills());
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, other);
  Pull();
  EXPECT_EQ(StateOf(bill), StateCode::kWaiting);
  EXPECT_EQ(WaitOf(bill), ecluse::Wait::kHeld);
}

TEST_F(HeldTest, WhatAHoldOnBillsSetAsideComesBackWhenItIsLifted) {
  const RequestId bill = DepositBill("a");
  const Hold hold = Place(OnBills());
  Pull();
  Lift(hold.id);
  Wait(absl::Seconds(1));
  EXPECT_EQ(StateOf(bill), StateCode::kReady);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(HeldTest, ManyThatComeBackTakeNoTurnForThemselves) {
  std::vector<RequestId> bills;
  for (int i = 0; i < 300; ++i) bills.push_back(DepositBill("bill " + std::to_string(i)));
  const auto ready = [&] {
    return std::count_if(bills.begin(), bills.end(),
                         [&](RequestId id) { return StateOf(id) == StateCode::kReady; });
  };
  const Hold hold = Place(OnBills());
  for (int pulls = 0; ready() > 0 && pulls < 20; ++pulls) Pull();
  ASSERT_EQ(ready(), 0);
  Lift(hold.id);
  Wait(absl::Seconds(1));
  EXPECT_GT(ready(), 0);
  EXPECT_LT(ready(), 300);
  for (int turns = 0; turns < 5; ++turns) Wait(absl::Seconds(1));
  EXPECT_EQ(ready(), 300);
}

TEST_F(HeldTest, WhatTwoHoldsSetAsideWaitsForTheEndOfBoth) {
  const RequestId bill = DepositBill("a");
  const Hold kind = Place(OnBills());
  wire::PlaceHold own;
  own.scope.request = bill;
  own.reason = "a question";
  const Hold alone = Place(own);
  Lift(kind.id);
  Wait(absl::Seconds(1));
  EXPECT_EQ(StateOf(bill), StateCode::kWaiting);
  Lift(alone.id);
  EXPECT_EQ(StateOf(bill), StateCode::kReady);
}

TEST_F(HeldTest, ABillThatWasGrantedBeforeTheHoldMayNotBegin) {
  const RequestId bill = DepositBill("a");
  const wire::Task task = Pull().at(0);
  Place(OnBills());
  EXPECT_EQ(Begin(Of(task)), ErrorCode::kNotNow);
  EXPECT_EQ(StateOf(bill), StateCode::kWaiting);
}

TEST_F(HeldTest, TheMasterStopIsAskedAtTheMomentOfSending) {
  Deposit("a");
  const wire::Task task = Pull().at(0);
  Place(wire::PlaceHold{{}, "stop"});
  EXPECT_EQ(Begin(Of(task)), ErrorCode::kNotNow);
}

TEST_F(HeldTest, AHoldEndsByTheClockAndTheBrokerWakesForIt) {
  Deposit("a");
  wire::PlaceHold call{{}, "until the call is over"};
  call.until = now_ + absl::Hours(1);
  Place(call);
  EXPECT_TRUE(Pull().empty());
  EXPECT_LE(broker_->NextWakeup(), now_ + absl::Hours(1));
  Wait(absl::Hours(1));
  EXPECT_TRUE(Holds().empty());
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(HeldTest, AHoldOnOneRequestEndsByTheClock) {
  const RequestId id = Deposit("a");
  wire::PlaceHold call;
  call.scope.request = id;
  call.reason = "a question";
  call.until = now_ + absl::Hours(1);
  Place(call);
  EXPECT_EQ(StateOf(id), StateCode::kWaiting);
  Wait(absl::Hours(1));
  EXPECT_EQ(StateOf(id), StateCode::kReady);
}

TEST_F(HeldTest, WhatAHoldSetsAsideInTheTurnThatEndsItComesBackToo) {
  wire::PlaceHold call = OnBills();
  call.until = now_ + absl::Minutes(1);
  Place(call);
  BrokerTest::Tell(kAdapter, wire::Pull{kWorker, {kAuthorisation}, 10, {}, absl::Hours(1)});
  const RequestId bill = DepositBill("a");
  Wait(absl::Minutes(1));
  Wait(absl::Seconds(1));
  Wait(absl::Seconds(1));
  EXPECT_EQ(StateOf(bill), StateCode::kLeased);
}

TEST_F(HeldTest, TheClockLiftsNoHoldThatHasNoEnd) {
  wire::PlaceHold call{{}, "stop"};
  Place(call);
  call.until = now_ + absl::Hours(1);
  Place(call);
  Wait(absl::Hours(2));
  ASSERT_EQ(Holds().size(), 1u);
  EXPECT_EQ(Holds()[0].until, absl::InfiniteFuture());
}

TEST_F(HeldTest, AnEndThatHasPassedIsRefused) {
  wire::PlaceHold call{{}, "stop"};
  call.until = now_;
  EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kTime);
}

TEST_F(HeldTest, AHoldOnOneRequestHasNoOtherPart) {
  wire::PlaceHold call;
  call.scope.request = Deposit("a");
  call.scope.kind = Kind::kBill;
  call.reason = "a question";
  EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kScope);
}

TEST_F(HeldTest, NobodyPlacesAHoldInTheNameOfARule) {
  for (const HoldRule rule : {HoldRule::kCredentials, HoldRule::kRestored}) {
    wire::PlaceHold call{{}, "stop"};
    call.rule = rule;
    EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kScope);
  }
}

TEST_F(HeldTest, AnIncidentIsOfAnOperatorAndAQuarantineOfAPractice) {
  wire::PlaceHold call{{}, "stolen"};
  call.rule = HoldRule::kIncident;
  EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kScope);
  call.scope.run_by = kAuthorisation.run_by;
  call.rule = HoldRule::kQuarantine;
  EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kScope);
}

TEST_F(HeldTest, AnIncidentHasNoEndAndDidNotHappenInTheFuture) {
  wire::PlaceHold call{{}, "stolen"};
  call.scope.run_by = kAuthorisation.run_by;
  call.rule = HoldRule::kIncident;
  call.until = now_ + absl::Hours(1);
  EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kTime);
  call.until = absl::InfiniteFuture();
  call.since = now_ + absl::Hours(1);
  EXPECT_EQ(Refusal(kAnne, call), ErrorCode::kTime);
}

TEST_F(HeldTest, AnIncidentThatIsDeclaredTwiceWithinMinutesIsOne) {
  const Hold first = DeclareIncident();
  Wait(absl::Minutes(1));
  EXPECT_EQ(DeclareIncident(), first);
  Wait(absl::Hours(5));
  EXPECT_NE(DeclareIncident(), first);
}

}  // namespace
}  // namespace ecluse
