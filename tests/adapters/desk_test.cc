// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/desk_fixture.h"

namespace ecluse {
namespace {

TEST_F(DeskTest, NothingIsDeliveredBeforeProceed) {
  Get(1);
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
  ASSERT_TRUE(desk_.NextBegin(now_));
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
}

TEST_F(DeskTest, AfterProceedTheHandlerGetsTheContent) {
  Get(1, 3);
  const auto calls = Begin();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].envelope.id.value, 1u);
  EXPECT_EQ(calls[0].attempt, 3u);
  EXPECT_EQ(calls[0].content, "content of 1");
}

TEST_F(DeskTest, ARepeatedTaskIsOneTask) {
  Get(1);
  Get(1);
  EXPECT_EQ(Begin().size(), 1u);
  Get(1);
  EXPECT_EQ(Begin().size(), 0u);
}

TEST_F(DeskTest, ARepeatedProceedDeliversOnce) {
  Get(1);
  const auto begin = desk_.NextBegin(now_);
  Proceed(*begin);
  EXPECT_EQ(desk_.NextCalls(now_).size(), 1u);
  Proceed(*begin);
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
}

TEST_F(DeskTest, AnAttemptThatWasDeliveredNeverComesBack) {
  Get(1);
  Begin();
  Finish(1, outcome::Accepted{});
  Note(*desk_.NextReport(now_));
  EXPECT_TRUE(desk_.Empty());
  Get(1);
  EXPECT_TRUE(desk_.Empty());
  Get(1, 2);
  EXPECT_EQ(Begin().size(), 1u);
}

TEST_F(DeskTest, ARefusedBeginPutsTheTaskDown) {
  Get(1);
  const auto begin = desk_.NextBegin(now_);
  desk_.Take(wire::Proceed{{{begin->attempts[0], ErrorCode::kNotNow, {}}}}, now_, now_);
  EXPECT_TRUE(desk_.Empty());
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
}

TEST_F(DeskTest, ALapsedLeaseIsPutDownUnasked) {
  Get(1);
  now_ += absl::Seconds(30);
  EXPECT_FALSE(desk_.NextBegin(now_));
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskTest, AProceedThatCameTooLateSendsNothingAndSaysSo) {
  Get(1);
  const auto begin = desk_.NextBegin(now_);
  now_ += absl::Seconds(121);
  Proceed(*begin);
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
  const auto report = desk_.NextReport(now_);
  ASSERT_TRUE(report);
  EXPECT_EQ(std::get<outcome::Deferred>(*report->items[0].outcome).hindrance, Hindrance::kAdapter);
}

// 60 of 120 seconds are needed for the delivery itself.
TEST_F(DeskTest, ATryThatCouldOutlastTheSilenceIsNotBegun) {
  Get(1);
  const auto begin = desk_.NextBegin(now_);
  now_ += absl::Seconds(61);
  Proceed(*begin);
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
  EXPECT_TRUE(desk_.NextReport(now_));
}

TEST_F(DeskTest, NoMoreIsBegunThanThereAreThreads) {
  for (uint64_t request = 1; request <= 4; ++request) Get(request);
  EXPECT_EQ(Begin().size(), 2u);
  EXPECT_FALSE(desk_.NextBegin(now_));
  Finish(1, outcome::Accepted{});
  EXPECT_EQ(Begin().size(), 1u);
}

TEST_F(DeskTest, AProbeWaitsForAThreadButNotForABegin) {
  Get(1, 1, kProbe);
  Get(2, 1, kProbe);
  Get(3, 1, kProbe);
  EXPECT_EQ(desk_.NextCalls(now_).size(), 2u);
  Finish(1, std::nullopt, 1, kProbe);
  EXPECT_EQ(desk_.NextCalls(now_).size(), 1u);
}

TEST_F(DeskTest, APullTellsWhatIsInHandAndHowMuchMoreFits) {
  Get(1);
  Get(2, 5);
  const auto pull = desk_.NextPull(now_);
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->worker.value, 77u);
  EXPECT_EQ(pull->slots, 2u);
  EXPECT_EQ(pull->holding, (std::vector<wire::Attempt>{{{1}, 1}, {{2}, 5}}));
}

TEST_F(DeskTest, AFullDeskDoesNotPull) {
  for (uint64_t request = 1; request <= 4; ++request) Get(request);
  EXPECT_FALSE(desk_.NextPull(now_));
}

TEST_F(DeskTest, StoppingPutsDownWhatHasNotBegunAndFinishesTheRest) {
  Get(1);
  Begin();
  Get(2);
  desk_.Stop();
  EXPECT_FALSE(desk_.NextPull(now_));
  EXPECT_FALSE(desk_.NextBegin(now_));
  EXPECT_FALSE(desk_.Empty());
  Finish(1, outcome::Accepted{});
  Note(*desk_.NextReport(now_));
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskTest, AProceedAfterStopSendsNothingAndSaysSo) {
  Get(1);
  const auto begin = desk_.NextBegin(now_);
  desk_.Stop();
  Proceed(*begin);
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
  const auto report = desk_.NextReport(now_);
  ASSERT_TRUE(report);
  EXPECT_TRUE(std::holds_alternative<outcome::Deferred>(*report->items[0].outcome));
  Note(*report);
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskTest, NothingIsTakenAfterStop) {
  desk_.Stop();
  Get(1);
  EXPECT_TRUE(desk_.Empty());
}

}  // namespace
}  // namespace ecluse
