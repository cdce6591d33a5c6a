// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/ctl/fake_broker.h"

namespace ecluse::ctl {
namespace {

wire::JobsResult One(JobKind kind, JobState state) { return {{sample::Job(kind, state)}}; }

class BulkTest : public testing::Test {
 protected:
  template <class Call>
  const Call& Heard(size_t at) {
    return std::get<Call>(broker.heard.at(at));
  }
  FakeBroker broker;
};

TEST_F(BulkTest, APlanIsCountedAndShownWithItsTokenAndNothingIsDone) {
  broker.replies = {One(JobKind::kExport, JobState::kCounting),
                    One(JobKind::kExport, JobState::kCounting),
                    One(JobKind::kExport, JobState::kPlanned)};
  EXPECT_EQ(broker.Say({"export", "operator=viamedis", "kind=bill", "due<2d", "--reason", "r"}),
            kDone)
      << broker.err.str();
  EXPECT_EQ(Heard<wire::PlanJob>(0).kind, JobKind::kExport);
  EXPECT_EQ(Heard<wire::PlanJob>(0).filter.due_within, absl::Hours(48));
  EXPECT_EQ(Heard<wire::Jobs>(2).job, JobId{31});
  EXPECT_EQ(broker.heard.size(), 3U);
  EXPECT_NE(broker.out.str().find("--token k3v9"), std::string::npos) << broker.out.str();
  EXPECT_NE(broker.out.str().find("1,312"), std::string::npos);
}

TEST_F(BulkTest, TheSameWordsWithTheTokenDoIt) {
  broker.replies = {One(JobKind::kRelease, JobState::kPlanned),
                    One(JobKind::kRelease, JobState::kRunning)};
  EXPECT_EQ(broker.Say({"release", "operator=viamedis", "kind=bill", "due=2d", "--reason", "r",
                        "--token", "k3v9"}),
            kDone)
      << broker.err.str();
  EXPECT_EQ(Heard<wire::ActOnJob>(1),
            (wire::ActOnJob{JobId{31}, wire::JobAct::kStart, "k3v9", "r"}));
}

TEST_F(BulkTest, ATokenOfAnotherPlanDoesNothing) {
  broker.replies = {One(JobKind::kRelease, JobState::kPlanned)};
  EXPECT_EQ(broker.Say({"destroy", "operator=viamedis", "kind=bill", "due=2d", "--reason", "r",
                        "--token", "k3v9"}),
            kUsage);
  broker.replies = {One(JobKind::kRelease, JobState::kPlanned)};
  EXPECT_EQ(broker.Say({"release", "operator=viamedis", "--reason", "r", "--token", "k3v9"}),
            kUsage);
  broker.replies = {One(JobKind::kRelease, JobState::kPlanned)};
  EXPECT_EQ(broker.Say({"release", "operator=viamedis", "kind=bill", "due=2d", "--reason", "r",
                        "--token", "other"}),
            kRefused);
  for (const auto& call : broker.heard) EXPECT_TRUE(std::holds_alternative<wire::Jobs>(call));
}

TEST_F(BulkTest, NoFilterIsNotEveryRequest) {
  EXPECT_EQ(broker.Say({"destroy", "--reason", "r"}), kUsage);
  EXPECT_EQ(broker.Say({"release", "12", "--reason", "r"}), kUsage);
  EXPECT_EQ(broker.Say({"export", "all"}), kUsage) << "without a reason";
  EXPECT_EQ(broker.Say({"reroute", "all", "--reason", "r"}), kUsage) << "nowhere to";
  EXPECT_TRUE(broker.heard.empty());
}

TEST_F(BulkTest, AJobIsFollowedUntilItIsOver) {
  auto half = One(JobKind::kRelease, JobState::kRunning);
  half.rows[0].job.done = 600;
  auto done = One(JobKind::kRelease, JobState::kDone);
  done.rows[0].job.done = 1312;
  broker.replies = {half, half, done};
  EXPECT_EQ(broker.Say({"job", "follow", "31"}), kDone) << broker.err.str();
  EXPECT_NE(broker.out.str().find("600/1,312"), std::string::npos) << broker.out.str();
  EXPECT_NE(broker.out.str().find("1,312/1,312"), std::string::npos);
}

TEST_F(BulkTest, EveryActOnAJobHasItsReason) {
  const auto said = [&](std::vector<std::string> words) {
    broker.heard.clear();
    broker.replies = {One(JobKind::kDestroy, JobState::kAsked)};
    EXPECT_EQ(broker.Say(words), kDone) << broker.err.str();
    return Heard<wire::ActOnJob>(0).act;
  };
  EXPECT_EQ(said({"job", "start", "31", "--token", "t", "--reason", "r"}), wire::JobAct::kStart);
  EXPECT_EQ(said({"job", "approve", "31", "--token", "t", "--reason", "r"}),
            wire::JobAct::kApprove);
  EXPECT_EQ(said({"job", "pause", "31", "--reason", "r"}), wire::JobAct::kPause);
  EXPECT_EQ(said({"job", "resume", "31", "--reason", "r"}), wire::JobAct::kResume);
  EXPECT_EQ(said({"job", "stop", "31", "--reason", "r"}), wire::JobAct::kStop);
  EXPECT_EQ(broker.Say({"job", "stop", "31"}), kUsage);
}

TEST_F(BulkTest, FindingsAreReadToTheEnd) {
  auto first = sample::Findings();
  first.next = RequestId{9};
  broker.replies = {first, sample::Findings()};
  EXPECT_EQ(broker.Say({"job", "findings", "31", "--json"}), kDone);
  EXPECT_EQ(Heard<wire::Findings>(1).after, RequestId{9});
}

TEST_F(BulkTest, AnAnnouncedHourHasASource) {
  broker.replies = {sample::Gate()};
  EXPECT_EQ(broker.Say({"announce", "viamedis/authorisation", "--at", "2024-02-12 13:00",
                        "--source", "letter", "--reason", "r"}),
            kDone);
  EXPECT_EQ(Heard<wire::Announce>(0).at, absl::FromUnixSeconds(1'707'739'200));
  EXPECT_EQ(Heard<wire::Announce>(0).source, "letter");
  broker.heard.clear();
  broker.replies = {sample::Gate()};
  EXPECT_EQ(broker.Say({"announce", "viamedis/authorisation", "--withdrawn", "--source", "hotline",
                        "--reason", "r"}),
            kDone);
  EXPECT_EQ(Heard<wire::Announce>(0).at, std::nullopt);
  broker.heard.clear();
  EXPECT_EQ(broker.Say({"announce", "viamedis/authorisation", "--at", "13:00", "--reason", "r"}),
            kUsage);
  EXPECT_EQ(broker.Say({"announce", "viamedis/authorisation", "--source", "s", "--reason", "r"}),
            kUsage);
  EXPECT_TRUE(broker.heard.empty());
}

TEST_F(BulkTest, HoldsOfEveryRuleCanBePlaced) {
  const auto placed = [&](std::vector<std::string> words) {
    broker.heard.clear();
    words.insert(words.end(), {"--reason", "r"});
    broker.replies = {sample::Holds()};
    EXPECT_EQ(broker.Say(words), kDone) << broker.err.str();
    return Heard<wire::PlaceHold>(0);
  };
  EXPECT_EQ(placed({"stop"}).scope, Scope{});
  EXPECT_EQ(placed({"incident", "declare", "viamedis"}).rule, HoldRule::kIncident);
  EXPECT_EQ(placed({"quarantine", "place", "p1"}).scope.practice, PracticeId{"p1"});
  const auto fine = placed(
      {"hold", "operator=viamedis", "kind=bill", "younger=2h", "--until", "2024-02-12 13:00"});
  EXPECT_EQ(fine.scope.kind, Kind::kBill);
  EXPECT_EQ(fine.scope.deposited_from, sample::Now() - absl::Hours(2));
  EXPECT_EQ(fine.until, absl::FromUnixSeconds(1'707'739'200));
}

TEST_F(BulkTest, AnIncidentIsLiftedByItsOperator) {
  Hold incident{HoldId{8}, {}, "camille", "stolen", sample::Now(), HoldRule::kIncident};
  incident.scope.run_by = OperatorId{"viamedis"};
  wire::HoldsResult all = sample::Holds();
  all.holds.push_back(incident);
  broker.replies = {all, wire::HoldsResult{{incident}}};
  EXPECT_EQ(broker.Say({"incident", "lift", "viamedis", "--reason", "r"}), kDone);
  EXPECT_EQ(Heard<wire::LiftHold>(1).hold, HoldId{8});
}

TEST_F(BulkTest, ContentIsShownForAReasonAlone) {
  EXPECT_EQ(broker.Say({"show", "7", "--content"}), kUsage);
  EXPECT_TRUE(broker.heard.empty());
  broker.replies = {wire::ContentResult{RequestId{7}, "text/plain", "a\x1b[2J"}};
  broker.terminal = true;
  EXPECT_EQ(broker.Say({"show", "7", "--content", "--reason", "doubt"}), kDone);
  EXPECT_EQ(broker.out.str(), "a [2J") << "a terminal would obey it";
}

TEST_F(BulkTest, AForecastIsReadToItsLastPractice) {
  auto first = sample::Forecast();
  first.more = true;
  broker.replies = {first, sample::Forecast()};
  EXPECT_EQ(broker.Say({"forecast", "viamedis/authorisation"}), kDone);
  EXPECT_EQ(Heard<wire::Forecast>(1).after, PracticeId{"pharmacie-du-port"});
}

}  // namespace
}  // namespace ecluse::ctl
