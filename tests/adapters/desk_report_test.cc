// SPDX-License-Identifier: Apache-2.0
#include "proto/limits.h"
#include "tests/adapters/desk_fixture.h"

namespace ecluse {
namespace {

class DeskReportTest : public DeskTest {
 protected:
  std::optional<wire::Report> ReportAfter(std::optional<Outcome> outcome) {
    Get(1);
    Begin();
    Finish(1, std::move(outcome));
    return desk_.NextReport(now_);
  }
};

TEST_F(DeskReportTest, AnOutcomeIsReportedAndGoesWhenNoted) {
  const auto report = ReportAfter(outcome::Accepted{});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->items[0].attempt, (wire::Attempt{{1}, 1}));
  EXPECT_EQ(report->items[0].outcome, Outcome(outcome::Accepted{}));
  EXPECT_FALSE(desk_.NextReport(now_));
  Note(*report);
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskReportTest, DoubtIsReportedAsDoubt) {
  const auto report = ReportAfter(std::nullopt);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->items[0].outcome, std::nullopt);
}

TEST_F(DeskReportTest, AStaleReportIsNotRepeated) {
  Note(*ReportAfter(outcome::Accepted{}), ErrorCode::kStale);
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskReportTest, AReportThatTheBrokerRefusedAsAWholeIsKeptAndSaidAgain) {
  const auto report = ReportAfter(outcome::Accepted{});
  desk_.Refused(*report, now_);
  EXPECT_FALSE(desk_.NextReport(now_));
  now_ += absl::Seconds(5);
  EXPECT_EQ(desk_.NextReport(now_), report);
}

TEST_F(DeskReportTest, AfterARefusalReportsGoOneByOne) {
  Get(1);
  Get(2);
  Begin();
  Finish(1, outcome::Accepted{});
  Finish(2, outcome::Accepted{});
  const auto both = desk_.NextReport(now_);
  ASSERT_EQ(both->items.size(), 2u);
  desk_.Refused(*both, now_);
  now_ += absl::Seconds(5);
  EXPECT_EQ(desk_.NextReport(now_)->items.size(), 1u);
}

TEST_F(DeskReportTest, DeliveriesAndProbesAreReportedApart) {
  Get(1);
  Get(2, 1, kProbe);
  Begin();
  Finish(1, outcome::Accepted{});
  Finish(2, std::nullopt, 1, kProbe);
  const auto first = desk_.NextReport(now_);
  const auto second = desk_.NextReport(now_);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->of, kDeliver);
  EXPECT_EQ(second->of, kProbe);
}

TEST_F(DeskReportTest, ATaskStaysInHandUntilItsReportIsNoted) {
  ReportAfter(outcome::Accepted{});
  const auto pull = desk_.NextPull(now_);
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->holding, (std::vector<wire::Attempt>{{{1}, 1}}));
}

TEST_F(DeskReportTest, AnAnswerTooLargeToCarryIsDoubt) {
  const auto report = ReportAfter(outcome::Answered{Decision::kGranted, "text/plain",
                                                    std::string(limits::kAnswerBytes + 1, 'x')});
  EXPECT_EQ(report->items[0].outcome, std::nullopt);
}

TEST_F(DeskReportTest, AnAnswerThatTheBrokerCannotCarryBecomesDoubt) {
  const auto report = ReportAfter(outcome::Answered{Decision::kGranted, "text/plain", "x"});
  Note(*report, ErrorCode::kAnswerTooLarge);
  const auto again = desk_.NextReport(now_);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->items[0].outcome, std::nullopt);
}

TEST_F(DeskReportTest, AFormatThatIsNoMediaTypeDoesNotSpoilTheReport) {
  const auto report =
      ReportAfter(outcome::Answered{Decision::kGranted, std::string(500, '\x01'), "x"});
  EXPECT_EQ(std::get<outcome::Answered>(*report->items[0].outcome).format,
            "application/octet-stream");
}

TEST_F(DeskReportTest, AWordOnTheWayIsCarriedWithItsBody) {
  const outcome::Accepted word{{}, Decision::kPending, "text/plain", "x"};
  EXPECT_EQ(ReportAfter(word)->items[0].outcome, Outcome(word));
}

TEST_F(DeskReportTest, AWordTooLargeToCarryLosesItsBodyAndIsNoDoubt) {
  const auto report = ReportAfter(outcome::Accepted{
      {}, Decision::kPending, "text/plain", std::string(limits::kAnswerBytes + 1, 'x')});
  EXPECT_EQ(report->items[0].outcome, Outcome(outcome::Accepted{{}, Decision::kPending, "", ""}));
}

TEST_F(DeskReportTest, RetryAfterIsReportedInFull) {
  const auto report =
      ReportAfter(outcome::Deferred{Hindrance::kClosed, absl::Hours(24 * 28), true});
  EXPECT_EQ(std::get<outcome::Deferred>(*report->items[0].outcome).retry_after,
            absl::Hours(24 * 28));
}

TEST_F(DeskReportTest, OnlyTheHandlersFirstWordCounts) {
  Get(1);
  Begin();
  Finish(1, outcome::Accepted{});
  Finish(1, std::nullopt);
  EXPECT_EQ(desk_.NextReport(now_)->items[0].outcome, Outcome(outcome::Accepted{}));
}

}  // namespace
}  // namespace ecluse
