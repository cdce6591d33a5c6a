// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/protocols/mail/arl.h"
#include "adapters/protocols/mail/gzip.h"
#include "adapters/protocols/mail/message.h"
#include "tests/adapters/mail/mail_fixture.h"
#include "tests/support/mail/noemie_writer.h"

namespace ecluse::mail {
namespace {

constexpr char kShop[] = "00000750000010";
const Lot kLot{7, "261120"};

// Returns that are written by hand and laid into the practice's mailbox.
class ReturnsTest : public MailFixture {
 protected:
  void Arrives(const std::string& description, const std::string& bytes) {
    PracticeBox().push_back(
        fmt::format("From: <operator@ecluse.test>\r\nMessage-ID: <{}@o>\r\n{}", ++mails_,
                    Part("application/EDI-consent", description, Gzip(bytes, "R"))));
  }
  void Says(const std::vector<SaidOfInvoice>& invoices) {
    Arrives("NOEMIE/Z", WriteNoemie("9", kShop, "261201", "T1", invoices));
  }
  void Acknowledges(const std::vector<std::pair<Lot, bool>>& lots, bool file = true) {
    Acknowledgement ack{"9", kShop, "000042", "261120", file, {}, {}};
    for (const auto& [lot, positive] : lots) {
      ack.lots.push_back({lot, positive, {}});
      if (!positive) ack.lots.back().reasons = {{"L1", "LOT"}};
    }
    Arrives("ARL/Z", WriteAcknowledgement(ack));
  }
  int mails_ = 0;
};

TEST_F(ReturnsTest, InvoicesAnsweredOneByOneSettleTheFileTogether) {
  SendNative(1, ANativeBill("000042", {11, 12}));
  Says({{"11", kLot, 12'000, 'P', 12'000, "", ""}});
  const Outcome first = OneNews();
  EXPECT_EQ(DecisionIn(first), Decision::kPending);
  EXPECT_EQ(AnswerIn(first).payments.size(), 1u);
  Says({{"12", kLot, 12'000, 'R', 0, "S002", "NO RIGHTS"}});
  const Outcome last = OneNews();
  EXPECT_TRUE(std::holds_alternative<outcome::Answered>(last));
  EXPECT_EQ(DecisionIn(last), Decision::kPaidOtherAmount);
  EXPECT_EQ(AnswerIn(last).payments.size(), 2u);
  EXPECT_EQ(AnswerIn(last).reasons.at(0).text, "NO RIGHTS");
}

TEST_F(ReturnsTest, WhatIsAskedIsWhatTheFileAsked) {
  SendNative(1, ANativeBill("000042", {11}));
  // The return claims that less was asked, and pays that.
  Says({{"11", kLot, 9'000, 'P', 9'000, "", ""}});
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kPaidOtherAmount);
}

TEST_F(ReturnsTest, TheSameFactInAnotherReturnIsNoNews) {
  SendNative(1, ANativeBill("000042", {11}));
  Says({{"11", kLot, 12'000, 'P', 12'000, "", ""}});
  News();
  Arrives("NOEMIE/Z",
          WriteNoemie("9", kShop, "261202", "T2", {{"11", kLot, 12'000, 'P', 12'000, "", ""}}));
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 0u);
}

TEST_F(ReturnsTest, APaymentTakenBackLaterIsForAPerson) {
  SendNative(1, ANativeBill("000042", {11}));
  Says({{"11", kLot, 12'000, 'P', 12'000, "", ""}});
  News();
  Says({{"11", kLot, 12'000, 'P', -12'000, "", ""}});
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
}

TEST_F(ReturnsTest, TheLotOfAnotherYearIsAnotherInvoice) {
  SendNative(1, ANativeBill("000042", {11}));
  Says({{"11", {7, "251120"}, 12'000, 'P', 12'000, "", ""}});
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
}

TEST_F(ReturnsTest, TwoFilesThatFitAreNone) {
  SendNative(1, ANativeBill("000042", {11}));
  SendNative(2, ANativeBill("000042", {11}));
  Says({{"11", kLot, 12'000, 'P', 12'000, "", ""}});
  Acknowledges({{kLot, true}});
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 2u);
}

TEST_F(ReturnsTest, OneReturnMaySpeakOfSeveralRequests) {
  SendNative(1, ANativeBill("000041", {11}));
  SendNative(2, ANativeBill("000042", {12}));
  Says({{"11", kLot, 12'000, 'P', 12'000, "", ""}, {"12", kLot, 12'000, 'R', 0, "S", ""}});
  EXPECT_EQ(News().size(), 2u);
}

TEST_F(ReturnsTest, OneRefusedLotDoesNotRefuseTheOthers) {
  SendNative(1, ANativeBillOfLots("000042", {11, 12}));
  Acknowledges({{{1, "261120"}, true}, {{2, "261120"}, false}});
  const Outcome word = OneNews();
  EXPECT_TRUE(std::holds_alternative<outcome::Accepted>(word));
  EXPECT_EQ(DecisionIn(word), Decision::kNotAcknowledged);
  EXPECT_EQ(AnswerIn(word).payments.at(0).invoice_number, "000000012");
  Says({{"11", {1, "261120"}, 12'000, 'P', 12'000, "", ""}});
  EXPECT_EQ(DecisionIn(OneNews()), Decision::kPaidOtherAmount);
}

TEST_F(ReturnsTest, AllLotsRefusedRefuseTheFile) {
  SendNative(1, ANativeBillOfLots("000042", {11, 12}));
  Acknowledges({{{1, "261120"}, false}, {{2, "261120"}, false}}, false);
  EXPECT_TRUE(std::holds_alternative<outcome::Rejected>(OneNews()));
}

TEST_F(ReturnsTest, AnAcknowledgementTakenBackIsForAPerson) {
  SendNative(1, ANativeBill("000042", {11}));
  Acknowledges({{kLot, true}});
  News();
  Acknowledges({{kLot, false}}, false);
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 1u);
}

TEST_F(ReturnsTest, OnlyTheOperatorsMailsAreBelievedWhereItsAddressIsSet) {
  CloseDriver();
  settings_.returns.from = "somebody-else@ecluse.test";
  OpenDriver();
  SendNative(1, ANativeBill("000042", {11}));
  Acknowledges({{kLot, true}});
  EXPECT_TRUE(News().empty());
}

TEST_F(ReturnsTest, TheRegisterHoldsNoPersonInClear) {
  SendNative(1, ANativeBill("000042", {11}));
  Says({{"11", kLot, 12'000, 'R', 0, "S003", "SECRETNAME"}});
  Says({{"99", kLot, 12'000, 'R', 0, "S003", "SECRETNAME"}});
  News();
  CloseDriver();
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / ".")) {
    if (!entry.path().filename().string().starts_with("register")) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    EXPECT_EQ(text.find("2990199000001"), std::string::npos) << entry.path();
    EXPECT_EQ(text.find("SECRETNAME"), std::string::npos) << entry.path();
    EXPECT_EQ(text.find("SYNTHETIC"), std::string::npos) << entry.path();
  }
}

TEST_F(ReturnsTest, WhatIsOldAndSettledIsForgottenAndItsRepeatsStayHarmless) {
  SendNative(1, ANativeBill("000042", {11}));
  Says({{"11", kLot, 12'000, 'P', 12'000, "", ""}});
  const std::vector<std::string> again = PracticeBox();
  News();
  News();
  now_ += absl::Hours(24 * 120);
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->Probe(BillEnvelope(1, content::kB2), nullptr), std::nullopt);
  PracticeBox() = again;
  EXPECT_TRUE(News().empty());
  EXPECT_EQ(driver_->HowItStands()->quarantined, 0u);
}

}  // namespace
}  // namespace ecluse::mail
