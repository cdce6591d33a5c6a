// SPDX-License-Identifier: Apache-2.0
// How the simulated operator behaves at a reopening: it falls over, lets in without recording, and
// demands new secrets.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "tests/support/operator/desk.h"
#include "tests/support/operator/schedule.h"

namespace ecluse::simulated {
namespace {

class OperatorLoadTest : public ::testing::Test {
 protected:
  OperatorLoadTest() {
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-load-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    DeskOptions options;
    options.services.resize(2);
    options.services[0].name = "authorisation";
    options.services[0].needs_login = true;
    options.services[1].name = "billing";
    options.accounts = {{"shop", "login", "right"}, {"other", "login-2", "right-2"}};
    options.ledger = directory_ + "/ledger";
    options.shares.refused = 0;
    options.now = [this] { return now_; };
    desk_ = *Desk::Open(std::move(options));
  }
  ~OperatorLoadTest() override { std::filesystem::remove_all(directory_); }

  std::string Say(const std::string& line) { return desk_->Command(line).value_or("nothing"); }
  void Come(int times, const std::string& service = "authorisation") {
    for (int i = 0; i < times; ++i) {
      visits_.push_back(std::make_unique<Desk::Visit>(*desk_, service));
    }
  }
  Verdict Receive(Kind kind, const std::string& key, const std::string& about = "") {
    return desk_->Receive({key, 1, "shop", "authorisation", kind, "of " + key, about, {1000}});
  }
  LoginTrouble LogIn(const std::string& login, const std::string& secret) {
    return desk_->Enter("authorisation", Function::kRead, login, secret).trouble;
  }
  Witness Ledger() { return *ReadLedger(directory_ + "/ledger"); }

  std::string directory_;
  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);
  std::unique_ptr<Desk> desk_;
  std::vector<std::unique_ptr<Desk::Visit>> visits_;
};

TEST_F(OperatorLoadTest, TooManyAtOnceCloseTheServiceForAWhile) {
  EXPECT_EQ(Say("overload authorisation at-once=2,for=60"), "ok");
  Come(2);
  EXPECT_EQ(desk_->DoorOf("authorisation").how, Door::How::kOpen);
  Come(1);
  const Door door = desk_->DoorOf("authorisation");
  EXPECT_EQ(door.how, Door::How::kBusy);
  EXPECT_EQ(door.busy_for, absl::Seconds(60));
  EXPECT_EQ(desk_->DoorOf("billing").how, Door::How::kOpen);
  visits_.clear();
  now_ += absl::Seconds(60);
  EXPECT_EQ(desk_->DoorOf("authorisation").how, Door::How::kOpen);
}

TEST_F(OperatorLoadTest, OthersWeighAndAreNotCounted) {
  Say("overload authorisation at-once=3,for=60");
  EXPECT_EQ(Say("others authorisation 2"), "ok");
  Come(1);
  EXPECT_EQ(desk_->DoorOf("authorisation").how, Door::How::kOpen);
  EXPECT_EQ(Say("others authorisation 3"), "ok");
  EXPECT_EQ(desk_->DoorOf("authorisation").how, Door::How::kBusy);
  EXPECT_NE(Say("load authorisation").find("most-at-once=1 "), std::string::npos);
  EXPECT_NE(Say("others authorisation many"), "ok");
}

TEST_F(OperatorLoadTest, WhoOnlyAsksIsNoSubmission) {
  const Desk::Visit asks(*desk_, "authorisation", false);
  Come(1);
  Receive(Kind::kAuthorisation, "1");
  EXPECT_EQ(Ledger().MostAtOnce("authorisation"), 1u);
}

TEST_F(OperatorLoadTest, TooManyInASecondCloseItToo) {
  Say("overload authorisation per-second=3");
  for (int i = 0; i < 4; ++i) {
    Come(1);
    visits_.clear();
  }
  EXPECT_EQ(desk_->DoorOf("authorisation").how, Door::How::kBusy);
}

TEST_F(OperatorLoadTest, TheMostThatCameIsTold) {
  Come(3);
  visits_.clear();
  now_ += absl::Seconds(1);
  Come(1);
  EXPECT_EQ(Say("load authorisation"),
            "ok at-once=1 per-second=1 most-at-once=3 most-per-second=3 falls=0");
  Say("load authorisation reset");
  EXPECT_EQ(Say("load authorisation"),
            "ok at-once=1 per-second=1 most-at-once=1 most-per-second=0 falls=0");
}

TEST_F(OperatorLoadTest, ItLetsInAndRecordsNothing) {
  Say("record authorisation technical");
  EXPECT_EQ(LogIn("login", "right"), LoginTrouble::kNone);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Receive(Kind::kAuthorisation, "shop-1").said, Verdict::Said::kTechnical);
  }
  EXPECT_TRUE(Ledger().accepted.empty());
  Say("record authorisation yes");
  EXPECT_EQ(Receive(Kind::kAuthorisation, "shop-1").said, Verdict::Said::kAnswer);
}

TEST_F(OperatorLoadTest, ItRefusesEverythingForAWhile) {
  Say("refuse authorisation 60");
  EXPECT_EQ(Receive(Kind::kAuthorisation, "shop-1").meaning, profile::Meaning::kRefused);
  now_ += absl::Seconds(60);
  EXPECT_EQ(Receive(Kind::kAuthorisation, "shop-2").meaning, profile::Meaning::kGranted);
}

TEST_F(OperatorLoadTest, OldSecretsAreRefusedOnceNewOnesAreDemanded) {
  Say("secrets 60");
  now_ += absl::Seconds(30);
  Say("account other secret new");
  EXPECT_EQ(LogIn("login", "right"), LoginTrouble::kNone);
  now_ += absl::Seconds(30);
  EXPECT_EQ(LogIn("login", "right"), LoginTrouble::kChangePassword);
  EXPECT_EQ(LogIn("login-2", "new"), LoginTrouble::kNone);
  Say("account shop secret newer");
  EXPECT_EQ(LogIn("login", "newer"), LoginTrouble::kNone);
}

TEST_F(OperatorLoadTest, ClosedForDaysTellsDays) {
  Say("close authorisation busy 3d");
  EXPECT_EQ(desk_->DoorOf("authorisation").busy_for, absl::Hours(72));
}

TEST_F(OperatorLoadTest, TheLedgerTellsOrderAndLoad) {
  Come(2);
  Receive(Kind::kDocument, "shop-1", "shop-2");
  Receive(Kind::kAuthorisation, "shop-2");
  Receive(Kind::kBill, "shop-3", "shop-2");
  Say("refuse authorisation 60");
  Receive(Kind::kAuthorisation, "shop-4");
  Receive(Kind::kBill, "shop-5", "shop-4");
  const Witness witness = Ledger();
  EXPECT_EQ(witness.BeforeTheirFirst(), std::vector<std::string>{"shop-1"});
  EXPECT_EQ(witness.BillsWithoutGrant(), std::vector<std::string>{"shop-5"});
  EXPECT_EQ(witness.MostAtOnce("authorisation"), 2u);
  EXPECT_EQ(witness.MostAtOnce("billing"), 0u);
  EXPECT_EQ(witness.MostInOneSecond(), 5u);
}

TEST(ScheduleTest, LinesAreReadInOrderOfTime) {
  const auto cues = ParseSchedule("# 12 February\n10 stage a authorisation\n 0.5 open # now\n\n");
  ASSERT_TRUE(cues.ok()) << cues.status();
  EXPECT_EQ(*cues, (std::vector<Cue>{{absl::Milliseconds(500), "open"},
                                     {absl::Seconds(10), "stage a authorisation"}}));
  EXPECT_FALSE(ParseSchedule("soon open\n").ok());
  EXPECT_FALSE(ParseSchedule("3\n").ok());
}

}  // namespace
}  // namespace ecluse::simulated
