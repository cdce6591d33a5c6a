// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/accounts.h"

#include <sys/stat.h>

#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {
namespace {

class AccountsTest : public VaultTest {
 protected:
  Accounts Make(absl::Time secrets_since = absl::InfinitePast()) {
    return Accounts({vault_file(), key_file(), refusals_file(), secrets_since,
                     [this] { return now_; },
                     [this](const std::string& line) { told_.push_back(line); }});
  }
  static Credential Good(Accounts& accounts) {
    auto taken = accounts.Take({"shop"});
    EXPECT_TRUE(std::holds_alternative<Credential>(taken));
    return std::holds_alternative<Credential>(taken) ? std::get<Credential>(taken) : Credential();
  }
  static Accounts::Unusable Bad(Accounts& accounts) {
    const auto taken = accounts.Take({"shop"});
    EXPECT_TRUE(std::holds_alternative<Accounts::Unusable>(taken));
    return std::holds_alternative<Credential>(taken) ? Accounts::Unusable()
                                                     : std::get<Accounts::Unusable>(taken);
  }

  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  std::vector<std::string> told_;
};

TEST_F(AccountsTest, APracticeWithoutALoginNeedsAPerson) {
  Accounts accounts = Make();
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kCredentials);
  EXPECT_EQ(Bad(accounts).epoch, 0u);
}

TEST_F(AccountsTest, ASecretIsProvenByOneRequestAlone) {
  Set("shop", "one");
  Accounts accounts = Make();
  const Credential first = Good(accounts);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAccount);
  EXPECT_GT(Bad(accounts).retry_after, absl::ZeroDuration());
  accounts.Accepted(first);
  for (uint32_t i = 0; i < Accounts::kAtOnce; ++i) Good(accounts);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAccount);
}

TEST_F(AccountsTest, AnExchangeThatDidNotGetSoFarProvesNothing) {
  Set("shop", "one");
  Accounts accounts = Make();
  accounts.Unknown(Good(accounts));
  Good(accounts);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAccount);
}

TEST_F(AccountsTest, ARefusedSecretIsNotUsedAgainAlsoAfterARestart) {
  const uint64_t epoch = Set("shop", "one");
  {
    Accounts accounts = Make();
    accounts.Refused(Good(accounts));
    EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kCredentials);
    EXPECT_EQ(Bad(accounts).epoch, epoch);
  }
  Accounts restarted = Make();
  EXPECT_EQ(Bad(restarted).hindrance, Hindrance::kCredentials);
}

TEST_F(AccountsTest, ANewSecretIsUsedWithoutARestart) {
  Set("shop", "one");
  Accounts accounts = Make();
  accounts.Refused(Good(accounts));
  Set("shop", "two");
  EXPECT_EQ(Good(accounts).secret, "two");
}

TEST_F(AccountsTest, ANewSecretIsProvenAnew) {
  Set("shop", "one");
  Accounts accounts = Make();
  accounts.Accepted(Good(accounts));
  const Credential old = Good(accounts);
  Set("shop", "two");
  const Credential fresh = Good(accounts);
  accounts.Accepted(old);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAccount);
  accounts.Accepted(fresh);
  Good(accounts);
}

TEST_F(AccountsTest, ALateWordOnARefusedSecretDoesNotProveIt) {
  Set("shop", "one");
  Accounts accounts = Make();
  accounts.Accepted(Good(accounts));
  const Credential a = Good(accounts), b = Good(accounts);
  accounts.Refused(a);
  accounts.Accepted(b);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kCredentials);
}

TEST_F(AccountsTest, OneAccountsTroubleIsNotAnothers) {
  Set("shop", "one");
  Set("other", "two");
  Accounts accounts = Make();
  accounts.Refused(Good(accounts));
  EXPECT_TRUE(std::holds_alternative<Credential>(accounts.Take({"other"})));
}

TEST_F(AccountsTest, WordsThatMayMeanAWrongLoginRestTheAccountAndRefuseItAtLast) {
  Set("shop", "one");
  Accounts accounts = Make();
  for (uint32_t i = 1; i < Accounts::kSuspicions; ++i) {
    const auto rest = accounts.Suspected(Good(accounts));
    ASSERT_TRUE(rest.has_value());
    EXPECT_EQ(rest->hindrance, Hindrance::kAccount);
    EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAccount);
    now_ += rest->retry_after;
  }
  EXPECT_EQ(accounts.Suspected(Good(accounts))->hindrance, Hindrance::kCredentials);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kCredentials);
}

TEST_F(AccountsTest, SuspicionsAreCountedAcrossRestarts) {
  Set("shop", "one");
  for (uint32_t i = 1; i < Accounts::kSuspicions; ++i) {
    Accounts accounts = Make();
    accounts.Suspected(Good(accounts));
  }
  Accounts accounts = Make();
  EXPECT_EQ(accounts.Suspected(Good(accounts))->hindrance, Hindrance::kCredentials);
}

TEST_F(AccountsTest, AProvenSecretIsNotSuspected) {
  Set("shop", "one");
  Accounts accounts = Make();
  accounts.Accepted(Good(accounts));
  EXPECT_FALSE(accounts.Suspected(Good(accounts)).has_value());
}

TEST_F(AccountsTest, ASecretOlderThanTheIncidentWaitsForANewOne) {
  Set("shop", "one", absl::FromUnixSeconds(500));
  Accounts accounts = Make(absl::FromUnixSeconds(600));
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kCredentials);
  EXPECT_TRUE(accounts.Epochs().empty());
  Set("shop", "two", absl::FromUnixSeconds(700));
  EXPECT_EQ(Good(accounts).secret, "two");
  EXPECT_EQ(accounts.Epochs().size(), 1u);
}

TEST_F(AccountsTest, AVaultThatCantBeReadStopsEverythingAndIsToldOnce) {
  Set("shop", "one");
  Accounts accounts = Make();
  accounts.Accepted(Good(accounts));
  Write(vault_file(), "damage");
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAdapter);
  EXPECT_EQ(Bad(accounts).hindrance, Hindrance::kAdapter);
  EXPECT_TRUE(accounts.Epochs().empty());
  EXPECT_EQ(told_.size(), 1u);
  EXPECT_FALSE(accounts.Check().ok());
}

TEST_F(AccountsTest, TheBrokerIsToldEveryAccountWithItsEpoch) {
  const uint64_t epoch = Set("shop", "one");
  Accounts accounts = Make();
  ASSERT_EQ(accounts.Epochs().size(), 1u);
  EXPECT_EQ(accounts.Epochs().at(0).practice.text, "shop");
  EXPECT_EQ(accounts.Epochs().at(0).epoch, epoch);
  EXPECT_EQ(accounts.Epochs().at(0).set_at, Open().Find({"shop"})->rotated_at);
}

TEST_F(AccountsTest, TroubleIsToldWithoutUsingTheLogin) {
  Set("shop", "one");
  Accounts accounts = Make();
  EXPECT_EQ(accounts.TroubleOf({"shop"}), std::nullopt);
  EXPECT_EQ(accounts.TroubleOf({"nobody"}), LoginTrouble::kMissing);
  accounts.Refused(Good(accounts));
  EXPECT_EQ(accounts.TroubleOf({"shop"}), LoginTrouble::kRefused);
}

TEST_F(AccountsTest, ALockThatIsTakenIsRefusedWithoutWaiting) {
  const auto one = FileLock::TryTake(vault_file() + ".adapter");
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_TRUE(absl::IsAlreadyExists(FileLock::TryTake(vault_file() + ".adapter").status()));
}

TEST_F(AccountsTest, ARefusalsFileThatIsDamagedStopsTheStart) {
  Set("shop", "one");
  Write(refusals_file(), "nonsense\n");
  ::chmod(refusals_file().c_str(), 0600);
  Accounts accounts = Make();
  EXPECT_FALSE(accounts.Check().ok());
}

}  // namespace
}  // namespace ecluse
