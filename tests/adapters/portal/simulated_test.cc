// SPDX-License-Identifier: Apache-2.0
// The driver and the simulated operator's portal: both sides of the contract.
#include "proto/content/codec.h"
#include "tests/adapters/portal/portal_fixture.h"
#include "tests/support/operator/operator.h"

namespace ecluse::portal {
namespace {

class SimulatedPortalTest : public PortalTest {
 protected:
  SimulatedPortalTest() {
    options_.tls = TlsOptions();
    options_.ledger = directory_ + "/ledger";
    simulated::ServiceOptions service;
    service.name = "authorisation";
    service.words = settings_.terms.words;
    service.needs_login = true;
    options_.desk.services = {service};
    options_.desk.accounts = {{"shop", "shop-login", "very secret"}};
    options_.desk.shares.refused = 0;
    Open();
  }
  void Open() {
    operator_.reset();
    Forget();
    auto opened = SimulatedOperator::Open(options_);
    EXPECT_TRUE(opened.ok()) << opened.status();
    operator_ = *std::move(opened);
    settings_.site.url =
        "https://127.0.0.1:" + std::to_string(operator_->port()) + "/authorisation/portal";
  }
  void Tell(const std::string& line) {
    EXPECT_TRUE(operator_->Command(line).starts_with("ok")) << line;
  }
  uint64_t Taken() { return operator_->Accepted(); }

  OperatorOptions options_;
  std::unique_ptr<SimulatedOperator> operator_;
};

TEST_F(SimulatedPortalTest, AGrantArrivesWithNumberAmountAndLetter) {
  content::Authorisation asked;
  asked.totals.asked = {45000};
  envelope_.format = content::kTyped;
  const content::Answer answer = AnswerOf(Deliver(content::Encode(asked)));
  EXPECT_EQ(answer.decision, Decision::kGranted);
  EXPECT_EQ(answer.granted, content::Money{45000});
  EXPECT_FALSE(answer.authorisation_number.empty());
  EXPECT_EQ(answer.letters.size(), 1u);
}

TEST_F(SimulatedPortalTest, ASmallerGrantIsSeenByItsAmount) {
  Tell("shares refused=0,other-amount=100");
  content::Authorisation asked;
  asked.totals.asked = {45000};
  envelope_.format = content::kTyped;
  const auto outcome = Deliver(content::Encode(asked));
  EXPECT_EQ(DecisionOf(outcome), Decision::kGrantedOtherAmount);
  EXPECT_EQ(AnswerOf(outcome).granted, content::Money{36000});
}

TEST_F(SimulatedPortalTest, AWrongLoginTakesNothing) {
  credential_.secret = "wrong";
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kCredentials);
  EXPECT_EQ(Taken(), 0u);
}

TEST_F(SimulatedPortalTest, StagesOpenOneAfterTheOther) {
  Tell("stage authorisation login");
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kClosed);
  EXPECT_EQ(Probe(), std::nullopt);
  Tell("stage authorisation read");
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kClosed);
  EXPECT_EQ(HindranceOf(Probe()), Hindrance::kAbsent);
  Tell("stage authorisation authorisation");
  EXPECT_EQ(DecisionOf(Deliver()), Decision::kGranted);
  envelope_.kind = Kind::kBill;
  envelope_.id = {8};
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kClosed);
  Tell("stage authorisation bill");
  EXPECT_EQ(DecisionOf(Deliver()), Decision::kOther);  // "facturee" is not in this profile: doubt
  EXPECT_EQ(Taken(), 2u);
}

TEST_F(SimulatedPortalTest, AClosedServiceTakesNothing) {
  settings_.terms.promises.html_page = true;
  for (const char* how : {"refuse", "busy 60", "page"}) {
    Tell(std::string("close authorisation ") + how);
    EXPECT_TRUE(HindranceOf(Deliver())) << how;
  }
  EXPECT_EQ(Taken(), 0u);
  Tell("open authorisation");
  EXPECT_EQ(DecisionOf(Deliver()), Decision::kGranted);
}

TEST_F(SimulatedPortalTest, EveryFaultAfterAcceptanceIsDoubtThatAProbeSettles) {
  settings_.site.total_timeout = absl::Seconds(2);
  for (const char* fault :
       {"drop-after=100", "garbage=100", "huge=100", "bomb=100", "trickle=100"}) {
    ++envelope_.id.value;
    Tell(std::string("faults ") + fault);
    const uint64_t before = Taken();
    EXPECT_EQ(Deliver(), std::nullopt) << fault;
    EXPECT_EQ(Taken(), before + 1) << fault;
    EXPECT_EQ(DecisionOf(Probe()), Decision::kGranted) << fault;
  }
}

TEST_F(SimulatedPortalTest, ALateDecisionIsTakenFirst) {
  Tell("faults late=100,late-ms=60000");
  EXPECT_EQ(Deliver(), Outcome(outcome::Accepted{absl::Minutes(1)}));
  EXPECT_EQ(DecisionOf(Probe()), Decision::kPending);
}

TEST_F(SimulatedPortalTest, RefusalsThatAreNoDecisionsTakeNothing) {
  Tell("shares technical=100");
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kTechnical);
  ++envelope_.id.value;
  Tell("shares unavailable=100");
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kClosed);
  EXPECT_EQ(Taken(), 0u);
  EXPECT_EQ(HindranceOf(Probe()), Hindrance::kAbsent);
}

TEST_F(SimulatedPortalTest, AServiceClosesAlone) {
  options_.desk.services.push_back(options_.desk.services[0]);
  options_.desk.services.back().name = "billing";
  Open();
  Tell("close billing busy 60");
  EXPECT_EQ(DecisionOf(Deliver()), Decision::kGranted);
  settings_.site.url = "https://127.0.0.1:" + std::to_string(operator_->port()) + "/billing/portal";
  Forget();
  ++envelope_.id.value;
  EXPECT_EQ(Deliver(), Outcome(outcome::Deferred{Hindrance::kClosed, absl::Minutes(1), true, 0}));
}

TEST_F(SimulatedPortalTest, AKnownKeyIsNotTakenAgainAndAProbeReadsItsDecision) {
  options_.deduplicate = true;
  Open();
  Deliver();
  EXPECT_EQ(Deliver(), Outcome(outcome::Accepted{}));
  EXPECT_EQ(DecisionOf(Probe()), Decision::kGranted);
  EXPECT_EQ(Taken(), 1u);
}

TEST_F(SimulatedPortalTest, AKnownContentUnderAnotherKeyIsRejected) {
  options_.desk.deduplicate_content = true;
  Open();
  Deliver();
  ++envelope_.id.value;
  const auto outcome = Deliver();
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(std::holds_alternative<outcome::Rejected>(*outcome));
  EXPECT_EQ(Taken(), 1u);
}

TEST_F(SimulatedPortalTest, AnAddressThatIsNobodysTakesNothing) {
  settings_.site.url += "/elsewhere";
  Forget();
  EXPECT_EQ(HindranceOf(Deliver()), Hindrance::kAdapter);
  EXPECT_EQ(Probe(), std::nullopt);
}

TEST_F(SimulatedPortalTest, WithoutAClientCertificateItIsEnteredOnlyWhereAsked) {
  settings_.site.certificate.clear();
  settings_.site.key.clear();
  EXPECT_TRUE(HindranceOf(Deliver()));
  options_.tls.client_certificates = false;
  Open();
  EXPECT_EQ(DecisionOf(Deliver()), Decision::kGranted);
}

}  // namespace
}  // namespace ecluse::portal
