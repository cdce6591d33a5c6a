// SPDX-License-Identifier: Apache-2.0
#include "broker/core/holds.h"

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

}  // namespace
}  // namespace ecluse
