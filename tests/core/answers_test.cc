// SPDX-License-Identifier: Apache-2.0
// What practices hear: words on the way, answers, and what comes after them.
#include "tests/core/broker_fixture.h"

namespace ecluse {
namespace {

Outcome Word(Decision decision, const std::string& body = "word") {
  return outcome::Accepted{absl::ZeroDuration(), decision, "text/plain", body};
}

class AnswersTest : public BrokerTest {
 protected:
  ErrorCode Tell(RequestId request, Outcome outcome) {
    return Ask<wire::Noted>(kAdapter, wire::Answer{request, std::move(outcome)}).results.at(0);
  }
};

TEST_F(AnswersTest, AWordOnTheWayReachesTheInboxOnceAndTheRequestKeepsAwaiting) {
  const wire::Attempt attempt = Sent("a");
  EXPECT_EQ(Report(attempt, Word(Decision::kPending)), ErrorCode::kNone);
  Report(attempt, Word(Decision::kPending));
  EXPECT_EQ(Tell(attempt.request, Word(Decision::kPending)), ErrorCode::kStale);
  ASSERT_EQ(Inbox().size(), 1u);
  EXPECT_EQ(Inbox()[0].event, wire::Event::kNews);
  EXPECT_EQ(Inbox()[0].decision, Decision::kPending);
  EXPECT_EQ(Inbox()[0].body, "word");
  EXPECT_EQ(Status(attempt.request).state, StateCode::kAwaiting);
}

TEST_F(AnswersTest, SentAcknowledgedAndPaidAreDifferentFacts) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, outcome::Accepted{});
  EXPECT_TRUE(Status(attempt.request).said.empty());
  Tell(attempt.request, Word(Decision::kAcknowledged));
  EXPECT_EQ(Status(attempt.request).said, std::vector{Decision::kAcknowledged});
  Tell(attempt.request, outcome::Answered{Decision::kPaidOtherAmount, "", ""});
  EXPECT_EQ(Status(attempt.request).said,
            (std::vector{Decision::kAcknowledged, Decision::kPaidOtherAmount}));
  EXPECT_EQ(Status(attempt.request).state, StateCode::kSettled);
}

TEST_F(AnswersTest, WhatWasSaidSurvivesARestart) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, Word(Decision::kAcknowledged));
  Start();
  EXPECT_EQ(Tell(attempt.request, Word(Decision::kAcknowledged)), ErrorCode::kStale);
  EXPECT_EQ(Inbox().size(), 1u);
}

TEST_F(AnswersTest, WhatTheOperatorSaysAfterItsAnswerIsTold) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, outcome::Answered{Decision::kGranted, "", ""});
  EXPECT_EQ(Tell(attempt.request, outcome::Answered{Decision::kGranted, "", ""}),
            ErrorCode::kStale);
  EXPECT_EQ(Tell(attempt.request, outcome::Answered{Decision::kCancelled, "", ""}),
            ErrorCode::kNone);
  ASSERT_EQ(Inbox().size(), 2u);
  EXPECT_EQ(Inbox()[1].event, wire::Event::kNews);
  EXPECT_EQ(Status(attempt.request).state, StateCode::kSettled);
}

TEST_F(AnswersTest, AnAcknowledgementSettlesTheDoubtWhetherItWasSent) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, std::nullopt);
  Tell(attempt.request, Word(Decision::kAcknowledged));
  EXPECT_EQ(Status(attempt.request).state, StateCode::kAwaiting);
}

TEST_F(AnswersTest, AnAnswerWithoutAWordIsRefused) {
  const wire::Attempt attempt = Sent("a");
  EXPECT_EQ(Refusal(kAdapter, wire::Answer{attempt.request, outcome::Accepted{}}),
            ErrorCode::kMalformed);
}

}  // namespace
}  // namespace ecluse
