// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/config.h"

#include <sys/stat.h>

#include "broker/net/keys.h"
#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {
namespace {

constexpr char kBroker[] =
    "[broker]\nendpoint = \"tcp://127.0.0.1:5570\"\nbroker_key_file = \"own.key.pub\"\n"
    "key_file = \"own.key\"\n";
constexpr char kVault[] = "[vault]\nfile = \"vault\"\nkey_file = \"vault.key\"\n";
constexpr char kSite[] =
    "[[endpoint]]\nservice = \"authorisation\"\nurl = \"https://127.0.0.1:8443/site/\"\n";

class AdapterConfigTest : public VaultTest {
 protected:
  AdapterConfigTest() {
    EXPECT_TRUE(WriteKeyPair(folder_ + "/own.key", *MakeKeyPair()).ok());
    auto profile =
        profile::ReadProfile(std::string(ECLUSE_OPERATORS) + "/carte-blanche/profile.toml");
    EXPECT_TRUE(profile.ok()) << profile.status();
    profile_ = *std::move(profile);
  }
  absl::StatusOr<AdapterConfig> Read(const std::string& text) {
    Write(folder_ + "/adapter.toml", text);
    return ReadAdapterConfig(folder_ + "/adapter.toml", profile_);
  }
  std::string Refusal(const std::string& text) {
    const auto config = Read(text);
    return config.ok() ? "" : std::string(config.status().message());
  }
  std::string Usual(const std::string& more = "") {
    return std::string(kBroker) + kVault + kSite + more;
  }

  profile::Profile profile_;
};

TEST_F(AdapterConfigTest, TheLeastThatIsNeededIsEnough) {
  const auto config = Read(Usual());
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(IsKey(config->worker.link.secret_key));
  EXPECT_EQ(config->accounts->vault_file, vault_file());
  EXPECT_EQ(config->left_out.size(), 2u);
  auto carrier = MakeCarrier(*config, profile_);
  ASSERT_TRUE(carrier.ok()) << carrier.status();
  EXPECT_EQ((*carrier)->Destinations().size(), 1u);
  EXPECT_GT((*carrier)->LongestDelivery(), absl::ZeroDuration());
}

TEST_F(AdapterConfigTest, OneEndpointMayServeSeveralServices) {
  const auto config = Read(std::string(kBroker) + kVault +
                           "[[endpoint]]\nservices = [\"optoamc\", \"billing\"]\n"
                           "url = \"https://127.0.0.1:8443/flow\"\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->endpoints.size(), 2u);
}

TEST_F(AdapterConfigTest, AMisspeltSettingIsNamedWithItsLine) {
  EXPECT_NE(Refusal(Usual("certificate = \"x.pem\"\n")).find("adapter.toml:11: [[endpoint]]"),
            std::string::npos);
  EXPECT_NE(Refusal(Usual("[wroker]\n")).find("wroker"), std::string::npos);
  EXPECT_NE(Refusal("threads = 4\n" + Usual()).find("outside"), std::string::npos);
}

TEST_F(AdapterConfigTest, AServiceThatTheProfileDoesNotHaveIsNamed) {
  EXPECT_NE(Refusal(Usual("[[endpoint]]\nservice = \"optoanc\"\nurl = \"https://127.0.0.1\"\n"))
                .find("is \"optoamc\" meant?"),
            std::string::npos);
}

TEST_F(AdapterConfigTest, AServiceHasOneEndpoint) {
  EXPECT_NE(Refusal(Usual(kSite)).find("has one already"), std::string::npos);
}

TEST_F(AdapterConfigTest, OnlyHttpsIsSpoken) {
  EXPECT_NE(Refusal(std::string(kBroker) + kVault +
                    "[[endpoint]]\nservice = \"optoamc\"\nurl = \"http://127.0.0.1\"\n"),
            "");
}

TEST_F(AdapterConfigTest, ACertificateNeedsItsKey) {
  Write(folder_ + "/client.pem", "certificate");
  EXPECT_NE(Refusal(Usual("certificate_file = \"client.pem\"\n")).find("go together"),
            std::string::npos);
}

TEST_F(AdapterConfigTest, FilesThatAreMissingAreToldAtTheStart) {
  EXPECT_NE(Refusal(Usual("ca_file = \"ca.pem\"\n")).find("ca.pem"), std::string::npos);
  std::filesystem::remove(key_file());
  EXPECT_NE(Refusal(Usual()).find("vault.key"), std::string::npos);
}

TEST_F(AdapterConfigTest, SecretsThatOthersMayReadAreToldAtTheStart) {
  Write(folder_ + "/client.pem", "certificate");
  Write(folder_ + "/client.key", "key");
  const std::string both = "certificate_file = \"client.pem\"\nkey_file = \"client.key\"\n";
  chmod((folder_ + "/client.key").c_str(), 0644);
  EXPECT_NE(Refusal(Usual(both)).find("client.key"), std::string::npos);
  chmod((folder_ + "/client.key").c_str(), 0600);
  EXPECT_EQ(Refusal(Usual(both)), "");
  chmod(key_file().c_str(), 0644);
  EXPECT_NE(Refusal(Usual(both)).find("vault.key"), std::string::npos);
}

TEST_F(AdapterConfigTest, AVaultThatIsNeededMustBeThere) {
  EXPECT_NE(Refusal(std::string(kBroker) + kSite).find("[vault]"), std::string::npos);
}

TEST_F(AdapterConfigTest, SecretsMayHaveToBeNew) {
  const auto config = Read(std::string(kBroker) + kVault +
                           "secrets_since = \"2024-02-05T20:00:00+01:00\"\n" + kSite);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->accounts->secrets_since,
            absl::FromCivil(absl::CivilHour(2024, 2, 5, 19), absl::UTCTimeZone()));
  EXPECT_NE(Refusal(std::string(kBroker) + kVault + "secrets_since = \"monday\"\n" + kSite), "");
}

TEST_F(AdapterConfigTest, NumbersAndDurationsHaveTheirRange) {
  EXPECT_EQ(Refusal(Usual("[worker]\nthreads = 8\ncollect_every = \"5s\"\n")), "");
  EXPECT_NE(Refusal(Usual("[worker]\nthreads = 0\n")), "");
  EXPECT_NE(Refusal(Usual("[worker]\nstop_within = \"2h\"\n")), "");
}

TEST_F(AdapterConfigTest, QuirksThatDoNotExistAreToldAtTheStart) {
  const auto config = Read(Usual());
  ASSERT_TRUE(config.ok()) << config.status();
  profile_.quirks = "nobody";
  EXPECT_FALSE(MakeCarrier(*config, profile_).ok());
}

TEST_F(AdapterConfigTest, BillsInClearAreRefused) {
  auto profile = profile::ReadProfile(std::string(ECLUSE_OPERATORS) + "/almerys/profile.toml");
  profile_ = *std::move(profile);
  Write(folder_ + "/register.key", std::string(32, 'k'));
  chmod((folder_ + "/register.key").c_str(), 0600);
  const std::string mail =
      std::string(kBroker) +
      "[[endpoint]]\nservice = \"billing\"\nsubmission = \"smtp://127.0.0.1:587\"\n"
      "from = \"shop@example.org\"\nto = \"operator@example.org\"\nregister = \"register.db\"\n"
      "register_key = \"register.key\"\n";
  EXPECT_NE(Refusal(mail).find("recipient_certificate"), std::string::npos);
  EXPECT_EQ(Refusal(mail + "in_clear = true\n"), "");
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/register.db"));
}

}  // namespace
}  // namespace ecluse
