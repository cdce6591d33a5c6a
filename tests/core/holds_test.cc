// SPDX-License-Identifier: Apache-2.0
#include "broker/core/hold/holds.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

const Destination kAuthorisation{{"viamedis"}, {"authorisation"}};
const Destination kBilling{{"viamedis"}, {"billing"}};
const Destination kElsewhere{{"almerys"}, {"authorisation"}};
const PracticeId kShop{"shop"};
const PracticeId kChain{"chain"};

Scope OnOperator(const char* name) {
  Scope scope;
  scope.run_by = OperatorId{name};
  return scope;
}
Scope OnPractice(const PracticeId& practice, Scope scope = {}) {
  scope.practice = practice;
  return scope;
}
Scope OnRequest(uint64_t number) {
  Scope scope;
  scope.request = RequestId{number};
  return scope;
}

class HoldsTest : public testing::Test {
 protected:
  HoldId Place(Scope scope, std::string owner = "anne") {
    const HoldId id{++last_};
    holds_.Place({id, std::move(scope), std::move(owner), "because", absl::UnixEpoch()});
    return id;
  }
  HoldId PlaceRule(HoldRule rule, Scope scope, absl::Time since = absl::UnixEpoch()) {
    const HoldId id{++last_};
    holds_.Place({id, std::move(scope), "anne", "because", since, rule});
    return id;
  }
  static Envelope Deposited(Kind kind, absl::Time at) {
    Envelope envelope;
    envelope.id = RequestId{5};
    envelope.practice = kShop;
    envelope.destination = kBilling;
    envelope.kind = kind;
    envelope.deposited_at = at;
    return envelope;
  }
  Holds holds_;
  uint64_t last_ = 0;
};

TEST_F(HoldsTest, TheMasterStopStopsEverything) {
  Place({});
  EXPECT_TRUE(holds_.Stops(kAuthorisation, kShop));
  EXPECT_TRUE(holds_.Stops(kElsewhere, kChain));
}

TEST_F(HoldsTest, AnOperatorIsHeldInAllItsServicesAndNoOtherIs) {
  Place(OnOperator("viamedis"));
  EXPECT_TRUE(holds_.Stops(kAuthorisation));
  EXPECT_TRUE(holds_.Stops(kBilling));
  EXPECT_FALSE(holds_.Stops(kElsewhere));
}

TEST_F(HoldsTest, AnAccountIsHeldAlone) {
  Place(OnPractice(kShop, OnOperator("viamedis")));
  EXPECT_TRUE(holds_.Stops(kBilling, kShop));
  EXPECT_FALSE(holds_.Stops(kBilling, kChain));
  EXPECT_FALSE(holds_.Stops(kElsewhere, kShop));
  EXPECT_FALSE(holds_.Stops(kBilling));
}

TEST_F(HoldsTest, LiftingOneLeavesTheOther) {
  const HoldId hers = Place(OnOperator("viamedis"), "anne");
  const HoldId his = Place(OnOperator("viamedis"), "bruno");
  holds_.Lift(hers);
  EXPECT_TRUE(holds_.Stops(kAuthorisation));
  holds_.Lift(his);
  EXPECT_FALSE(holds_.Stops(kAuthorisation));
}

TEST_F(HoldsTest, ARequestIsHeldAlone) {
  Place(OnRequest(5));
  EXPECT_TRUE(holds_.Stops(RequestId{5}));
  EXPECT_FALSE(holds_.Stops(RequestId{6}));
  EXPECT_FALSE(holds_.Stops(kAuthorisation, kShop));
}

TEST_F(HoldsTest, EveryHoldOverARequestIsTold) {
  Place({});
  Place(OnPractice(kShop));
  Place(OnRequest(5));
  Place(OnPractice(kChain));
  EXPECT_EQ(holds_.Over(kAuthorisation, kShop, RequestId{5}).size(), 3u);
}

TEST_F(HoldsTest, AHoldOnAKindStopsNoLaneButEachRequestOfIt) {
  Scope scope = OnOperator("viamedis");
  scope.kind = Kind::kBill;
  const HoldId id = Place(scope);
  EXPECT_FALSE(holds_.Stops(kBilling));
  EXPECT_TRUE(holds_.StopsFinely(Deposited(Kind::kBill, absl::UnixEpoch())));
  EXPECT_FALSE(holds_.StopsFinely(Deposited(Kind::kDocument, absl::UnixEpoch())));
  EXPECT_EQ(holds_.Over(Deposited(Kind::kDocument, absl::UnixEpoch())).size(), 0u);
  holds_.Lift(id);
  EXPECT_FALSE(holds_.StopsFinely(Deposited(Kind::kBill, absl::UnixEpoch())));
}

TEST_F(HoldsTest, AHoldOnATimeStopsWhatWasDepositedInIt) {
  Scope scope = OnPractice(kShop);
  scope.deposited_from = absl::FromUnixSeconds(100);
  scope.deposited_until = absl::FromUnixSeconds(200);
  Place(scope);
  EXPECT_FALSE(holds_.StopsFinely(Deposited(Kind::kBill, absl::FromUnixSeconds(99))));
  EXPECT_TRUE(holds_.StopsFinely(Deposited(Kind::kBill, absl::FromUnixSeconds(100))));
  EXPECT_FALSE(holds_.StopsFinely(Deposited(Kind::kBill, absl::FromUnixSeconds(200))));
}

TEST_F(HoldsTest, TheNewestIncidentCountsAndLiftingItBringsTheOlderBack) {
  PlaceRule(HoldRule::kIncident, OnOperator("viamedis"), absl::FromUnixSeconds(100));
  const HoldId newest =
      PlaceRule(HoldRule::kIncident, OnOperator("viamedis"), absl::FromUnixSeconds(200));
  PlaceRule(HoldRule::kIncident, OnOperator("zeta"), absl::FromUnixSeconds(300));
  EXPECT_EQ(holds_.IncidentOf({"viamedis"}), absl::FromUnixSeconds(200));
  EXPECT_EQ(holds_.IncidentOf({"almerys"}), absl::InfinitePast());
  EXPECT_FALSE(holds_.Stops(kAuthorisation, kShop));
  holds_.Lift(newest);
  EXPECT_EQ(holds_.IncidentOf({"viamedis"}), absl::FromUnixSeconds(100));
}

TEST_F(HoldsTest, ARestoredStoreSendsNothingAndAsksAllTheSame) {
  const HoldId id = PlaceRule(HoldRule::kRestored, {});
  EXPECT_TRUE(holds_.Stops(kAuthorisation, kShop));
  EXPECT_FALSE(holds_.StopsProbes(kAuthorisation));
  Place({});
  EXPECT_TRUE(holds_.StopsProbes(kAuthorisation));
  holds_.Lift(id);
  EXPECT_TRUE(holds_.Stops(kAuthorisation));
}

TEST_F(HoldsTest, AQuarantineIsOfItsPracticeAloneAndStopsNoLane) {
  PlaceRule(HoldRule::kQuarantine, OnPractice(kShop));
  EXPECT_TRUE(holds_.IsQuarantined(kShop));
  EXPECT_FALSE(holds_.IsQuarantined(kChain));
  EXPECT_FALSE(holds_.Stops(kAuthorisation, kShop));
}

TEST_F(HoldsTest, TheClockKnowsWhichHoldsEnd) {
  Hold hold{HoldId{9}, {}, "anne", "because", absl::UnixEpoch()};
  hold.until = absl::FromUnixSeconds(100);
  holds_.Place(hold);
  Place({});
  EXPECT_EQ(holds_.NextEnd(), hold.until);
  EXPECT_TRUE(holds_.EndedBy(absl::FromUnixSeconds(99)).empty());
  EXPECT_EQ(holds_.EndedBy(absl::FromUnixSeconds(100)), std::vector{hold.id});
  holds_.Lift(hold.id);
  EXPECT_EQ(holds_.NextEnd(), absl::InfiniteFuture());
}

}  // namespace
}  // namespace ecluse
