// SPDX-License-Identifier: Apache-2.0
// What becomes of a bill when its authorisation is refused, differs, comes by telephone, or changes
// its mind.
#include <gmock/gmock.h>

#include "tests/core/cases_fixture.h"

namespace ecluse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GrantTest : public CaseTest {
 protected:
  GrantTest() : authorisation_(Authorisation()), bill_(Bill(authorisation_)) {}

  const RequestId authorisation_;
  const RequestId bill_;
};

TEST_F(GrantTest, ARefusedAuthorisationGivesTheBillBackUnsent) {
  for (const Decision decision :
       {Decision::kRefused, Decision::kExpired, Decision::kCancelled, Decision::kNotAcknowledged}) {
    const std::string name = std::to_string(static_cast<int>(decision));
    const RequestId authorisation = Deposit(Kind::kAuthorisation, "authorisation" + name);
    const RequestId bill = Bill(authorisation, "bill" + name);
    Carry(Says(decision));
    EXPECT_EQ(StateOf(bill), StateCode::kReturned) << name;
    EXPECT_EQ(Told(bill, wire::Event::kReturned), 1) << name;
  }
}

TEST_F(GrantTest, ARejectedAuthorisationGivesTheBillBackUnsent) {
  Carry(Outcome{outcome::Rejected{}});
  EXPECT_EQ(StateOf(bill_), StateCode::kReturned);
}

TEST_F(GrantTest, ABillBehindARefusalGetsAReceiptAndComesBackAtOnce) {
  Carry(Says(Decision::kRefused));
  const RequestId late = Bill(authorisation_, "late");
  EXPECT_EQ(StateOf(late), StateCode::kReturned);
  EXPECT_EQ(Told(late, wire::Event::kReturned), 1);
}

TEST_F(GrantTest, WhatFollowsAReturnedBillGoesOn) {
  const RequestId document = Document(bill_);
  Carry(Says(Decision::kRefused));
  EXPECT_THAT(Offered(), ElementsAre(document));
}

TEST_F(GrantTest, AnotherAmountIsForThePracticeToDecide) {
  Carry(Says(Decision::kGrantedOtherAmount));
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
  EXPECT_EQ(Told(bill_, wire::Event::kAsked), 1);
  EXPECT_THAT(Offered(), IsEmpty());
}

TEST_F(GrantTest, TheDecidedBillGoesWithTheNumberThatThePracticeGives) {
  Carry(Says(Decision::kGrantedOtherAmount));
  EXPECT_EQ(CodeOfFirst(Decide(bill_, "PEC-30")), ErrorCode::kNone);
  const auto tasks = PullAll();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].grant, "PEC-30");
}

TEST_F(GrantTest, TheDecidedBillMayGoWithoutANumber) {
  Carry(Says(Decision::kGrantedOtherAmount));
  Decide(bill_, "");
  EXPECT_THAT(Offered(), ElementsAre(bill_));
}

TEST_F(GrantTest, ALaterWordAsksAgainThoughThePracticeHadDecided) {
  Carry(Says(Decision::kGrantedOtherAmount));
  Decide(bill_, "PEC-31");
  AnswerBy(authorisation_, Says(Decision::kGrantedUnusable));
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
  EXPECT_EQ(Told(bill_, wire::Event::kAsked), 2);
}

TEST_F(GrantTest, ADecidedBillComesBackWhenItsAuthorisationIsCancelled) {
  Carry(Says(Decision::kGrantedOtherAmount));
  Decide(bill_, "PEC-31");
  AnswerBy(authorisation_, Says(Decision::kCancelled));
  EXPECT_EQ(StateOf(bill_), StateCode::kReturned);
}

TEST_F(GrantTest, AnAnswerThatDecidesNothingIsForThePractice) {
  Carry(Says(Decision::kOther));
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
}

TEST_F(GrantTest, DocumentsMayStillBeWantedUntilTheAnswer) {
  Carry(Accepts(Decision::kGrantedPendingDocuments));
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kCase));
  AnswerBy(authorisation_, Says(Decision::kOther));
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
}

TEST_F(GrantTest, AGrantThatComesAfterTheQuestionAnswersIt) {
  Carry(Says(Decision::kGrantedPendingDocuments));
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
  AnswerBy(authorisation_, Granted("PEC-32"));
  EXPECT_EQ(PullAll().at(0).grant, "PEC-32");
}

TEST_F(GrantTest, AWithdrawnAuthorisationLeavesTheBillToThePractice) {
  Ask<wire::WithdrawResult>(kShop, wire::Withdraw{authorisation_});
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
}

TEST_F(GrantTest, ANumberFromTheTelephoneFreesTheBillWithThatNumber) {
  EXPECT_EQ(CodeOfFirst(Elsewhere(authorisation_, "PEC-33")), ErrorCode::kNone);
  EXPECT_EQ(StateOf(authorisation_), StateCode::kElsewhere);
  const auto tasks = PullAll();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, bill_);
  EXPECT_EQ(tasks[0].grant, "PEC-33");
}

TEST_F(GrantTest, WithoutANumberFromTheTelephoneThePracticeDecides) {
  Elsewhere(authorisation_);
  EXPECT_EQ(WaitOf(bill_), Code(Wait::kDecide));
}

TEST_F(GrantTest, AnAuthorisationThatIsCancelledTakesTheWaitingBillBack) {
  Close();
  Ask<wire::GateResult>(kAnne, wire::Close{kBilling, "closed", std::nullopt});
  Ask<wire::GateResult>(kAnne, wire::Reopen{kAuthorisation, "open", true});
  Carry(Granted("PEC-34"));
  EXPECT_EQ(StateOf(bill_), StateCode::kReady);
  AnswerBy(authorisation_, Says(Decision::kCancelled));
  EXPECT_EQ(StateOf(bill_), StateCode::kReturned);
}

TEST_F(GrantTest, AnAuthorisationThatIsCancelledAtTheLastMomentStopsTheBill) {
  Carry(Granted("PEC-35"));
  ASSERT_THAT(Offered(), ElementsAre(bill_));
  AnswerBy(authorisation_, Says(Decision::kCancelled));
  EXPECT_EQ(BeginIt(bill_), ErrorCode::kNotNow);
  EXPECT_EQ(StateOf(bill_), StateCode::kReturned);
}

TEST_F(GrantTest, ABillThatAnOperatorRefusesTooSoonWaitsAfterTheGrant) {
  policies_[kBilling].bill_after_grant = absl::Hours(48);
  Start();
  Carry(Granted("PEC-36"));
  const absl::Time granted_at = now_;
  EXPECT_EQ(StateOf(bill_), StateCode::kDeferred);
  Wait(absl::Hours(47));
  EXPECT_THAT(Offered(), IsEmpty());
  now_ = granted_at + absl::Hours(48);
  Wait(absl::ZeroDuration());
  EXPECT_THAT(Offered(), ElementsAre(bill_));
}

TEST_F(GrantTest, TheReplacementOfARejectedBillTakesTheSameNumber) {
  Carry(Granted("PEC-37"));
  Carry(Outcome{outcome::Rejected{}});
  const RequestId again = Bill(bill_, "again");
  const auto tasks = PullAll();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, again);
  EXPECT_EQ(tasks[0].grant, "PEC-37");
}

TEST_F(GrantTest, ABillThatIsReadyGetsTheNewNumberOfItsAuthorisation) {
  Carry(outcome::Accepted{absl::ZeroDuration(), Decision::kGranted, "", "", "PEC 1"});
  EXPECT_EQ(StateOf(bill_), StateCode::kReady);
  AnswerBy(authorisation_, Granted("PEC 2"));
  const std::vector<wire::Task> tasks = PullAll();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].grant, "PEC 2");
}

TEST_F(GrantTest, AQuestionIsAskedOnceHoweverOftenTheCaseMoves) {
  Carry(Says(Decision::kGrantedOtherAmount));
  Document(authorisation_);
  Start();
  Wait(absl::Hours(1));
  Confirm({bill_});
  EXPECT_EQ(Told(bill_, wire::Event::kAsked), 1);
}

}  // namespace
}  // namespace ecluse
