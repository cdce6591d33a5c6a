// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "proto/content/codec.h"
#include "tests/adapters/mail/mail_fixture.h"
#include "tests/support/operator/witness.h"

namespace ecluse::mail {
namespace {

using outcome::Accepted;
using outcome::Answered;
using outcome::Deferred;
using outcome::Rejected;

// The delay of a resend, and a little.
constexpr absl::Duration kWeekAndMore = absl::Hours(24 * 7 + 1);

class DriverTest : public MailFixture {
 protected:
  std::optional<Outcome> Probe(uint64_t number) {
    return driver_->Probe(BillEnvelope(number, content::kTyped), nullptr);
  }
  uint64_t Acceptances() {
    const auto witness = ReadLedger(folder_ / "ledger");
    return witness.ok() ? witness->accepted.size() : 999;
  }
};

TEST_F(DriverTest, ASentBillIsAcceptedAndNoMore) {
  EXPECT_EQ(SendTyped(1), Outcome(Accepted{}));
  EXPECT_EQ(OperatorBox().size(), 1u);
}

TEST_F(DriverTest, ANativeFileArrivesByteForByte) {
  const std::string file = ANativeBill("000042", {11, 12});
  SendNative(1, file);
  OperatorReads();
  ASSERT_EQ(operator_->seen().size(), 1u);
  EXPECT_EQ(operator_->seen().begin()->second.bill.bytes, file);
}

TEST_F(DriverTest, ABillIsBuiltForADryRunAndNothingIsSentOrCounted) {
  const auto rendered = [&](const content::Invoice& invoice) {
    return driver_->Render(BillEnvelope(1, content::kTyped), content::Encode(invoice));
  };
  EXPECT_TRUE(rendered(AnInvoice("000000001")).ok()) << rendered(AnInvoice("000000001"));
  EXPECT_TRUE(absl::IsInvalidArgument(rendered(AnInvoice("not a number"))));
  EXPECT_TRUE(OperatorBox().empty());
  EXPECT_EQ(driver_->HowItStands()->unanswered, 0u);
  EXPECT_FALSE(driver_->Render(BillEnvelope(1, content::kB2), "nonsense").ok());
}

TEST_F(DriverTest, TheOperatorsLedgerKnowsTheRequest) {
  SendTyped(4711);
  OperatorReads();
  const auto witness = ReadLedger(folder_ / "ledger");
  ASSERT_TRUE(witness.ok());
  EXPECT_EQ(witness->by_key.count("practice-1-4711"), 1u);
}

TEST_F(DriverTest, AnAcknowledgementIsAWordOnTheWay) {
  SendTyped(1);
  OperatorReads();
  const Outcome word = OneNews();
  EXPECT_TRUE(std::holds_alternative<Accepted>(word));
  EXPECT_EQ(DecisionIn(word), Decision::kAcknowledged);
}

TEST_F(DriverTest, APaymentAsAskedSettlesTheBill) {
  SendTyped(1);
  OperatorReads();
  News();
  OperatorAnswers();
  const Outcome answer = OneNews();
  EXPECT_TRUE(std::holds_alternative<Answered>(answer));
  EXPECT_EQ(DecisionIn(answer), Decision::kPaid);
  const content::Answer said = AnswerIn(answer);
  ASSERT_EQ(said.payments.size(), 1u);
  EXPECT_EQ(said.payments[0].asked.cents, 10'000);
  EXPECT_EQ(said.payments[0].paid.cents, 10'000);
  EXPECT_EQ(said.payments[0].transfer, "TRANSFER 000001");
}

TEST_F(DriverTest, PaidDiffersFromAskedIsAFactOfItsOwn) {
  plan_.paid_percent = 80;
  SendTyped(1);
  OperatorReads();
  News();
  OperatorAnswers();
  const Outcome answer = OneNews();
  EXPECT_EQ(DecisionIn(answer), Decision::kPaidOtherAmount);
  EXPECT_EQ(AnswerIn(answer).payments[0].paid.cents, 8'000);
}

TEST_F(DriverTest, ARejectedPaymentTellsItsReasons) {
  plan_.state = 'R';
  plan_.paid_percent = 0;
  SendTyped(1);
  OperatorReads();
  News();
  OperatorAnswers();
  const Outcome answer = OneNews();
  EXPECT_EQ(DecisionIn(answer), Decision::kPaymentRejected);
  ASSERT_EQ(AnswerIn(answer).reasons.size(), 1u);
  EXPECT_EQ(AnswerIn(answer).reasons[0].code, "S001");
}

TEST_F(DriverTest, ADeferredPaymentIsPendingThenPaid) {
  plan_.state = 'D';
  SendTyped(1);
  OperatorReads();
  News();
  OperatorAnswers();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kPending);
  EXPECT_EQ(DecisionIn(Probe(1)), Decision::kPending);
  plan_.state = 'P';
  now_ += kWeekAndMore;
  OperatorAnswers();
  const Outcome answer = OneNews();
  EXPECT_EQ(DecisionIn(answer), Decision::kPaid);
  const content::Answer said = AnswerIn(answer);
  ASSERT_EQ(said.payments.size(), 1u);
  EXPECT_EQ(said.payments[0].paid.cents, 10'000);
  EXPECT_EQ(DecisionIn(Probe(1)), Decision::kPaid);
  OperatorAnswers();
  EXPECT_TRUE(News().empty());
}

TEST_F(DriverTest, ANegativeAcknowledgementGoesBackToThePractice) {
  plan_.ack = MailPlan::Ack::kNegative;
  SendTyped(1);
  OperatorReads();
  const Outcome told = OneNews();
  ASSERT_TRUE(std::holds_alternative<Rejected>(told));
  EXPECT_EQ(AnswerIn(told).decision, Decision::kNotAcknowledged);
  EXPECT_EQ(AnswerIn(told).reasons.at(0).code, "SIM01");
  EXPECT_EQ(Acceptances(), 0u);
}

TEST_F(DriverTest, ALostAcknowledgementMakesTheSameBytesGoAgain) {
  plan_.ack = MailPlan::Ack::kLost;
  SendTyped(1);
  OperatorReads();
  EXPECT_EQ(Probe(1), Outcome(Accepted{}));
  EXPECT_EQ(post_.submitted().size(), 1u);
  now_ += kWeekAndMore;
  plan_.ack = MailPlan::Ack::kPositive;
  EXPECT_EQ(Probe(1), Outcome(Accepted{}));
  ASSERT_EQ(post_.submitted().size(), 2u);
  EXPECT_EQ(post_.submitted()[0], post_.submitted()[1]);
  OperatorReads();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kAcknowledged);
  EXPECT_EQ(Acceptances(), 1u);
}

TEST_F(DriverTest, WhatIsAcknowledgedNeverGoesAgain) {
  SendTyped(1);
  OperatorReads();
  News();
  now_ += 10 * kWeekAndMore;
  EXPECT_EQ(DecisionIn(Probe(1)), Decision::kAcknowledged);
  EXPECT_EQ(OperatorBox().size(), 0u);
}

TEST_F(DriverTest, ResendsEndAtTheirLimit) {
  plan_.ack = MailPlan::Ack::kLost;
  SendTyped(1);
  for (int i = 0; i < 10; ++i) {
    now_ += kWeekAndMore;
    Probe(1);
  }
  EXPECT_EQ(OperatorBox().size(), 1u + settings_.most_resends);
  EXPECT_EQ(driver_->HowItStands()->overdue, 1u);
}

TEST_F(DriverTest, ARepeatedPaymentReturnIsImportedOnce) {
  plan_.repeated = true;
  SendTyped(1);
  OperatorReads();
  EXPECT_EQ(News().size(), 1u);
  OperatorAnswers();
  const std::vector<std::string> again = PracticeBox();
  EXPECT_EQ(News().size(), 1u);
  PracticeBox().insert(PracticeBox().end(), again.begin(), again.end());
  EXPECT_TRUE(News().empty());
  EXPECT_TRUE(PracticeBox().empty());
}

TEST_F(DriverTest, AnAcknowledgementAfterThePaymentChangesNothing) {
  plan_.ack = MailPlan::Ack::kLost;
  SendTyped(1);
  OperatorReads();
  OperatorAnswers();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kPaid);
  plan_.ack = MailPlan::Ack::kPositive;
  OperatorBox().push_back(post_.submitted().front());
  OperatorReads();
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(DecisionIn(Probe(1)), Decision::kPaid);
}

TEST_F(DriverTest, ANegativeAcknowledgementAfterThePaymentIsForAPerson) {
  plan_.ack = MailPlan::Ack::kLost;
  SendTyped(1);
  OperatorReads();
  OperatorAnswers();
  News();
  plan_.ack = MailPlan::Ack::kNegative;
  OperatorBox().push_back(post_.submitted().front());
  OperatorReads();
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(DecisionIn(Probe(1)), Decision::kPaid);
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
}

TEST_F(DriverTest, AMailStaysInTheMailboxUntilItsNewsAreNoted) {
  SendTyped(1);
  OperatorReads();
  const std::vector<Handler::News> news = driver_->Collect();
  ASSERT_EQ(news.size(), 1u);
  EXPECT_EQ(PracticeBox().size(), 1u);
  EXPECT_EQ(driver_->Collect().size(), 1u);
  driver_->Noted(news.front(), ErrorCode::kNone);
  EXPECT_TRUE(driver_->Collect().empty());
  EXPECT_TRUE(PracticeBox().empty());
}

TEST_F(DriverTest, NewsSurviveARestart) {
  SendTyped(1);
  OperatorReads();
  driver_->Collect();
  CloseDriver();
  OpenDriver();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kAcknowledged);
}

TEST_F(DriverTest, AnUnmatchedReturnIsKeptForAPerson) {
  SendTyped(1);
  OperatorReads();
  CloseDriver();
  std::filesystem::remove(folder_ / "register");
  OpenDriver();
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
  EXPECT_TRUE(PracticeBox().empty());
}

TEST_F(DriverTest, AReturnThatNobodyCanReadIsReadOnceTheKeyIsThere) {
  SendTyped(1);
  OperatorReads();
  CloseDriver();
  settings_.returns.certificate = OperatorKeys().certificate;
  settings_.returns.key = OperatorKeys().key;
  OpenDriver();
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
  CloseDriver();
  settings_.returns.certificate = PracticeKeys().certificate;
  settings_.returns.key = PracticeKeys().key;
  OpenDriver();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kAcknowledged);
  EXPECT_EQ(driver_->HowItStands()->quarantined, 0u);
}

TEST_F(DriverTest, EachUnreadReturnAmongSpamIsReadOnceTheKeyIsThere) {
  SendTyped(1);
  SendTyped(2);
  OperatorReads();
  PracticeBox().push_back("From: <a@b>\r\nSubject: buy\r\n\r\nhello\r\n");
  CloseDriver();
  const std::string key = std::exchange(settings_.returns.key, OperatorKeys().key);
  OpenDriver();
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 3u);
  CloseDriver();
  settings_.returns.key = key;
  OpenDriver();
  EXPECT_EQ(News().size(), 2u);
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
}

TEST_F(DriverTest, SpamIsNoReturn) {
  PracticeBox().push_back("From: <a@b>\r\nSubject: buy\r\n\r\nhello\r\n");
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
}

TEST_F(DriverTest, AFileOfSeveralInvoicesSettlesWhenAllAreAnswered) {
  SendNative(1, ANativeBill("000042", {11, 12}));
  OperatorReads();
  News();
  OperatorAnswers();
  const Outcome answer = OneNews();
  EXPECT_EQ(DecisionIn(answer), Decision::kPaid);
  EXPECT_EQ(AnswerIn(answer).payments.size(), 2u);
}

TEST_F(DriverTest, AMailboxThatIsDownLosesNothing) {
  SendTyped(1);
  OperatorReads();
  post_.mailbox_down = true;
  EXPECT_TRUE(News().empty());
  post_.mailbox_down = false;
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kAcknowledged);
}

}  // namespace
}  // namespace ecluse::mail
