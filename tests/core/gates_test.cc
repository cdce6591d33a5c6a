// SPDX-License-Identifier: Apache-2.0
// Gates as the whole broker drives them.
#include <gtest/gtest.h>

#include "tests/core/broker_fixture.h"

namespace ecluse {
namespace {

const Destination kBilling{{"viamedis"}, {"billing"}};
const identity::Adapter kBoth{{"viamedis"}, {{"authorisation"}, {"billing"}}};

class GatesTest : public BrokerTest {
 protected:
  GatesTest() {
    policies_[kAuthorisation].failure_domain = "platform";
    policies_[kBilling].failure_domain = "platform";
    Start();
  }
  GateState Gate(const Destination& destination = kAuthorisation) {
    for (const auto& status : Ask<wire::StatusReport>(kAnne, wire::Status{}).destinations) {
      if (status.destination == destination) return status.gate;
    }
    return {};
  }
  wire::GateResult Announce(std::optional<absl::Time> at) {
    return Ask<wire::GateResult>(
        kAnne, wire::Announce{kAuthorisation, at, "their letter of Friday", "told by phone too"});
  }
  ErrorCode Refused(std::optional<absl::Time> at, std::string source = "a letter") {
    return Refusal(kAnne, wire::Announce{kAuthorisation, at, std::move(source), "read it"});
  }
  void Reopen() { Ask<wire::GateResult>(kAnne, wire::Reopen{kAuthorisation, "works", false}); }
  // Hands out and begins one; false: none went.
  bool Go(const std::optional<Outcome>& outcome) {
    const auto tasks = Pull();
    if (tasks.empty()) return false;
    const wire::Attempt attempt{tasks.front().envelope.id, tasks.front().attempt};
    if (Begin(attempt) != ErrorCode::kNone) return false;
    Report(attempt, outcome);
    return true;
  }
  const Outcome kClosed = outcome::Deferred{Hindrance::kClosed, absl::ZeroDuration(), true};
  const Outcome kGranted = outcome::Answered{Decision::kGranted, "text/plain", "yes"};
  const Outcome kTechnical = outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration()};
};

TEST_F(GatesTest, TheHourIsWrittenDownWithWhoToldIt) {
  Close();
  const GateState gate = Announce(now_ + absl::Hours(3)).gate;
  EXPECT_EQ(gate.announced, now_ + absl::Hours(3));
  EXPECT_EQ(gate.announced_by, "anne");
  EXPECT_EQ(gate.source, "their letter of Friday; told by phone too");
  EXPECT_EQ(gate.reason, "portal closed");
}

TEST_F(GatesTest, AnAnnouncedHourSurvivesARestart) {
  Close();
  Announce(now_ + absl::Hours(3));
  Start();
  EXPECT_EQ(Gate().announced, now_ + absl::Hours(3));
}

TEST_F(GatesTest, AnHourThatSlipsSlipsForAllThatWaits) {
  Deposit("a");
  Close();
  Announce(now_ + absl::Hours(1));
  Announce(now_ + absl::Hours(2));
  Wait(absl::Hours(1));
  EXPECT_TRUE(Pull().empty());
  Wait(absl::Hours(1));
  EXPECT_EQ(Pull().size(), 1u);
  EXPECT_EQ(Gate().slips, 1u);
}

TEST_F(GatesTest, AnAnnouncementNeedsAClosedGateALaterHourAndASource) {
  EXPECT_EQ(Refused(now_ + absl::Hours(1)), ErrorCode::kNotClosed);
  Close();
  EXPECT_EQ(Refused(now_), ErrorCode::kTime);
  EXPECT_EQ(Refused(now_ + absl::Hours(1), ""), ErrorCode::kReasonMissing);
}

TEST_F(GatesTest, AnHourIsForOneServiceOnly) {
  Close();
  Ask<wire::GateResult>(kAnne, wire::Close{kBilling, "portal closed", std::nullopt});
  Announce(now_ + absl::Hours(1));
  Wait(absl::Hours(1));
  EXPECT_EQ(Gate().code, GateCode::kCanary);
  EXPECT_EQ(Gate(kBilling).code, GateCode::kClosed);
}

TEST_F(GatesTest, ThoseOfOneFailureDomainFallTogether) {
  Deposit("a");
  EXPECT_TRUE(Go(kClosed));
  EXPECT_EQ(Gate().code, GateCode::kSuspected);
  EXPECT_EQ(Gate(kBilling).code, GateCode::kSuspected);
  EXPECT_EQ(Gate(kBilling).reason, "fell with viamedis/authorisation");
  EXPECT_EQ(Gate(kBilling).paused_until, absl::InfinitePast());
}

TEST_F(GatesTest, WhatAPersonClosesIsWhatThePersonNamed) {
  Close();
  EXPECT_EQ(Gate(kBilling).code, GateCode::kOpen);
}

TEST_F(GatesTest, APortalThatRecordsNothingGetsOneAtATime) {
  for (int i = 0; i < 10; ++i) Deposit("r" + std::to_string(i));
  Close();
  Reopen();
  EXPECT_TRUE(Go(kTechnical));
  EXPECT_EQ(Gate().code, GateCode::kCanary);
  EXPECT_FALSE(Go(kTechnical));
  Wait(policies_[kAuthorisation].retry_first);
  EXPECT_TRUE(Go(kGranted));
  EXPECT_EQ(Gate().code, GateCode::kRamping);
}

TEST_F(GatesTest, TheQueueFollowsTheCanaryByFeedback) {
  for (int i = 0; i < 200; ++i) Deposit("r" + std::to_string(i));
  Close();
  Reopen();
  EXPECT_EQ(Pull().size(), 1u);
  Start();
  for (int i = 0; i < 3; ++i) Go(kGranted);
  EXPECT_EQ(Gate().code, GateCode::kRamping);
  for (int i = 0; i < 190 && Gate().code == GateCode::kRamping; ++i) ASSERT_TRUE(Go(kGranted));
  EXPECT_EQ(Gate().code, GateCode::kOpen);
}

TEST_F(GatesTest, WhereManyAreRefusedAPersonIsAsked) {
  for (int i = 0; i < 60; ++i) Deposit("r" + std::to_string(i));
  Close();
  Reopen();
  Go(kGranted);
  const Outcome refused = outcome::Answered{Decision::kRefused, "text/plain", "no"};
  for (int i = 0; i < 50 && Go(refused); ++i) {
  }
  EXPECT_EQ(Gate().code, GateCode::kReclosed);
  EXPECT_TRUE(Gate().asks);
  Wait(absl::Hours(24));
  EXPECT_FALSE(Go(refused));
}

TEST_F(GatesTest, TheCanaryIsSmallAndNoBill) {
  wire::Deposit::Item bill = Item("a", "x", kRival);
  bill.kind = Kind::kBill;
  Ask<wire::DepositResult>(kRival, wire::Deposit{{bill}});
  Deposit("b", "a content that is rather long");
  const RequestId small = Deposit("c", "tiny", identity::Practice{{"third"}, {"750000028"}});
  Close();
  Reopen();
  const auto tasks = Pull();
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks.front().envelope.id, small);
}

TEST_F(GatesTest, ARateIsKeptAcrossWorkers) {
  policies_[kAuthorisation].rate_most = 20'000;
  Start();
  for (int i = 0; i < 10; ++i) Deposit("r" + std::to_string(i));
  Wait(absl::Seconds(5));
  EXPECT_EQ(Pull(WorkerId{1}).size(), 2u);
  EXPECT_EQ(Pull(WorkerId{2}).size(), 0u);
}

}  // namespace
}  // namespace ecluse
