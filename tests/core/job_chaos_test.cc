// SPDX-License-Identifier: Apache-2.0
// Jobs of all kinds at once, people who change their minds, workers, and restarts at any moment.
#include <random>
#include <set>

#include "proto/limits.h"
#include "tests/core/job_fixture.h"

namespace ecluse {
namespace {

class JobChaosTest : public JobTest, public testing::WithParamInterface<unsigned> {
 protected:
  static constexpr int kRequests = 700;

  size_t Random(size_t below) { return std::uniform_int_distribution<size_t>(0, below - 1)(dice_); }

  void PlanOne() {
    constexpr JobKind kKinds[] = {JobKind::kRelease, JobKind::kConfirm, JobKind::kExport,
                                  JobKind::kDestroy, JobKind::kReroute, JobKind::kDryRun};
    const JobKind kind = kKinds[Random(6)];
    Filter filter = Of(kAuthorisation);
    filter.from = RequestId{1 + Random(kRequests)};
    if (Random(2) == 0) filter.to = RequestId{filter.from.value + Random(kRequests)};
    const auto to = kind == JobKind::kReroute ? std::optional(kAlmerys) : std::nullopt;
    const auto result = Ask<wire::JobsResult>(kAnne, wire::PlanJob{kind, filter, to, "chaos"});
    jobs_.push_back(result.rows.at(0).job.id);
  }

  // Whatever the answer is: an act that does not fit is refused, and changes nothing.
  void ActOnOne() {
    if (jobs_.empty()) return;
    const Row row = Look(jobs_[Random(jobs_.size())]);
    constexpr Act kActs[] = {Act::kStart, Act::kStart,  Act::kStart, Act::kApprove,
                             Act::kPause, Act::kResume, Act::kStop};
    const Act act = kActs[Random(7)];
    Tell(act == Act::kApprove ? kCarla : kAnne, Call(row, act));
  }

  void HandOverSome() {
    if (jobs_.empty()) return;
    const JobId job = jobs_[Random(jobs_.size())];
    std::vector<RequestId> ids;
    for (const RequestId id : store_.InState(StateCode::kWaiting, {}, 10000)) {
      const auto request = store_.Find(id);
      const auto* waiting = std::get_if<state::Waiting>(&request->state);
      if (waiting && waiting->job == job && waiting->reason == ecluse::Wait::kExport) {
        ids.push_back(id);
      }
      if (ids.size() == 100) break;
    }
    Tell(kAnne, wire::HandedOver{job, ids, "proof"});
    for (const RequestId id : ids) {
      if (StateOf(id) == StateCode::kElsewhere) ended_.insert(id);
    }
  }

  void WorkSome() {
    for (const wire::Task& task : Pull()) {
      if (task.what == wire::Task::What::kDryRun) {
        Tell(kAdapter, wire::Checked{kWorker, {{task.envelope.id, task.job, {}}}});
        continue;
      }
      if (task.what != wire::Task::What::kDeliver) continue;
      const wire::Attempt attempt{task.envelope.id, task.attempt};
      if (Begin(attempt) != ErrorCode::kNone) continue;
      EXPECT_FALSE(ended_.contains(attempt.request)) << attempt.request.value;
      begun_.insert(attempt.request);
      if (Random(3) == 0) {
        Report(attempt, outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration()});
        begun_.erase(attempt.request);
      } else {
        Report(attempt, outcome::Accepted{absl::Hours(1000)});
      }
    }
  }

  // What ended here never goes; what is at the operator is nobody's to hand over or destroy.
  void Check() {
    for (const RequestId id : ended_) ASSERT_EQ(StateOf(id), StateCode::kElsewhere) << id.value;
    for (const RequestId id : begun_) ASSERT_EQ(StateOf(id), StateCode::kAwaiting) << id.value;
    for (const auto& row : Ask<wire::JobsResult>(kReader, wire::Jobs{}).rows) {
      if (row.job.kind == JobKind::kDryRun || row.job.state == JobState::kCounting) continue;
      ASSERT_LE(row.job.done, row.job.planned) << row.job.id.value;
    }
  }

  std::mt19937 dice_{GetParam()};
  std::vector<JobId> jobs_;
  std::set<RequestId> ended_;
  std::set<RequestId> begun_;
};

TEST_P(JobChaosTest, NothingIsHandedOverAndSent) {
  DepositMany(kRequests);
  if (Random(3) == 0) Quarantine();
  for (int step = 0; step < 150; ++step) {
    switch (Random(8)) {
      case 0:
        PlanOne();
        break;
      case 1:
      case 2:
      case 3:
        ActOnOne();
        break;
      case 4:
        HandOverSome();
        break;
      case 5:
        WorkSome();
        break;
      case 6:
        Start();
        break;
      default:
        Wait(absl::Seconds(1));
    }
    if (HasFatalFailure()) return;
  }
  Check();
  for (const JobId id : jobs_) Tell(kAnne, wire::ActOnJob{id, Act::kStop, "", "the end"});
  RunOn();
  Check();
  for (const RequestId id : store_.InState(StateCode::kWaiting, {}, 10000)) {
    EXPECT_NE(WaitOf(id), ecluse::Wait::kExport) << id.value;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, JobChaosTest, testing::Range(1u, 25u));

}  // namespace
}  // namespace ecluse
