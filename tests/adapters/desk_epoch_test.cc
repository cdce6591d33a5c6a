// SPDX-License-Identifier: Apache-2.0
// Work of several lives of the broker's store, and dry runs.
#include "proto/limits.h"
#include "tests/adapters/desk_fixture.h"

namespace ecluse {
namespace {

class DeskEpochTest : public DeskTest {
 protected:
  static constexpr auto kDryRun = wire::Task::What::kDryRun;
  bool GetOf(StoreEpoch epoch, uint64_t request, uint32_t attempt = 1,
             wire::Task::What what = kDeliver) {
    return desk_.Take(wire::Work{{TaskOf(request, attempt, what)}, epoch}, now_);
  }
  void GetDryRun(uint64_t request, uint64_t job = 1) {
    wire::Task task = TaskOf(request, 0, kDryRun);
    task.job = {job};
    task.lease = absl::ZeroDuration();
    task.grant = "OP1";
    desk_.Take(wire::Work{{task}}, now_);
  }
  static Problem Wrong(size_t bytes = 1) {
    return {std::string(bytes, 'p'), "rule", Severity::kError, "test"};
  }
};

TEST_F(DeskEpochTest, WorkOfASmallerEpochIsRefused) {
  EXPECT_TRUE(GetOf(3, 1));
  EXPECT_FALSE(GetOf(2, 2));
  EXPECT_EQ(desk_.NextPull(now_)->holding.size(), 1u);
  EXPECT_TRUE(GetOf(3, 2));
}

TEST_F(DeskEpochTest, BeginSaysTheEpochOfTheWork) {
  GetOf(3, 1);
  EXPECT_EQ(desk_.NextBegin(now_)->epoch, 3u);
}

TEST_F(DeskEpochTest, AGreaterEpochPutsDownWhatHasNotBegun) {
  GetOf(3, 1);
  GetOf(3, 2, 1, kProbe);
  GetOf(4, 3);
  EXPECT_EQ(desk_.NextPull(now_)->holding, (std::vector<wire::Attempt>{{{3}, 1}}));
  EXPECT_EQ(desk_.NextBegin(now_)->epoch, 4u);
}

TEST_F(DeskEpochTest, AProceedFromBeforeTheGreaterEpochSendsNothing) {
  GetOf(3, 1);
  const auto begin = desk_.NextBegin(now_);
  GetOf(4, 2);
  Proceed(*begin);
  EXPECT_TRUE(desk_.NextCalls(now_).empty());
}

TEST_F(DeskEpochTest, AFencedBeginPutsTheTaskDown) {
  GetOf(3, 1);
  const auto begin = desk_.NextBegin(now_);
  desk_.Take(wire::Proceed{{{begin->attempts[0], ErrorCode::kFenced, {}}}}, now_, now_);
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskEpochTest, AGreaterEpochCountsAttemptsAnew) {
  GetOf(3, 1);
  Begin();
  Finish(1, outcome::Accepted{});
  Note(*desk_.NextReport(now_));
  GetOf(4, 1);
  EXPECT_EQ(Begin().size(), 1u) << "the restored store knows nothing of the first try";
}

TEST_F(DeskEpochTest, AReportSaysTheEpochOfItsWork) {
  GetOf(3, 1);
  Begin();
  GetOf(4, 2);
  Begin();
  Finish(1, outcome::Accepted{});
  Finish(2, outcome::Accepted{});
  const auto first = desk_.NextReport(now_);
  const auto second = desk_.NextReport(now_);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->epoch, 3u);
  EXPECT_EQ(first->items.size(), 1u);
  EXPECT_EQ(second->epoch, 4u);
}

TEST_F(DeskEpochTest, TheGrantGoesToTheHandlerWithTheContent) {
  wire::Task task = TaskOf(1, 1, kDeliver);
  task.grant = "OP00000001";
  desk_.Take(wire::Work{{task}}, now_);
  EXPECT_EQ(Begin().at(0).grant, "OP00000001");
}

TEST_F(DeskEpochTest, ADryRunIsNeverBegunAndNeverLapses) {
  GetDryRun(1);
  now_ += absl::Hours(1);
  EXPECT_FALSE(desk_.NextBegin(now_));
  const auto calls = desk_.NextCalls(now_);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].what, kDryRun);
  EXPECT_EQ(calls[0].content, "content of 1");
  EXPECT_EQ(calls[0].grant, "OP1");
}

TEST_F(DeskEpochTest, WhatADryRunFoundIsSaidOnceItIsDoneAndThenForgotten) {
  GetDryRun(1);
  GetDryRun(1);
  EXPECT_FALSE(desk_.NextChecked());
  desk_.NextCalls(now_);
  desk_.Done({1}, {1}, {Wrong()});
  const auto checked = desk_.NextChecked();
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->items, (std::vector<wire::Checked::Item>{{{1}, {1}, {Wrong()}}}));
  EXPECT_FALSE(desk_.NextChecked()) << "under way";
  EXPECT_FALSE(desk_.NextReport(now_)) << "it is no outcome";
  desk_.Answered(*checked);
  EXPECT_TRUE(desk_.Empty());
}

TEST_F(DeskEpochTest, DryRunsTakeRoomButAreNotHeld) {
  GetDryRun(1);
  GetDryRun(1, 2);
  const auto pull = desk_.NextPull(now_);
  EXPECT_EQ(pull->slots, 2u);
  EXPECT_TRUE(pull->holding.empty()) << "else the broker would not send their delivery again";
}

TEST_F(DeskEpochTest, DryRunsLeaveAThreadForDeliveries) {
  GetDryRun(1);
  GetDryRun(2);
  EXPECT_EQ(desk_.NextCalls(now_).size(), 1u) << "half of two threads";
  Get(3);
  EXPECT_EQ(Begin().size(), 1u);
}

TEST_F(DeskEpochTest, AStopPutsDownDryRunsThatDoNotRun) {
  GetDryRun(1);
  GetDryRun(2);
  const auto calls = desk_.NextCalls(now_);
  desk_.Stop();
  EXPECT_FALSE(desk_.Empty());
  desk_.Done({1}, calls.at(0).envelope.id, {});
  desk_.Answered(*desk_.NextChecked());
  EXPECT_TRUE(desk_.Empty());
}

TEST(ChecksTest, ManyFindingsGoInSeveralCallsAndTooManyAreCut) {
  Checks checks;
  for (uint64_t request = 1; request <= 3; ++request) {
    wire::Task task;
    task.envelope.id = {request};
    checks.Take(task);
  }
  EXPECT_EQ(checks.NextCalls(10).size(), 3u);
  const Problem longest{std::string(1'000, 'p'), std::string(1'000, 'r'), Severity::kError,
                        std::string(1'000, 's')};
  for (uint64_t request = 1; request <= 3; ++request) {
    checks.Done({}, {request}, std::vector<Problem>(1'000, longest));
  }
  for (int call = 0; call < 3; ++call) {
    const auto checked = checks.Next({7});
    ASSERT_TRUE(checked);
    ASSERT_EQ(checked->items.size(), 1u);
    EXPECT_LE(checked->items[0].problems.size(), limits::kProblemsPerItem);
    checks.Answered(*checked);
  }
  EXPECT_EQ(checks.size(), 0u);
}

}  // namespace
}  // namespace ecluse
