// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "proto/limits.h"
#include "tests/core/job_fixture.h"

namespace ecluse {
namespace {

class DryRunTest : public JobTest {
 protected:
  Row Begun(Filter filter = Of(kAuthorisation)) { return Do(JobKind::kDryRun, filter); }
  // What the adapter is to check; nothing else may come while the gate is closed.
  std::vector<wire::Task> ToCheck(WorkerId worker = kWorker) {
    std::vector<wire::Task> tasks = Pull(worker);
    for (const wire::Task& task : tasks) EXPECT_EQ(task.what, wire::Task::What::kDryRun);
    return tasks;
  }
  ErrorCode Check(const wire::Task& task, std::vector<Problem> problems = {},
                  const identity::Adapter& who = kAdapter) {
    const wire::Checked call{kWorker, {{task.envelope.id, task.job, std::move(problems)}}};
    return Ask<wire::Noted>(who, call).results.at(0);
  }
  static std::vector<Problem> Error() {
    return {{"lines[2].lpp", "lpp.code", Severity::kError, "viamedis profile"}};
  }
};

TEST_F(DryRunTest, AClosedGateLetsNothingButChecksPass) {
  const RequestId id = Deposit("a", "the bytes");
  Close();
  const Row job = Begun();
  EXPECT_EQ(job.job.state, JobState::kRunning);
  const auto tasks = ToCheck();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, id);
  EXPECT_EQ(tasks[0].content, "the bytes");
  EXPECT_EQ(tasks[0].job, job.job.id);
}

TEST_F(DryRunTest, WhatWouldGoAndWhatWouldFailIsCountedAndFoundAgain) {
  Deposit("a");
  const RequestId bad = Deposit("b");
  Close();
  const Row job = Begun();
  const auto tasks = ToCheck();
  ASSERT_EQ(tasks.size(), 2u);
  EXPECT_EQ(Check(tasks[0]), ErrorCode::kNone);
  EXPECT_EQ(Check(tasks[1], Error()), ErrorCode::kNone);
  const Row end = Look(job.job.id);
  EXPECT_EQ(end.job.state, JobState::kDone);
  EXPECT_EQ(end.job.done, 1u);
  EXPECT_EQ(end.job.failed, 1u);
  const auto findings = Ask<wire::FindingsResult>(kReader, wire::Findings{job.job.id, {}});
  ASSERT_EQ(findings.rows.size(), 1u);
  EXPECT_EQ(findings.rows[0].request, bad);
  EXPECT_EQ(findings.rows[0].problems, Error());
}

TEST_F(DryRunTest, NothingChangesItsState) {
  const RequestId id = Deposit("a");
  Close();
  Begun();
  Check(ToCheck().at(0), Error());
  EXPECT_EQ(StateOf(id), StateCode::kReady);
  EXPECT_EQ(store_.History(id).size(), 1u);
}

TEST_F(DryRunTest, WarningsAloneFailNothing) {
  Deposit("a");
  Close();
  const Row job = Begun();
  Check(ToCheck().at(0), {{"", "nir.key", Severity::kWarning, ""}});
  EXPECT_EQ(Look(job.job.id).job.done, 1u);
}

TEST_F(DryRunTest, EachIsCheckedOnce) {
  Deposit("a");
  Close();
  Begun();
  const auto tasks = ToCheck();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_TRUE(ToCheck(WorkerId{8}).empty());
  EXPECT_EQ(Check(tasks[0]), ErrorCode::kNone);
  EXPECT_EQ(Check(tasks[0], Error()), ErrorCode::kStale);
}

TEST_F(DryRunTest, ATaskThatWasLostComesAgain) {
  Deposit("a");
  Close();
  Begun();
  ASSERT_EQ(ToCheck().size(), 1u);
  Wait(absl::Minutes(10));
  EXPECT_EQ(ToCheck().size(), 1u);
}

TEST_F(DryRunTest, WithoutAnAdapterItWaits) {
  Deposit("a");
  const Row job = Begun();
  Wait(absl::Hours(1));
  EXPECT_EQ(Look(job.job.id).job.state, JobState::kRunning);
  EXPECT_EQ(Look(job.job.id).job.done, 0u);
}

TEST_F(DryRunTest, AnotherOperatorsAdapterCantTell) {
  Deposit("a");
  Close();
  Begun();
  EXPECT_EQ(Check(ToCheck().at(0), Error(), kAlmerysAdapter), ErrorCode::kNotServed);
}

TEST_F(DryRunTest, AfterARestartWhatWasNotReportedIsCheckedAgain) {
  DepositMany(3);
  Close();
  const Row job = Begun();
  const auto tasks = ToCheck();
  ASSERT_EQ(tasks.size(), 3u);
  Check(tasks[0]);
  Check(tasks[2]);
  EXPECT_EQ(Look(job.job.id).job.done, 2u);
  Start();
  RunOn();
  EXPECT_EQ(Look(job.job.id).job.done, 1u);
  const auto again = ToCheck();
  ASSERT_EQ(again.size(), 2u);
  for (const wire::Task& task : again) Check(task);
  const Row end = Look(job.job.id);
  EXPECT_EQ(end.job.state, JobState::kDone);
  EXPECT_EQ(end.job.done, 3u);
}

TEST_F(DryRunTest, WhatWasAnsweredMeanwhileIsPassedOver) {
  const RequestId id = Deposit("a");
  Close();
  const Row job = Begun();
  Ask<wire::WithdrawResult>(kShop, wire::Withdraw{id});
  EXPECT_TRUE(ToCheck().empty());
  EXPECT_EQ(Look(job.job.id).job.state, JobState::kDone);
  EXPECT_EQ(Look(job.job.id).job.done, 0u);
}

TEST_F(DryRunTest, PausedItHandsNothingOut) {
  Deposit("a");
  Close();
  const Row job = Begun();
  Say(job, Act::kPause);
  EXPECT_TRUE(ToCheck().empty());
  Say(job, Act::kResume);
  EXPECT_EQ(ToCheck().size(), 1u);
}

TEST_F(DryRunTest, StoppedItKeepsWhatItFound) {
  DepositMany(2);
  Close();
  const Row job = Begun();
  const auto tasks = ToCheck();
  Check(tasks.at(1), Error());
  Say(job, Act::kStop);
  EXPECT_EQ(Look(job.job.id).job.failed, 1u);
  EXPECT_EQ(Check(tasks.at(0)), ErrorCode::kStale);
  EXPECT_EQ(Ask<wire::FindingsResult>(kReader, wire::Findings{job.job.id, {}}).rows.size(), 1u);
}

TEST_F(DryRunTest, WhatCantBeReadWouldFail) {
  store_.Damage(Deposit("a"));
  Close();
  const Row job = Begun();
  EXPECT_TRUE(ToCheck().empty());
  EXPECT_EQ(Look(job.job.id).job.failed, 1u);
}

TEST_F(DryRunTest, OnlySoManyAtOnce) {
  Deposit("a");
  for (uint64_t i = 1; i <= 4; ++i) {
    Filter filter = Of(kAuthorisation);
    filter.older_than = absl::Nanoseconds(0);
    filter.from = RequestId{1};
    filter.to = RequestId{i};
    EXPECT_EQ(Begun(filter).job.state, JobState::kRunning);
  }
  const Row plan = Plan(JobKind::kDryRun, Of(kAuthorisation));
  EXPECT_EQ(SayRefusal(plan, Act::kStart), ErrorCode::kTooManyJobs);
}

TEST_F(DryRunTest, FindingsComeInPages) {
  DepositMany(static_cast<int>(limits::kListPerCall) + 5);
  Close();
  const Row job = Begun();
  for (auto tasks = ToCheck(); !tasks.empty(); tasks = ToCheck()) {
    wire::Checked call{kWorker, {}};
    for (const wire::Task& task : tasks)
      call.items.push_back({task.envelope.id, task.job, Error()});
    Ask<wire::Noted>(kAdapter, call);
  }
  const auto first = Ask<wire::FindingsResult>(kReader, wire::Findings{job.job.id, {}});
  EXPECT_EQ(first.rows.size(), limits::kListPerCall);
  const auto rest = Ask<wire::FindingsResult>(kReader, wire::Findings{job.job.id, first.next});
  EXPECT_EQ(rest.rows.size(), 5u);
  EXPECT_EQ(rest.next, RequestId{});
}

}  // namespace
}  // namespace ecluse
