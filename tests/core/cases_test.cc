// SPDX-License-Identifier: Apache-2.0
// The order within a case.
#include <gmock/gmock.h>

#include "proto/limits.h"
#include "tests/core/cases_fixture.h"

namespace ecluse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(CaseTest, ABillWaitsForTheGrantAndTakesItsNumber) {
  const RequestId authorisation = Authorisation();
  const RequestId bill = Bill(authorisation);
  EXPECT_EQ(WaitOf(bill), Code(Wait::kCase));
  Carry(Granted("PEC-17"));
  const auto tasks = Carry(Accepts());
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, bill);
  EXPECT_EQ(tasks[0].grant, "PEC-17");
}

TEST_F(CaseTest, AnAuthorisationThatIsOnlyReceivedFreesNoBill) {
  const RequestId bill = Bill(Authorisation());
  Carry(Accepts(Decision::kPending));
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_EQ(WaitOf(bill), Code(Wait::kCase));
}

TEST_F(CaseTest, AWordOnTheWayMayBeTheGrant) {
  const RequestId authorisation = Authorisation();
  const RequestId bill = Bill(authorisation);
  Carry(Accepts(Decision::kPending));
  AnswerBy(authorisation, Granted("PEC-18"));
  EXPECT_THAT(Offered(), ElementsAre(bill));
}

TEST_F(CaseTest, AChainOfThreeGoesOneAfterTheOther) {
  const RequestId first = Authorisation();
  const RequestId second = Document(first);
  const RequestId third = Deposit(Kind::kCancellation, "cancellation", second);
  EXPECT_THAT(Offered(), ElementsAre(first));
  BeginIt(first);
  EXPECT_THAT(Offered(), IsEmpty());
  ReportIt(first, Accepts());
  EXPECT_THAT(Offered(), ElementsAre(second));
  BeginIt(second);
  ReportIt(second, Accepts());
  EXPECT_THAT(Offered(), ElementsAre(third));
}

TEST_F(CaseTest, SiblingsGoInTheOrderOfTheirDeposit) {
  const RequestId first = Authorisation();
  const RequestId left = Document(first, "left");
  const RequestId right = Document(first, "right");
  Carry(Accepts());
  EXPECT_THAT(Offered(), ElementsAre(left));
  BeginIt(left);
  ReportIt(left, Accepts());
  EXPECT_THAT(Offered(), ElementsAre(right));
}

TEST_F(CaseTest, ADocumentBetweenKeepsTheBillBack) {
  const RequestId authorisation = Authorisation();
  const RequestId document = Document(authorisation);
  const RequestId bill = Bill(document);
  Carry(Granted("PEC-19"));
  EXPECT_THAT(Offered(), ElementsAre(document));
  EXPECT_EQ(WaitOf(bill), Code(Wait::kCase));
  BeginIt(document);
  ReportIt(document, Accepts());
  EXPECT_EQ(PullAll().at(0).grant, "PEC-19");
}

TEST_F(CaseTest, AWithdrawnPredecessorLetsTheNextOneGo) {
  const RequestId first = Authorisation();
  const RequestId document = Document(first, "one");
  const RequestId next = Document(first, "two");
  Carry(Accepts());
  Ask<wire::WithdrawResult>(kShop, wire::Withdraw{document});
  EXPECT_THAT(Offered(), ElementsAre(next));
}

TEST_F(CaseTest, APredecessorInDoubtKeepsTheNextOneBack) {
  const RequestId first = Authorisation();
  const RequestId document = Document(first);
  PullAll();
  BeginIt(first);
  ReportIt(first, std::nullopt);
  EXPECT_EQ(StateOf(first), StateCode::kInDoubt);
  EXPECT_THAT(Offered(), IsEmpty());
  Ask<wire::ActResult>(kAnne, wire::Resolve{first, wire::Verdict::kSent, "telephoned"});
  EXPECT_THAT(Offered(), ElementsAre(document));
}

TEST_F(CaseTest, APredecessorThatWasNeverThereTakesTheTurnBack) {
  const RequestId first = Authorisation();
  const RequestId document = Document(first);
  Carry(Accepts());
  EXPECT_THAT(Offered(), ElementsAre(document));
  // While the document is in a worker's hand, the operator says that it never had the first.
  const wire::Report absent{
      kWorker,
      wire::Task::What::kProbe,
      {{{first, 1}, outcome::Deferred{Hindrance::kAbsent, absl::ZeroDuration(), false}}}};
  Ask<wire::Noted>(kBoth, absent);
  EXPECT_EQ(StateOf(first), StateCode::kInDoubt);
  EXPECT_EQ(BeginIt(document), ErrorCode::kNotNow);
  EXPECT_EQ(WaitOf(document), Code(Wait::kCase));
}

TEST_F(CaseTest, NothingThatOpsPutBackOvertakes) {
  const RequestId first = Authorisation();
  const RequestId document = Document(first);
  Carry(Outcome{outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration(), false}});
  EXPECT_EQ(WaitOf(first), Code(Wait::kTechnical));
  EXPECT_EQ(Refusal(kAnne, wire::Retry{document, "now"}), ErrorCode::kNotInDoubt);
  Ask<wire::ActResult>(kAnne, wire::Retry{first, "looked"});
  EXPECT_THAT(Offered(), ElementsAre(first));
}

TEST_F(CaseTest, AHoldOnTheFirstHoldsTheRestAndItsLiftingLetsThemGoInOrder) {
  const RequestId first = Authorisation();
  const RequestId document = Document(first);
  const auto holds =
      Ask<wire::HoldsResult>(kAnne, wire::PlaceHold{Scope{{}, {}, {}, first}, "look"});
  EXPECT_THAT(Offered(), IsEmpty());
  Ask<wire::HoldsResult>(kAnne, wire::LiftHold{holds.holds.at(0).id, "looked"});
  EXPECT_THAT(Offered(), ElementsAre(first));
  BeginIt(first);
  ReportIt(first, Accepts());
  EXPECT_THAT(Offered(), ElementsAre(document));
}

TEST_F(CaseTest, ABillByCardWaitsForItsAuthorisationAndGoesWhereTheCardLeads) {
  Route row;
  row.amc = "0000000012";
  row.run_by = kBilling.run_by;
  routes_ = *Routes::Make({row}, absl::UTCTimeZone());
  Start();
  wire::Deposit::Item item = ItemOf(Kind::kBill, "bill", Authorisation());
  item.destination.run_by = kByCard;
  item.card = Card{"12", "", "", "optics", absl::CivilDay(2024, 1, 31)};
  const auto receipt = std::get<wire::Receipt>(Hand(item));
  EXPECT_EQ(receipt.destination, kBilling);
  EXPECT_EQ(WaitOf(receipt.number), Code(Wait::kCase));
  Carry(Granted("PEC 42"));
  EXPECT_THAT(Offered(), ElementsAre(receipt.number));
}

TEST_F(CaseTest, ADepositBehindWhatIsThroughGoesAtOnce) {
  const RequestId authorisation = Authorisation();
  Carry(Granted("PEC-20"));
  const RequestId bill = Bill(authorisation);
  EXPECT_EQ(StateOf(bill), StateCode::kReady);
  EXPECT_EQ(PullAll().at(0).grant, "PEC-20");
}

TEST_F(CaseTest, ABillThatFollowsNothingNeedsNothing) {
  const RequestId bill = Bill({});
  EXPECT_THAT(Offered(), ElementsAre(bill));
}

TEST_F(CaseTest, ARestartInTheMiddleKeepsTheOrder) {
  const RequestId authorisation = Authorisation();
  const RequestId bill = Bill(authorisation);
  Carry(Accepts(Decision::kPending));
  Start();
  EXPECT_THAT(Offered(), IsEmpty());
  AnswerBy(authorisation, Granted("PEC-21"));
  Start();
  const auto tasks = PullAll();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, bill);
  EXPECT_EQ(tasks[0].grant, "PEC-21");
}

TEST_F(CaseTest, ACaseHasALimit) {
  const RequestId first = Authorisation();
  for (size_t i = 1; i < limits::kCaseMembers; ++i) Document(first, std::to_string(i));
  const auto result = Hand(ItemOf(Kind::kDocument, "one too many", first));
  ASSERT_TRUE(std::holds_alternative<Error>(result));
  EXPECT_EQ(std::get<Error>(result).code, ErrorCode::kCaseFull);
  EXPECT_EQ(std::get<Error>(result).field, "items[0].follows");
}

TEST_F(CaseTest, AuthorisationsGoBeforeBillsWhereTheyCompete) {
  policies_[kAuthorisation].in_flight = 1;
  Start();
  wire::Deposit::Item bill = ItemOf(Kind::kBill, "bill", {});
  bill.destination = kAuthorisation;
  Hand(bill);
  const RequestId authorisation = Authorisation();
  EXPECT_THAT(Offered(), testing::Contains(authorisation));
  EXPECT_EQ(StateOf(authorisation), StateCode::kLeased);
}

TEST_F(CaseTest, TheJournalSaysWhyTheBillWentOn) {
  const RequestId authorisation = Authorisation();
  const RequestId bill = Bill(authorisation);
  Carry(Granted("PEC-22"));
  const auto history = store_.History(bill);
  ASSERT_FALSE(history.empty());
  EXPECT_EQ(history.back().cause, CauseCode::kFollowed);
}

}  // namespace
}  // namespace ecluse
