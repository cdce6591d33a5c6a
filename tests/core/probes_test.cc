// SPDX-License-Identifier: Apache-2.0
// Questions about doubts: a few at once, and not all at the same moment.
#include <set>

#include "tests/core/reopening_fixture.h"

namespace ecluse {
namespace {

class ProbesTest : public ReopeningTest {
 protected:
  static constexpr uint32_t kDoubts = 10;

  ProbesTest() {
    policies_[kAuthorisation].probes_at_once = 3;
    Start();
    for (uint32_t i = 0; i < kDoubts; ++i) Deposit(std::to_string(i));
    FallSilent();
  }
  absl::Time AskedNext(RequestId id) {
    return std::get<state::InDoubt>(store_.Find(id)->state).next_probe_at;
  }
};

TEST_F(ProbesTest, FewAreAskedAtOnce) {
  Settle();
  EXPECT_EQ(Pull().size(), 3u);
  EXPECT_TRUE(Pull().empty());
}

TEST_F(ProbesTest, AnAnswerMakesRoomForTheNext) {
  Settle();
  const std::vector<wire::Task> tasks = Pull();
  Learn(Of(tasks.at(0)), taken_);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(ProbesTest, AQuestionThatCouldNotBeAnsweredMakesRoomToo) {
  Settle();
  const std::vector<wire::Task> tasks = Pull();
  Learn(Of(tasks.at(0)), std::nullopt);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(ProbesTest, AQuestionThatGotLostMakesRoomInTheEnd) {
  Settle();
  EXPECT_EQ(Pull().size(), 3u);
  Wait(Policy{}.probe_every);
  EXPECT_EQ(Pull().size(), 3u);
}

TEST_F(ProbesTest, AllAreAskedInTheEnd) {
  Settle();
  size_t asked = 0;
  for (uint32_t i = 0; i < kDoubts; ++i) {
    for (const wire::Task& task : Pull()) {
      ++asked;
      Learn(Of(task), taken_);
    }
  }
  EXPECT_EQ(asked, kDoubts);
}

TEST_F(ProbesTest, ThoseThatFellSilentTogetherAreNotAskedTogether) {
  std::set<absl::Time> times;
  for (uint64_t id = 1; id <= kDoubts; ++id) times.insert(AskedNext(RequestId{id}));
  EXPECT_EQ(times.size(), size_t{kDoubts});
  EXPECT_GE(*times.begin(), now_ + Policy{}.settle);
  EXPECT_LT(*times.rbegin(), now_ + Policy{}.settle * 1.125);
}

TEST_F(ProbesTest, ARestartAsksNoMoreThanFewAtOnce) {
  Wait(absl::Hours(24));
  Start();
  EXPECT_EQ(Pull().size(), 3u);
}

TEST_F(ProbesTest, ABrokerThatWaitsForAnswersDoesNotSpin) {
  Settle();
  Pull();
  const wire::Pull pull{kWorker, {kAuthorisation}, 10, {}, absl::Minutes(1)};
  for (int turns = 0; turns < 4; ++turns) {
    Step step;
    broker_->Tick(vitals_, now_, step);
    if (turns == 0) broker_->Handle({"peer", kAdapter, {1, pull}}, now_, step);
    broker_->Finish(now_, step);
    ASSERT_TRUE(store_.Commit(step.batch).ok());
  }
  EXPECT_GT(broker_->NextWakeup(), now_);
  EXPECT_LE(broker_->NextWakeup(), now_ + Policy{}.probe_every);
}

class LeaveTest : public ReopeningTest {};

TEST_F(LeaveTest, WhatIsLeasedGoesBackAtOnceAndToAnotherWorker) {
  Deposit("a");
  const wire::Task task = Pull().at(0);
  Ask<wire::Noted>(kAdapter, wire::Leave{kWorker});
  EXPECT_EQ(Begin(Of(task)), ErrorCode::kStale);
  EXPECT_EQ(Pull(WorkerId{8}).size(), 1u);
}

TEST_F(LeaveTest, WhatHasBegunStays) {
  const wire::Attempt attempt = Sent("a");
  Ask<wire::Noted>(kAdapter, wire::Leave{kWorker});
  EXPECT_EQ(StateOf(attempt.request), StateCode::kSending);
  EXPECT_EQ(Report(attempt, taken_), ErrorCode::kNone);
}

TEST_F(LeaveTest, NoOtherAdapterGivesItBack) {
  const RequestId id = Deposit("a");
  Pull();
  const identity::Adapter stranger{{"almerys"}, {{"authorisation"}}};
  Ask<wire::Noted>(stranger, wire::Leave{kWorker});
  EXPECT_EQ(StateOf(id), StateCode::kLeased);
}

}  // namespace
}  // namespace ecluse
