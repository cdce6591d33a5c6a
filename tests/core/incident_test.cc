// SPDX-License-Identifier: Apache-2.0
// After an incident: no account sends before its password was changed.
#include "tests/core/reopening_fixture.h"

namespace ecluse {
namespace {

const Destination kByMail{{"viamedis"}, {"billing"}};

class IncidentTest : public ReopeningTest {
 protected:
  IncidentTest() {
    policies_[kByMail].needs_login = false;
    Start();
  }
};

TEST_F(IncidentTest, AnAccountWaitsUntilItsPasswordIsNewerThanTheIncident) {
  Tell(kShop, 1, now_ - absl::Hours(100));
  Deposit("a");
  DeclareIncident();
  EXPECT_TRUE(Pull().empty());
  Wait(absl::Hours(1));
  Tell(kShop, 2, now_);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(IncidentTest, ANewerCredentialThatWasSetBeforeTheIncidentDoesNotCount) {
  DeclareIncident();
  Deposit("a");
  Tell(kShop, 7, now_ - absl::Seconds(1));
  EXPECT_TRUE(Pull().empty());
}

TEST_F(IncidentTest, ACredentialOfWhichNobodyKnowsWhenItWasSetDoesNotCount) {
  DeclareIncident();
  Deposit("a");
  Tell(kShop, 7, absl::InfinitePast());
  EXPECT_TRUE(Pull().empty());
  Wait(absl::Seconds(1));
  Tell(kShop, 7, now_);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(IncidentTest, AnAccountNobodyToldOfWaits) {
  Deposit("a");
  DeclareIncident();
  EXPECT_TRUE(Pull().empty());
}

TEST_F(IncidentTest, WhoChangedTheirPasswordGoAndTheOthersWait) {
  Deposit("a");
  const RequestId second = Deposit("b", "content", kRival);
  DeclareIncident();
  Wait(absl::Minutes(1));
  Tell(kRival, 2, now_);
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].envelope.id, second);
}

TEST_F(IncidentTest, WhatWasGrantedBeforeTheIncidentMayNotBegin) {
  Deposit("a");
  const wire::Task task = Pull().at(0);
  DeclareIncident();
  EXPECT_EQ(Begin(Of(task)), ErrorCode::kNotNow);
}

TEST_F(IncidentTest, AServiceWithoutLoginGoesOn) {
  wire::Deposit::Item item = Item("a", "content");
  item.destination = kByMail;
  Ask<wire::DepositResult>(kShop, wire::Deposit{{item}});
  DeclareIncident();
  const identity::Adapter adapter{{"viamedis"}, {{"billing"}}};
  const wire::Pull pull{kWorker, {kByMail}, 1, {}, {}};
  EXPECT_EQ(Ask<wire::Work>(adapter, pull).tasks.size(), 1u);
}

TEST_F(IncidentTest, NobodyAsksWithAnOldPasswordAndNoProbeIsSpent) {
  Deposit("a");
  FallSilent();
  DeclareIncident();
  for (uint32_t i = 0; i <= 2 * Policy{}.probes; ++i) {
    Wait(Policy{}.probe_every * 1.2);
    EXPECT_TRUE(Pull().empty());
  }
  Tell(kShop, 2, now_);
  Wait(Policy{}.probe_every * 1.2);
  const std::vector<wire::Task> tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].what, wire::Task::What::kProbe);
}

TEST_F(IncidentTest, WhenPasswordsWereSetIsKnownAfterARestart) {
  Deposit("a");
  DeclareIncident();
  Wait(absl::Minutes(1));
  Tell(kShop, 2, now_);
  Start();
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(IncidentTest, AClockThatGoesAheadMakesNoPasswordNewerThanTheNextIncident) {
  Tell(kShop, 2, now_ + absl::Hours(5));
  Wait(absl::Hours(1));
  DeclareIncident();
  Deposit("a");
  EXPECT_TRUE(Pull().empty());
}

TEST_F(IncidentTest, ASecondIncidentAsksForANewPasswordAgain) {
  DeclareIncident();
  Wait(absl::Minutes(1));
  Tell(kShop, 2, now_);
  Wait(absl::Hours(1));
  DeclareIncident();
  Deposit("a");
  EXPECT_TRUE(Pull().empty());
}

TEST_F(IncidentTest, NewPasswordsLiftNoIncidentAndAPersonDoes) {
  const Hold incident = DeclareIncident();
  Wait(absl::Minutes(1));
  Tell(kShop, 2, now_);
  EXPECT_EQ(Holds().size(), 1u);
  Deposit("a", "content", kRival);
  EXPECT_TRUE(Pull().empty());
  Lift(incident.id);
  EXPECT_EQ(Pull().size(), 1u);
}

}  // namespace
}  // namespace ecluse
