// SPDX-License-Identifier: Apache-2.0
// The simulated operator's business, without a protocol: it is a judge in other tests.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <set>

#include "tests/support/operator/desk.h"

namespace ecluse::simulated {
namespace {

using profile::Meaning;

class SimulatedDeskTest : public ::testing::Test {
 protected:
  SimulatedDeskTest() {
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-desk-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    service_.name = "authorisation";
    options_.ledger = directory_ + "/ledger";
    options_.shares.refused = 0;
    options_.accounts = {{"shop", "login", "right"}, {"other", "login-2", "right-2"}};
    options_.now = [this] { return now_; };
  }
  ~SimulatedDeskTest() override { std::filesystem::remove_all(directory_); }

  Desk& desk() {
    if (!desk_) {
      DeskOptions options = options_;
      options.services = {service_};
      desk_ = *Desk::Open(std::move(options));
    }
    return *desk_;
  }
  void Restart() { desk_.reset(); }
  Verdict Receive(Kind kind, const std::string& key, const std::string& about = "") {
    Submission s{key, 1, "shop", "authorisation", kind, "content of " + key, about, {1000}};
    return desk().Receive(s);
  }
  Verdict Ask(const std::string& key) { return desk().Receive({key, 1, "shop", "authorisation"}); }
  Meaning Look(const std::string& key) { return desk().Look("authorisation", key).meaning; }
  LoginTrouble LogIn(const std::string& secret, const std::string& login = "login") {
    return desk().Enter("authorisation", Function::kRead, login, secret).trouble;
  }
  void Tell(const std::string& line) {
    EXPECT_TRUE(desk().Command(line).value_or("").starts_with("ok")) << line;
  }
  Witness Ledger() { return *ReadLedger(options_.ledger); }

  std::string directory_;
  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);  // 16:13:20 in Paris
  ServiceOptions service_;
  DeskOptions options_;

 private:
  std::unique_ptr<Desk> desk_;
};

TEST_F(SimulatedDeskTest, FiveWrongLoginsLockTheAccountAndNoOther) {
  service_.needs_login = true;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(LogIn("wrong"), LoginTrouble::kWrong);
  EXPECT_EQ(LogIn("wrong"), LoginTrouble::kLocked);
  EXPECT_EQ(LogIn("right"), LoginTrouble::kLocked);
  EXPECT_EQ(LogIn("right-2", "login-2"), LoginTrouble::kNone);
  Tell("account shop open");
  EXPECT_EQ(LogIn("right"), LoginTrouble::kNone);
}

TEST_F(SimulatedDeskTest, ARightLoginForgetsTheWrongOnes) {
  service_.needs_login = true;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(LogIn(i % 2 == 0 ? "wrong" : "right"),
              i % 2 == 0 ? LoginTrouble::kWrong : LoginTrouble::kNone);
  }
}

TEST_F(SimulatedDeskTest, ADemandedPasswordIsChangedThere) {
  service_.needs_login = true;
  Tell("account shop change");
  EXPECT_EQ(LogIn("right"), LoginTrouble::kChangePassword);
  Tell("account shop secret newer");
  EXPECT_EQ(LogIn("right"), LoginTrouble::kWrong);
  EXPECT_EQ(LogIn("newer"), LoginTrouble::kNone);
}

TEST_F(SimulatedDeskTest, AccountsReopenOneByOne) {
  service_.needs_login = true;
  Tell("account shop closed");
  EXPECT_EQ(LogIn("right"), LoginTrouble::kNotOpen);
  EXPECT_EQ(LogIn("right-2", "login-2"), LoginTrouble::kNone);
}

TEST_F(SimulatedDeskTest, HoursOfAnAccountTellWhenTheyBegin) {
  service_.needs_login = true;
  Tell("account shop hours 16:33-20:00");
  const auto entry = desk().Enter("authorisation", Function::kRead, "login", "right");
  EXPECT_EQ(entry.trouble, LoginTrouble::kNotOpen);
  EXPECT_EQ(entry.retry_after, absl::Minutes(19) + absl::Seconds(40));
  now_ += absl::Hours(2);
  EXPECT_EQ(LogIn("right"), LoginTrouble::kNone);
}

TEST_F(SimulatedDeskTest, HoursOfAServiceCloseItOutside) {
  Tell("hours authorisation 08:00-12:00");
  const Door door = desk().DoorOf("authorisation");
  EXPECT_EQ(door.how, Door::How::kBusy);
  EXPECT_EQ(door.busy_for, absl::Hours(15) + absl::Minutes(46) + absl::Seconds(40));
  now_ += absl::Hours(18);
  EXPECT_EQ(desk().DoorOf("authorisation").how, Door::How::kOpen);
}

TEST_F(SimulatedDeskTest, FunctionsOpenInStages) {
  const auto open = [this](Function f) {
    return !desk().Enter("authorisation", f, "", "").function_closed;
  };
  const Function all[] = {Function::kLogin, Function::kRead, Function::kAuthorise, Function::kBill};
  const char* const stages[] = {"login", "read", "authorisation", "bill"};
  for (size_t stage = 0; stage < 4; ++stage) {
    Tell(std::string("stage authorisation ") + stages[stage]);
    for (size_t f = 0; f < 4; ++f) EXPECT_EQ(open(all[f]), f <= stage);
  }
}

TEST_F(SimulatedDeskTest, ASecondSubmissionShowsInTheLedgerAsADuplicate) {
  Ask("shop-1");
  Ask("shop-1");
  EXPECT_EQ(Ledger().duplicated(), 1u);
}

TEST_F(SimulatedDeskTest, ADuplicateThatIsDetectedIsNotTaken) {
  options_.deduplicate = true;
  options_.deduplicate_content = true;
  Ask("shop-1");
  EXPECT_EQ(Ask("shop-1").said, Verdict::Said::kDuplicate);
  const Verdict same_content = Ask("shop-2");
  EXPECT_EQ(same_content.said, Verdict::Said::kDuplicate);
  EXPECT_EQ(same_content.known_as, "shop-1");
  EXPECT_EQ(Ledger().accepted.size(), 1u);
}

TEST_F(SimulatedDeskTest, ADocumentLiftsTheGrantThatWaitsForIt) {
  options_.shares.pending_documents = 100;
  service_.documents_days = 10;
  const Verdict asked = Receive(Kind::kAuthorisation, "shop-1");
  EXPECT_EQ(asked.meaning, Meaning::kGrantedPendingDocuments);
  EXPECT_TRUE(asked.answer.wanted_by.has_value());
  EXPECT_EQ(Receive(Kind::kDocument, "shop-2", "shop-1").meaning, Meaning::kReceived);
  EXPECT_EQ(Look("shop-1"), Meaning::kGranted);
}

TEST_F(SimulatedDeskTest, ADocumentOfNoFileIsRefused) {
  EXPECT_EQ(Receive(Kind::kDocument, "shop-2", "OP00000000").meaning, Meaning::kRefused);
}

TEST_F(SimulatedDeskTest, PendingIsDecidedLater) {
  options_.shares.pending = 100;
  options_.decide_after = absl::Hours(4);
  const Verdict asked = Receive(Kind::kAuthorisation, "shop-1");
  EXPECT_EQ(asked.meaning, Meaning::kPending);
  EXPECT_EQ(asked.ask_after, absl::Hours(4));
  EXPECT_TRUE(asked.answer.authorisation_number.empty());
  now_ += absl::Hours(4);
  EXPECT_EQ(Look("shop-1"), Meaning::kGranted);
}

TEST_F(SimulatedDeskTest, ANumberCanBeAllottedBeforeTheDecision) {
  options_.shares.pending = 100;
  service_.number_at_once = true;
  service_.quotation_creates = true;
  EXPECT_FALSE(Receive(Kind::kAuthorisation, "shop-1").answer.authorisation_number.empty());
  EXPECT_FALSE(Receive(Kind::kQuotation, "shop-2").answer.authorisation_number.empty());
}

TEST_F(SimulatedDeskTest, ABillIsRefusedWithoutAGrantAndTooSoonAfterIt) {
  service_.bills_need_grant = true;
  service_.bill_after_grant = absl::Hours(48);
  EXPECT_EQ(Receive(Kind::kBill, "shop-1").meaning, Meaning::kRefused);
  const std::string number = Receive(Kind::kAuthorisation, "shop-2").answer.authorisation_number;
  now_ += absl::Hours(47);
  EXPECT_EQ(Receive(Kind::kBill, "shop-3", number).meaning, Meaning::kRefused);
  now_ += absl::Hours(1);
  EXPECT_EQ(Receive(Kind::kBill, "shop-4", number).meaning, Meaning::kBilled);
  EXPECT_EQ(Look("shop-2"), Meaning::kBilled);
  EXPECT_EQ(Receive(Kind::kBill, "shop-5", number).meaning, Meaning::kRefused);
}

TEST_F(SimulatedDeskTest, ACancelledGrantCannotBeBilled) {
  service_.bills_need_grant = true;
  Receive(Kind::kAuthorisation, "shop-1");
  EXPECT_EQ(Receive(Kind::kCancellation, "shop-2", "shop-1").meaning, Meaning::kCancelled);
  EXPECT_EQ(Look("shop-1"), Meaning::kCancelled);
  EXPECT_EQ(Receive(Kind::kBill, "shop-3", "shop-1").meaning, Meaning::kRefused);
}

TEST_F(SimulatedDeskTest, AGrantExpires) {
  service_.valid_for = absl::Hours(24 * 60);
  Receive(Kind::kAuthorisation, "shop-1");
  now_ += absl::Hours(24 * 60);
  EXPECT_EQ(Look("shop-1"), Meaning::kExpired);
}

TEST_F(SimulatedDeskTest, ATechnicalRefusalKeepsNothingAndTheNextTryIsTaken) {
  options_.shares.technical = 100;
  EXPECT_EQ(Ask("shop-1").said, Verdict::Said::kTechnical);
  EXPECT_EQ(desk().Look("authorisation", "shop-1").said, Verdict::Said::kNeverHad);
  EXPECT_EQ(Ledger().accepted.size(), 0u);
  EXPECT_EQ(Ask("shop-1").said, Verdict::Said::kAnswer);
}

TEST_F(SimulatedDeskTest, WhatWasDecidedOutlivesARestart) {
  options_.shares.pending_documents = 100;
  const Verdict first = Receive(Kind::kAuthorisation, "shop-1");
  Receive(Kind::kDocument, "shop-2", "shop-1");
  Restart();
  const Verdict again = desk().Look("authorisation", "shop-1");
  EXPECT_EQ(again.meaning, Meaning::kGranted);
  EXPECT_EQ(again.answer.reference, first.answer.reference);
  EXPECT_EQ(again.answer.granted, content::Money{1000});
  EXPECT_EQ(desk().Accepted().accepted, 2u);
}

TEST_F(SimulatedDeskTest, TheSameSeedDecidesTheSame) {
  options_.shares = {20, 20, 20, 0, 20, 0, 0};
  std::vector<Meaning> before;
  for (int i = 0; i < 50; ++i) {
    before.push_back(Receive(Kind::kAuthorisation, "shop-" + std::to_string(i)).meaning);
  }
  Restart();
  std::filesystem::remove(options_.ledger);
  std::set<Meaning> seen;
  for (int i = 0; i < 50; ++i) {
    const Meaning now = Receive(Kind::kAuthorisation, "shop-" + std::to_string(i)).meaning;
    EXPECT_EQ(now, before[static_cast<size_t>(i)]);
    seen.insert(now);
  }
  EXPECT_EQ(seen.size(), 5u);
}

TEST_F(SimulatedDeskTest, ItSpeaksTheWordsOfTheProfile) {
  service_.words = {{"validee", Meaning::kGranted},
                    {"numero inconnu", Meaning::kNoRights},
                    {"creee", Meaning::kReceived}};
  options_.shares.unusable = 100;
  const Verdict asked = Receive(Kind::kAuthorisation, "shop-1");
  EXPECT_EQ(asked.answer.status, "validee");
  ASSERT_EQ(asked.answer.reasons.size(), 1u);
  EXPECT_EQ(asked.answer.reasons[0].text, "numero inconnu");
  EXPECT_EQ(desk().Word("authorisation", Meaning::kPending), "creee");
}

TEST_F(SimulatedDeskTest, ADecisionWithoutAWordIsNotMade) {
  service_.words = {{"validee", Meaning::kGranted}};
  options_.shares.pending_documents = 100;
  EXPECT_EQ(Receive(Kind::kAuthorisation, "shop-1").meaning, Meaning::kGranted);
}

TEST_F(SimulatedDeskTest, AnothersRequestIsNotShown) {
  Ask("shop-1");
  EXPECT_EQ(desk().Look("authorisation", "shop-1", "shop").said, Verdict::Said::kAnswer);
  EXPECT_EQ(desk().Look("authorisation", "shop-1", "other").said, Verdict::Said::kNeverHad);
}

TEST_F(SimulatedDeskTest, TheLedgerSaysWhatWasTaken) {
  Receive(Kind::kBill, "shop-1", "OP00000001");
  const Witness witness = Ledger();
  ASSERT_EQ(witness.accepted.size(), 1u);
  EXPECT_EQ(witness.accepted[0].service, "authorisation");
  EXPECT_EQ(witness.accepted[0].kind, "bill");
  EXPECT_EQ(witness.accepted[0].about, "OP00000001");
}

TEST(SharesTest, WhatIsNoShareIsRefused) {
  EXPECT_TRUE(ParseShares("refused=50,pending=50").ok());
  EXPECT_FALSE(ParseShares("refused=60,pending=60").ok());
  EXPECT_FALSE(ParseShares("refused=many").ok());
  EXPECT_FALSE(ParseShares("mislaid=5").ok());
}

}  // namespace
}  // namespace ecluse::simulated
