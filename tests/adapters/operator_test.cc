// SPDX-License-Identifier: Apache-2.0
// The simulated operator is a judge in other tests, so it is judged here.
#include "tests/support/operator/operator.h"

#include <fstream>

#include "tests/adapters/portal/portal_fixture.h"
#include "tests/support/operator/control.h"

namespace ecluse::portal {
namespace {

class OperatorTest : public PortalTest {
 protected:
  OperatorTest() { Restart(""); }

  // The ledger stays.
  void Restart(const std::string& faults) {
    operator_.reset();
    Forget();
    simulated::ServiceOptions service;
    service.name = "authorisation";
    service.words = settings_.terms.words;
    OperatorOptions options;
    options.desk.services = {service};
    options.desk.accounts = {{"shop", "shop-login", "very secret"}};
    options.desk.shares.refused = 0;
    options.tls = TlsOptions();
    options.ledger = directory_ + "/ledger";
    options.faults = *ParseFaults(faults);
    auto opened = SimulatedOperator::Open(options);
    EXPECT_TRUE(opened.ok()) << opened.status();
    operator_ = *std::move(opened);
    settings_.site.url =
        "https://127.0.0.1:" + std::to_string(operator_->port()) + "/authorisation/portal";
  }
  Witness Ledger() { return *ReadLedger(directory_ + "/ledger"); }

  std::unique_ptr<SimulatedOperator> operator_;
};

TEST_F(OperatorTest, AnAcceptanceIsInTheLedger) {
  EXPECT_TRUE(std::holds_alternative<outcome::Answered>(*Deliver()));
  const Witness witness = Ledger();
  ASSERT_EQ(witness.accepted.size(), 1u);
  EXPECT_EQ(witness.accepted[0].key, "shop-7");
  EXPECT_EQ(witness.accepted[0].practice, "shop");
  EXPECT_EQ(witness.accepted[0].bytes, std::string("a request").size());
}

TEST_F(OperatorTest, ASecondSubmissionIsASecondAcceptance) {
  Deliver();
  Deliver();
  EXPECT_EQ(Ledger().keys(), 1u);
  EXPECT_EQ(Ledger().duplicated(), 1u);
}

TEST_F(OperatorTest, TheLedgerOutlivesARestart) {
  Deliver();
  Restart("");
  EXPECT_TRUE(std::holds_alternative<outcome::Answered>(*Probe()));
  Deliver();
  EXPECT_EQ(Ledger().duplicated(), 1u);
}

TEST_F(OperatorTest, ATornLastLineIsCutOff) {
  Deliver();
  std::ofstream(directory_ + "/ledger", std::ios::app) << "shop-8\t1\tsh";
  Restart("");
  Deliver();
  EXPECT_EQ(Ledger().accepted.size(), 2u);
}

TEST_F(OperatorTest, ALostAnswerIsDoubtThatAProbeSettles) {
  Restart("drop-after=100");
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(Ledger().keys(), 1u);
  EXPECT_TRUE(std::holds_alternative<outcome::Answered>(*Probe()));
}

TEST_F(OperatorTest, ADroppedSubmissionIsDoubtThatAProbeDenies) {
  Restart("drop-before=100");
  EXPECT_EQ(Deliver(), std::nullopt);
  EXPECT_EQ(Ledger().keys(), 0u);
  EXPECT_EQ(HindranceOf(Probe()), Hindrance::kAbsent);
}

TEST_F(OperatorTest, ALateDecisionIsPendingFirst) {
  Restart("late=100,late-ms=60000");
  EXPECT_EQ(Deliver(), Outcome(outcome::Accepted{absl::Minutes(1)}));
  EXPECT_TRUE(std::holds_alternative<outcome::Accepted>(*Probe()));
}

TEST_F(OperatorTest, GarbageAndErrorsAreDoubt) {
  Restart("garbage=100");
  EXPECT_EQ(Deliver(), std::nullopt);
  Restart("error=100");
  EXPECT_EQ(Deliver(), std::nullopt);
}

TEST_F(OperatorTest, AClosedDoorTakesNothing) {
  EXPECT_EQ(operator_->Command("close busy 259200"), "ok closed");
  EXPECT_EQ(Deliver(), Outcome(outcome::Deferred{Hindrance::kClosed, absl::Hours(72), true}));
  operator_->Command("close refuse");
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kUnreachable);
  operator_->Command("close page");
  settings_.terms.promises.html_page = true;
  Forget();
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kClosed);
  EXPECT_EQ(Ledger().keys(), 0u);
  operator_->Command("open");
  EXPECT_TRUE(std::holds_alternative<outcome::Answered>(*Deliver()));
}

TEST_F(OperatorTest, ItIsToldByAControlPort) {
  const auto control =
      ControlPort::Open(0, [this](const std::string& line) { return operator_->Command(line); });
  ASSERT_TRUE(control.ok());
  EXPECT_EQ(*Tell((*control)->port(), "status"), "ok door=open accepted=0 keys=0 duplicated=0");
  EXPECT_TRUE(Tell((*control)->port(), "dance")->starts_with("error"));
}

TEST(FaultsTest, TheSameSeedGivesTheSameFaults) {
  const Faults faults = *ParseFaults("error=10,late=20,drop-after=30");
  int same = 0;
  int harmless = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string key = "shop-" + std::to_string(i);
    same += Choose(faults, 5, key, 1) == Choose(faults, 5, key, 1) ? 1 : 0;
    harmless += Choose(faults, 5, key, 1) == Fault::kNone ? 1 : 0;
  }
  EXPECT_EQ(same, 1000);
  EXPECT_NEAR(harmless, 400, 80);
}

TEST(FaultsTest, WhatIsNoFaultIsRefused) {
  EXPECT_FALSE(ParseFaults("eror=5").ok());
  EXPECT_FALSE(ParseFaults("error=60,late=60").ok());
  EXPECT_FALSE(ParseFaults("error=many").ok());
}

}  // namespace
}  // namespace ecluse::portal
