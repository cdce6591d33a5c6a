// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "proto/limits.h"
#include "tests/core/cases_fixture.h"

namespace ecluse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PracticeDecidesTest : public CaseTest {};

TEST_F(PracticeDecidesTest, OnlyABillThatWaitsForTheDecisionIsDecided) {
  const RequestId authorisation = Authorisation();
  const RequestId bill = Bill(authorisation);
  EXPECT_EQ(CodeOfFirst(Decide(bill, "PEC-1")), ErrorCode::kNotAsked);
  EXPECT_EQ(CodeOfFirst(Decide(authorisation, "PEC-1")), ErrorCode::kNotAsked);
}

TEST_F(PracticeDecidesTest, ADecisionMayBeRepeatedAndAnotherOneComesTooLate) {
  const RequestId bill = Bill(Authorisation());
  Carry(Says(Decision::kGrantedOtherAmount));
  EXPECT_EQ(CodeOfFirst(Decide(bill, "PEC-1")), ErrorCode::kNone);
  EXPECT_EQ(CodeOfFirst(Decide(bill, "PEC-1")), ErrorCode::kNone);
  EXPECT_EQ(CodeOfFirst(Decide(bill, "PEC-2")), ErrorCode::kNotAsked);
}

TEST_F(PracticeDecidesTest, ANumberThatCantBeOneIsRefused) {
  const RequestId bill = Bill(Authorisation());
  Carry(Says(Decision::kGrantedOtherAmount));
  EXPECT_EQ(CodeOfFirst(Decide(bill, std::string(limits::kNumberBytes + 1, '7'))),
            ErrorCode::kNumber);
  EXPECT_EQ(CodeOfFirst(Decide(bill, "PEC\n1")), ErrorCode::kNumber);
}

TEST_F(PracticeDecidesTest, AnothersRequestIsUnknown) {
  const RequestId id = Authorisation();
  const auto unknown = [&](wire::CallBody call) {
    return CodeOfFirst(Ask<wire::SaidResult>(kRival, std::move(call)));
  };
  EXPECT_EQ(unknown(wire::Confirm{{id}}), ErrorCode::kUnknownRequest);
  EXPECT_EQ(unknown(wire::Decide{id, ""}), ErrorCode::kUnknownRequest);
  EXPECT_EQ(unknown(wire::SentElsewhere{id, "telephone", ""}), ErrorCode::kUnknownRequest);
  EXPECT_EQ(StateOf(id), StateCode::kReady);
}

TEST_F(PracticeDecidesTest, SentByOtherMeansEndsItWithTheProofInItsHistory) {
  const RequestId id = Authorisation();
  EXPECT_EQ(CodeOfFirst(Elsewhere(id)), ErrorCode::kNone);
  EXPECT_EQ(StateOf(id), StateCode::kElsewhere);
  EXPECT_EQ(store_.History(id).back().note, "telephone, 9 February, 10:15");
  EXPECT_THAT(Offered(), IsEmpty());
}

TEST_F(PracticeDecidesTest, SentByOtherMeansNeedsAProof) {
  const RequestId id = Authorisation();
  EXPECT_EQ(CodeOfFirst(Elsewhere(id, "", "")), ErrorCode::kNumber);
  EXPECT_EQ(CodeOfFirst(Elsewhere(id, "", std::string(limits::kReasonBytes + 1, 'x'))),
            ErrorCode::kNumber);
  EXPECT_EQ(StateOf(id), StateCode::kReady);
}

TEST_F(PracticeDecidesTest, SentByOtherMeansMayBeRepeatedButNotWithAnotherNumber) {
  const RequestId id = Authorisation();
  Elsewhere(id, "PEC-3");
  EXPECT_EQ(CodeOfFirst(Elsewhere(id, "PEC-3")), ErrorCode::kNone);
  EXPECT_EQ(CodeOfFirst(Elsewhere(id, "PEC-4")), ErrorCode::kNotUnsent);
}

TEST_F(PracticeDecidesTest, WhatMayBeAtTheOperatorWasNotSentByOtherMeans) {
  const RequestId id = Authorisation();
  PullAll();
  BeginIt(id);
  EXPECT_EQ(CodeOfFirst(Elsewhere(id)), ErrorCode::kNotUnsent);
  ReportIt(id, std::nullopt);
  EXPECT_EQ(CodeOfFirst(Elsewhere(id)), ErrorCode::kNotUnsent);
}

TEST_F(PracticeDecidesTest, WhatIsInAWorkersHandsIsStoppedByIt) {
  const RequestId id = Authorisation();
  PullAll();
  EXPECT_EQ(CodeOfFirst(Elsewhere(id)), ErrorCode::kNone);
  EXPECT_EQ(BeginIt(id), ErrorCode::kStale);
}

TEST_F(PracticeDecidesTest, AReportOfATryThatWasGivenUpRaisesAnAlarmAtItsEnd) {
  const RequestId id = Authorisation();
  Carry(Outcome{outcome::Deferred{Hindrance::kAdapter, absl::ZeroDuration(), false}});
  Elsewhere(id);
  EXPECT_EQ(ReportIt(id, Accepts()), ErrorCode::kNone);
  EXPECT_TRUE(TriesOf(Stored(id).state).maybe_twice);
  EXPECT_EQ(StateOf(id), StateCode::kElsewhere);
}

TEST_F(PracticeDecidesTest, ManyAreConfirmedInOneCallEachWithItsResult) {
  const RequestId one = Authorisation();
  const auto said = Confirm({one, RequestId{999}});
  ASSERT_EQ(said.results.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<wire::RequestStatus>(said.results[0]));
  EXPECT_EQ(std::get<Error>(said.results[1]).field, "receipts[1]");
}

}  // namespace
}  // namespace ecluse
