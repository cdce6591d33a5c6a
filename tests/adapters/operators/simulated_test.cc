// SPDX-License-Identifier: Apache-2.0
// Each operator by its real profile, an adapter.toml as a deployment writes it, the vault, the real
// drivers over TLS, and the simulated operator on the other side.
#include <fmt/format.h>
#include <sys/stat.h>

#include "adapters/operators/config.h"
#include "broker/net/keys.h"
#include "proto/content/codec.h"
#include "tests/adapters/vault/vault_fixture.h"
#include "tests/support/operator/certificates.h"
#include "tests/support/operator/operator.h"

namespace ecluse {
namespace {

constexpr char kSecret[] = "right";

class CarriedTest : public VaultTest, public ::testing::WithParamInterface<const char*> {
 protected:
  CarriedTest() {
    EXPECT_TRUE(MakeCertificates(folder_).ok());
    chmod((folder_ + "/client.key").c_str(), 0600);
    EXPECT_TRUE(WriteKeyPair(folder_ + "/own.key", *MakeKeyPair()).ok());
    auto profile =
        profile::ReadProfile(fmt::format("{}/{}/profile.toml", ECLUSE_OPERATORS, GetParam()));
    EXPECT_TRUE(profile.ok()) << profile.status();
    profile_ = *std::move(profile);
    OperatorOptions options;
    options.tls = {0, folder_ + "/ca.pem", folder_ + "/server.pem", folder_ + "/server.key"};
    options.ledger = folder_ + "/ledger";
    for (const auto& service : profile_.services) {
      options.desk.services.push_back(simulated::OptionsFrom(service));
    }
    options.desk.accounts = {{"shop", "login-shop", kSecret}};
    options.desk.shares = {};
    options.desk.shares.refused = 0;
    auto simulated = SimulatedOperator::Open(options);
    EXPECT_TRUE(simulated.ok()) << simulated.status();
    operator_ = *std::move(simulated);
  }

  void Start() {
    std::string text =
        "[broker]\nendpoint = \"tcp://127.0.0.1:5570\"\nbroker_key_file = \"own.key.pub\"\n"
        "key_file = \"own.key\"\n[vault]\nfile = \"vault\"\nkey_file = \"vault.key\"\n";
    for (const auto& service : profile_.services) {
      if (service.protocol == profile::Protocol::kMail) continue;
      const bool portal = service.protocol == profile::Protocol::kPortal;
      text += fmt::format(
          "[[endpoint]]\nservice = \"{0}\"\nurl = \"https://127.0.0.1:{1}/{0}/{2}\"\n"
          "ca_file = \"ca.pem\"\ncertificate_file = \"client.pem\"\nkey_file = \"client.key\"\n",
          service.name.text, operator_->port(), portal ? "portal" : "exchange");
      services_.push_back(service.name.text);
    }
    Write(folder_ + "/adapter.toml", text);
    const auto config = ReadAdapterConfig(folder_ + "/adapter.toml", profile_);
    ASSERT_TRUE(config.ok()) << config.status();
    auto carrier = MakeCarrier(*config, profile_);
    ASSERT_TRUE(carrier.ok()) << carrier.status();
    carrier_ = *std::move(carrier);
  }

  Envelope To(const std::string& service, uint64_t number) const {
    Envelope envelope;
    envelope.id = {number};
    envelope.practice = {"shop"};
    envelope.finess = "750000001";
    envelope.destination = {profile_.name, {service}};
    envelope.format = content::kTyped;
    return envelope;
  }
  std::optional<Outcome> Ask(const std::string& service, uint64_t number) {
    content::Authorisation request;
    request.asked_on = absl::CivilDay(2024, 2, 12);
    request.domain = "optics";
    request.totals.asked = {45'000};
    return carrier_->Deliver(To(service, number), 1, content::Encode(request));
  }
  void Tell(const std::string& line) {
    EXPECT_TRUE(operator_->Command(line).starts_with("ok")) << line;
  }
  std::vector<std::string> Authorising() const {
    std::vector<std::string> all;
    for (const std::string& name : services_) {
      const auto& kinds = profile_.Find({name})->rules.kinds;
      if (std::find(kinds.begin(), kinds.end(), Kind::kAuthorisation) != kinds.end()) {
        all.push_back(name);
      }
    }
    return all;
  }
  static std::optional<Hindrance> HindranceOf(const std::optional<Outcome>& outcome) {
    const auto* unsent = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
    return unsent == nullptr ? std::nullopt : std::optional(unsent->hindrance);
  }
  static Decision DecisionOf(const std::optional<Outcome>& outcome) {
    const auto* answered = outcome ? std::get_if<outcome::Answered>(&*outcome) : nullptr;
    const auto* word = outcome ? std::get_if<outcome::Accepted>(&*outcome) : nullptr;
    return answered ? answered->decision : word ? word->decision : Decision::kOther;
  }

  profile::Profile profile_;
  std::unique_ptr<SimulatedOperator> operator_;
  std::vector<std::string> services_;
  std::unique_ptr<Carrier> carrier_;
};

TEST_P(CarriedTest, EveryServiceThatAuthorisesGrants) {
  Set("shop", kSecret);
  Start();
  uint64_t number = 0;
  for (const std::string& service : Authorising()) {
    EXPECT_EQ(DecisionOf(Ask(service, ++number)), Decision::kGranted) << service;
    EXPECT_EQ(DecisionOf(carrier_->Probe(To(service, number))), Decision::kGranted) << service;
  }
  EXPECT_EQ(operator_->Accepted(), number);
}

TEST_P(CarriedTest, AWrongPasswordReachesItOnceAndTheRightOneGoesOn) {
  Set("shop", "wrong");
  Start();
  const std::string service = Authorising().at(0);
  for (uint64_t number = 1; number <= 6; ++number) {
    EXPECT_EQ(HindranceOf(Ask(service, number)), Hindrance::kCredentials);
  }
  EXPECT_EQ(operator_->Command("logins shop"), "ok wrong=1");
  Set("shop", kSecret);
  EXPECT_EQ(DecisionOf(Ask(service, 1)), Decision::kGranted);
  EXPECT_EQ(operator_->Accepted(), 1u);
}

TEST_P(CarriedTest, APasswordThatMustBeChangedWaitsForANewOne) {
  Set("shop", kSecret);
  Start();
  Tell("account shop change");
  const std::string service = Authorising().at(0);
  EXPECT_EQ(HindranceOf(Ask(service, 1)), Hindrance::kCredentials);
  Tell("account shop secret fresh");
  Set("shop", "fresh");
  EXPECT_EQ(DecisionOf(Ask(service, 1)), Decision::kGranted);
}

TEST_P(CarriedTest, AnAccountThatIsNotReopenedRestsAlone) {
  Set("shop", kSecret);
  Start();
  Tell("account shop closed");
  EXPECT_EQ(HindranceOf(Ask(Authorising().at(0), 1)), Hindrance::kAccount);
  Tell("account shop open");
  EXPECT_EQ(DecisionOf(Ask(Authorising().at(0), 1)), Decision::kGranted);
}

TEST_P(CarriedTest, TechnicalRefusalsAreNoDecision) {
  Set("shop", kSecret);
  Start();
  Tell("shares refused=0,technical=100");
  EXPECT_EQ(HindranceOf(Ask(Authorising().at(0), 1)), Hindrance::kTechnical);
  EXPECT_EQ(operator_->Accepted(), 0u);
}

TEST_P(CarriedTest, AnotherAmountIsSeen) {
  Set("shop", kSecret);
  Start();
  Tell("shares refused=0,other-amount=100");
  EXPECT_EQ(DecisionOf(Ask(Authorising().at(0), 1)), Decision::kGrantedOtherAmount);
}

INSTANTIATE_TEST_SUITE_P(Operators, CarriedTest,
                         ::testing::Values("viamedis", "oxantis", "almerys", "carte-blanche",
                                           "generation"),
                         [](const auto& each) {
                           std::string name = each.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace ecluse
