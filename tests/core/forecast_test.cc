// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/core/broker_fixture.h"

namespace ecluse {
namespace {

class ForecastTest : public BrokerTest {
 protected:
  ForecastTest() {
    policies_[kAuthorisation].rate_most = 1000;  // one a second
    policies_[kAuthorisation].due_days = 1;
    Start();
  }
  wire::RequestStatus StatusOf(RequestId id) {
    const auto result = Ask<wire::StatusResult>(kShop, wire::StatusOf{{id}, {}});
    return std::get<wire::RequestStatus>(result.results.at(0));
  }
  bool IsServed() {
    return Ask<wire::OperatorsResult>(kShop, wire::Operators{}).destinations.at(0).served;
  }
  wire::Explanation Explain(RequestId id) {
    return Ask<wire::Explanation>(kAnne, wire::Explain{id});
  }
  wire::ForecastResult Forecast() {
    return Ask<wire::ForecastResult>(kAnne, wire::Forecast{kAuthorisation, {}});
  }
  void Close(absl::Duration announced_in) {
    Tell(kAnne, wire::Close{kAuthorisation, "closed", now_ + announced_in});
  }
};

TEST_F(ForecastTest, ARequestGoesAfterTheAnnouncedHourAndThoseBeforeIt) {
  Close(absl::Hours(2));
  Deposit("a");
  const RequestId second = Deposit("b");
  EXPECT_EQ(StatusOf(second).goes_in, absl::Hours(2) + absl::Seconds(2));
}

TEST_F(ForecastTest, AClosureWithoutAnHourHasNoForecast) {
  Tell(kAnne, wire::Close{kAuthorisation, "closed", std::nullopt});
  const RequestId one = Deposit("a");
  EXPECT_EQ(StatusOf(one).goes_in, std::nullopt);
  EXPECT_EQ(StatusOf(one).why, wire::WhyWaiting::kGateClosed);
}

TEST_F(ForecastTest, AQueueWhoseWorkNobodyFetchesIsUnserved) {
  const RequestId one = Deposit("a");
  EXPECT_TRUE(IsServed()) << "after a start workers are given time to arrive";
  Wait(absl::Minutes(3));
  EXPECT_FALSE(IsServed());
  EXPECT_EQ(StatusOf(one).why, wire::WhyWaiting::kUnserved);
}

TEST_F(ForecastTest, WhoFetchesServesForAWhile) {
  Wait(absl::Minutes(3));
  Pull();
  EXPECT_TRUE(IsServed());
  Wait(absl::Hours(1));
  EXPECT_FALSE(IsServed());
}

TEST_F(ForecastTest, WhatWouldGoAfterItsDateIsCountedByPractice) {
  Close(absl::Hours(30 * 24));
  Deposit("a");
  Deposit("b");
  Deposit("c", "content", kRival);
  const auto forecast = Forecast();
  EXPECT_FALSE(forecast.measured);
  EXPECT_EQ(forecast.waiting, 3U);
  ASSERT_EQ(forecast.rows.size(), 2U);
  EXPECT_EQ(forecast.rows[0].practice, kRival.id);
  EXPECT_EQ(forecast.rows[0].late, 1U);
  EXPECT_EQ(forecast.rows[1].late, 2U);
  EXPECT_TRUE(forecast.rows[1].looked_at_all);
}

TEST_F(ForecastTest, WhatPeopleMustDoIsToldBeforeWhatTakesTime) {
  Close(absl::Hours(2));
  const RequestId one = Deposit("a");
  Tell(kAnne, wire::PlaceHold{Scope{}, "stop"});
  const auto explained = Explain(one);
  ASSERT_GE(explained.reasons.size(), 3U);
  EXPECT_EQ(explained.reasons[0], wire::WhyWaiting::kHeld);
  EXPECT_EQ(explained.reasons[1], wire::WhyWaiting::kGateClosed);
  EXPECT_EQ(explained.reasons.back(), wire::WhyWaiting::kTurn);
  EXPECT_EQ(explained.goes_in, std::nullopt);
  EXPECT_EQ(StatusOf(one).why, wire::WhyWaiting::kHeld);
}

TEST_F(ForecastTest, TheShapeCountsWhatIsDueSoon) {
  Close(absl::Hours(2));
  Deposit("a");
  Deposit("b", "content", kRival);
  const auto shape = Ask<wire::ShapeReport>(kAnne, wire::Shape{});
  ASSERT_EQ(shape.rows.size(), 1U);
  EXPECT_EQ(shape.rows[0].due_soon, 2U);
  EXPECT_FALSE(shape.rows[0].due_at_least);
}

}  // namespace
}  // namespace ecluse
