// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "proto/content/codec.h"
#include "tests/adapters/mail/mail_fixture.h"

namespace ecluse::mail {
namespace {

using outcome::Accepted;
using outcome::Deferred;
using outcome::Rejected;

constexpr Submitted kNobodyThere{.broke = Submitted::Break::kNoConnection};
constexpr Submitted kSilentAfter{
    .broke = Submitted::Break::kTimeout, .code = 354, .body_begun = true, .body_ended = true};
constexpr Submitted kWrongLogin{.broke = Submitted::Break::kLogin, .code = 535};

class DoubtTest : public MailFixture {
 protected:
  std::optional<Outcome> Probe(uint64_t number) {
    return driver_->Probe(BillEnvelope(number, content::kTyped), nullptr);
  }
  static Hindrance HindranceIn(const std::optional<Outcome>& outcome) {
    const auto* deferred = outcome ? std::get_if<Deferred>(&*outcome) : nullptr;
    return deferred == nullptr ? Hindrance{} : deferred->hindrance;
  }
  static std::string Header(const std::string& mail, const std::string& name) {
    const size_t at = mail.find(name + ": ");
    return mail.substr(at, mail.find("\r\n", at) - at);
  }
};

TEST_F(DoubtTest, AReplyLostAfterTheMailIsDoubt) {
  post_.faults = {{kSilentAfter, true}};
  EXPECT_EQ(SendTyped(1), std::nullopt);
  EXPECT_EQ(Probe(1), std::nullopt);
}

TEST_F(DoubtTest, AnAcknowledgementSettlesTheDoubt) {
  post_.faults = {{kSilentAfter, true}};
  SendTyped(1);
  OperatorReads();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kAcknowledged);
  EXPECT_EQ(DecisionIn(Probe(1)), Decision::kAcknowledged);
}

TEST_F(DoubtTest, ADoubtGoesAgainAfterTheDelayAndIsOneBillAllTheSame) {
  post_.faults = {{kSilentAfter, true}};
  SendTyped(1);
  now_ += absl::Hours(24 * 8);
  EXPECT_EQ(Probe(1), Outcome(Accepted{}));
  OperatorReads();
  ASSERT_EQ(operator_->seen().size(), 1u);
  EXPECT_EQ(operator_->seen().begin()->second.arrivals, 2u);
  EXPECT_EQ(operator_->conflicts(), 0u);
}

TEST_F(DoubtTest, AResendThatFailsLeavesADoubtADoubt) {
  post_.faults = {{kSilentAfter, false}, {kNobodyThere, false}};
  SendTyped(1);
  now_ += absl::Hours(24 * 8);
  EXPECT_EQ(Probe(1), std::nullopt);
}

// The server may be closed just when the acknowledgement is overdue: that costs no resend.
TEST_F(DoubtTest, AResendThatSurelyFailedIsTriedAgainSoonAndCountsForNothing) {
  SendTyped(1);
  now_ += absl::Hours(24 * 8);
  for (uint32_t i = 0; i < 2 * settings_.most_resends; ++i) {
    post_.faults = {{kNobodyThere, false}};
    EXPECT_EQ(Probe(1), Outcome(Accepted{}));
    now_ += absl::Hours(1);
  }
  EXPECT_EQ(OperatorBox().size(), 1u);
  EXPECT_EQ(Probe(1), Outcome(Accepted{}));
  EXPECT_EQ(OperatorBox().size(), 2u);
}

// Nobody has to ask the operator for an acknowledgement of what never reached it.
TEST_F(DoubtTest, WhatNeverLeftIsNotCountedAsUnacknowledged) {
  post_.faults = {{kNobodyThere, false}};
  SendTyped(1);
  now_ += absl::Hours(24 * 30);
  EXPECT_EQ(*driver_->HowItStands(), MailDriver::Standing{});
}

TEST_F(DoubtTest, WithoutResendsADoubtWaitsForAPerson) {
  CloseDriver();
  settings_.most_resends = 0;
  OpenDriver();
  post_.faults = {{kSilentAfter, false}};
  SendTyped(1);
  now_ += absl::Hours(24 * 30);
  EXPECT_EQ(Probe(1), std::nullopt);
  EXPECT_EQ(post_.submitted().size(), 1u);
}

TEST_F(DoubtTest, WhatNeverLeftIsSentUnderItsOldNames) {
  post_.faults = {{kNobodyThere, false}};
  EXPECT_EQ(HindranceIn(SendTyped(1)), Hindrance::kUnreachable);
  now_ += absl::Hours(5);
  EXPECT_EQ(SendTyped(1), Outcome(Accepted{}));
  EXPECT_EQ(Header(post_.submitted()[0], "Message-ID"), Header(post_.submitted()[1], "Message-ID"));
}

TEST_F(DoubtTest, WhatMayHaveLeftIsSentAgainToTheByteOnly) {
  post_.faults = {{kSilentAfter, false}};
  SendTyped(1);
  // A person decided that it is to be sent again.
  SendTyped(1);
  EXPECT_EQ(post_.submitted()[0], post_.submitted()[1]);
}

TEST_F(DoubtTest, ALaterRefusalDoesNotMakeADoubtSurelyNotSent) {
  post_.faults = {{kSilentAfter, false}, {kNobodyThere, false}};
  SendTyped(1);
  EXPECT_EQ(SendTyped(1), std::nullopt);
}

TEST_F(DoubtTest, ARefusedLoginIsTheAccounts) {
  const Credential credential{{"practice-1"}, "practice@ecluse.test", "old", 7};
  post_.faults = {{kWrongLogin, false}};
  const auto outcome =
      driver_->Deliver(BillEnvelope(1, content::kB2), 1, ANativeBill("000001", {1}), &credential);
  ASSERT_EQ(HindranceIn(outcome), Hindrance::kCredentials);
  EXPECT_EQ(std::get<Deferred>(*outcome).epoch, 7u);
  EXPECT_EQ(post_.sites().back().login, "practice@ecluse.test");
}

TEST_F(DoubtTest, WhatTheRegisterNeverKnewCantBeTold) { EXPECT_EQ(Probe(1), std::nullopt); }

TEST_F(DoubtTest, TheSoleCarrierKnowsWhatItNeverSent) {
  CloseDriver();
  settings_.sole_carrier = true;
  OpenDriver();
  Envelope envelope = BillEnvelope(1, content::kB2);
  EXPECT_EQ(driver_->Probe(envelope, nullptr), std::nullopt);  // older than the register
  envelope.deposited_at = now_ + absl::Minutes(1);
  EXPECT_EQ(HindranceIn(driver_->Probe(envelope, nullptr)), Hindrance::kAbsent);
}

TEST_F(DoubtTest, ACrashWhileSendingIsADoubt) {
  // What is on disk in the middle of the try is all that a crash leaves.
  Settings left = settings_;
  left.register_file = folder_ / "left";
  CloseDriver();
  const auto copy_then_send = [&](const SmtpSite& site, std::string_view mail) {
    for (const char* end : {"", "-wal"}) {
      std::filesystem::copy_file(settings_.register_file + end, left.register_file + end);
    }
    return post_.Submit()(site, mail);
  };
  auto dying = MailDriver::Open(settings_, {[this] { return now_; }, copy_then_send, post_.Open()});
  ASSERT_TRUE(dying.ok()) << dying.status();
  (*dying)->Deliver(BillEnvelope(1, content::kB2), 1, ANativeBill("000001", {1}), nullptr);
  settings_ = left;
  OpenDriver();
  EXPECT_EQ(Probe(1), std::nullopt);
  OperatorReads();
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kAcknowledged);
}

TEST_F(DoubtTest, AnInvoiceThatB2CantWriteGoesBackToThePractice) {
  content::Invoice invoice = AnInvoice("1");
  invoice.lines[0].system = content::CodeSystem::kCip13;
  const auto outcome =
      driver_->Deliver(BillEnvelope(1, content::kTyped), 1, content::Encode(invoice), nullptr);
  ASSERT_TRUE(outcome && std::holds_alternative<Rejected>(*outcome));
  EXPECT_EQ(AnswerIn(*outcome).reasons.size(), 1u);
  EXPECT_TRUE(post_.submitted().empty());
}

TEST_F(DoubtTest, AMissingActCodeIsTheAdaptersOwnTrouble) {
  content::Invoice invoice = AnInvoice("1");
  invoice.domain = "audiology";
  EXPECT_EQ(HindranceIn(driver_->Deliver(BillEnvelope(1, content::kTyped), 1,
                                         content::Encode(invoice), nullptr)),
            Hindrance::kAdapter);
}

TEST_F(DoubtTest, OnlyBillsTravelByMail) {
  Envelope envelope = BillEnvelope(1, content::kB2);
  envelope.kind = Kind::kAuthorisation;
  EXPECT_EQ(HindranceIn(driver_->Deliver(envelope, 1, ANativeBill("000001", {1}), nullptr)),
            Hindrance::kTechnical);
}

TEST_F(DoubtTest, ASecondProcessCantOpenTheRegister) {
  const auto second = MailDriver::Open(settings_);
  EXPECT_FALSE(second.ok());
}

}  // namespace
}  // namespace ecluse::mail
