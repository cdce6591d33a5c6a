// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/ctl/fake_broker.h"

namespace ecluse::ctl {
namespace {

class CommandTest : public testing::Test {
 protected:
  // The only call that was said by these arguments.
  template <class Call>
  Call Said(const std::vector<std::string>& arguments, wire::ReplyBody reply) {
    broker.replies.push_back(std::move(reply));
    EXPECT_EQ(broker.Say(arguments), kDone) << broker.err.str();
    EXPECT_EQ(broker.heard.size(), 1U);
    if (broker.heard.empty()) return {};
    return std::get<Call>(broker.heard.back());
  }

  void IsUsage(const std::vector<std::string>& arguments) {
    EXPECT_EQ(broker.Say(arguments), kUsage) << testing::PrintToString(arguments);
    EXPECT_TRUE(broker.heard.empty()) << "something was asked";
    EXPECT_NE(broker.err.str(), "");
  }

  FakeBroker broker;
};

TEST_F(CommandTest, StatusIsPrinted) {
  Said<wire::Status>({"status"}, sample::Status());
  EXPECT_NE(broker.out.str().find("viamedis/authorisation"), std::string::npos);
}

TEST_F(CommandTest, JsonMayStandBeforeOrAfterTheVerb) {
  Said<wire::Holds>({"--json", "holds"}, sample::Holds());
  broker.heard.clear();
  Said<wire::Holds>({"holds", "--json"}, sample::Holds());
  EXPECT_EQ(broker.out.str().rfind("{\"type\":\"hold\"", 0), 0U);
}

TEST_F(CommandTest, CloseSaysTheAnnouncedHourOfParis) {
  const auto close = Said<wire::Close>(
      {"close", "viamedis/authorisation", "--reason", "fermé", "--announced", "2024-02-12 13:00"},
      sample::Gate());
  EXPECT_EQ(close.destination, sample::Authorisation());
  EXPECT_EQ(close.reason, "fermé");
  EXPECT_EQ(close.announced, absl::FromUnixSeconds(1'707'739'200));
}

TEST_F(CommandTest, ReopenShowsWhatGoesBeforeItIsSaid) {
  broker.replies = {sample::Status(), sample::Gate()};
  EXPECT_EQ(broker.Say({"reopen", "viamedis/authorisation", "--reason", "annoncé"}), kDone);
  EXPECT_EQ(std::get<wire::Reopen>(broker.heard.at(1)).at_once, false);
  EXPECT_NE(broker.out.str().find("7,012 requests wait"), std::string::npos);
}

TEST_F(CommandTest, ReopenAllAtOnceNeedsAYes) {
  broker.replies = {sample::Status()};
  EXPECT_EQ(broker.Say({"reopen", "viamedis/authorisation", "--reason", "r", "--at-once"}), kUsage);
  EXPECT_EQ(broker.heard.size(), 1U);
  broker.replies = {sample::Status(), sample::Gate()};
  EXPECT_EQ(broker.Say({"reopen", "viamedis/authorisation", "--reason", "r", "--at-once", "--yes"}),
            kDone);
  EXPECT_TRUE(std::get<wire::Reopen>(broker.heard.back()).at_once);
}

TEST_F(CommandTest, DryRunOfReopenChangesNothing) {
  broker.replies = {sample::Status()};
  EXPECT_EQ(broker.Say({"reopen", "viamedis/authorisation", "--reason", "r", "--dry-run"}), kDone);
  EXPECT_EQ(broker.heard.size(), 1U);
}

TEST_F(CommandTest, HoldHasEveryScope) {
  const auto scope = [&](std::vector<std::string> flags) {
    broker.heard.clear();
    flags.insert(flags.begin(), {"hold", "--reason", "r"});
    return Said<wire::PlaceHold>(flags, sample::Holds()).scope;
  };
  const OperatorId viamedis{"viamedis"};
  const PracticeId canal{"optique-du-canal"};
  EXPECT_EQ(scope({"--all"}), Scope{});
  EXPECT_EQ(scope({"--operator", "viamedis"}), (Scope{viamedis, {}, {}, {}}));
  EXPECT_EQ(scope({"--destination", "viamedis/billing"}),
            (Scope{viamedis, ServiceId{"billing"}, {}, {}}));
  EXPECT_EQ(scope({"--account", "optique-du-canal@viamedis"}), (Scope{viamedis, {}, canal, {}}));
  EXPECT_EQ(scope({"--practice", "optique-du-canal"}), (Scope{{}, {}, canal, {}}));
  EXPECT_EQ(scope({"--request", "12"}), (Scope{{}, {}, {}, RequestId{12}}));
}

TEST_F(CommandTest, AHoldWithoutScopeOrWithTwoIsNotSaid) {
  IsUsage({"hold", "--reason", "r"});
  IsUsage({"hold", "--reason", "r", "--all", "--practice", "p"});
  IsUsage({"hold", "--reason", "r", "--practice", ""});
  IsUsage({"hold", "--reason", "r", "--account", "@viamedis"});
}

TEST_F(CommandTest, ANumberIsAWholeOneFromOne) {
  for (const char* number : {"0", "-1", "1.5", "abc", "18446744073709551616"}) {
    IsUsage({"show", number});
    EXPECT_NE(broker.err.str().find("is no number"), std::string::npos) << broker.err.str();
  }
}

TEST_F(CommandTest, LiftingShowsWhatStillHolds) {
  broker.replies = {wire::HoldsResult{}, sample::Holds()};
  EXPECT_EQ(broker.Say({"lift", "9", "--reason", "r"}), kDone);
  EXPECT_EQ(std::get<wire::LiftHold>(broker.heard.at(0)).hold, HoldId{9});
  EXPECT_NE(broker.out.str().find("dominique"), std::string::npos);
}

TEST_F(CommandTest, ListFollowsTheCursorUntilItHasEnough) {
  wire::ListResult first = sample::List();
  wire::ListResult none;
  none.next = RequestId{20'000};
  wire::ListResult last = sample::List();
  last.next = {};
  broker.replies = {first, none, last};
  EXPECT_EQ(broker.Say({"list", "--state", "in-doubt,ready", "--older-than", "2d", "--limit", "0",
                        "--json"}),
            kDone);
  ASSERT_EQ(broker.heard.size(), 3U);
  const auto& second = std::get<wire::List>(broker.heard[1]);
  EXPECT_EQ(second.after, RequestId{1043});
  EXPECT_EQ(second.filter.states, (std::vector{StateCode::kReady, StateCode::kInDoubt}));
  EXPECT_EQ(second.filter.older_than, absl::Hours(48));
  const std::string lines = broker.out.str();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 6);
}

TEST_F(CommandTest, ResolveSaysTheVerdictOnTheLatestTry) {
  broker.replies = {sample::Shown(), wire::ActResult{1, true, "", false}};
  EXPECT_EQ(broker.Say({"resolve", "7", "--as", "not-sent", "--note", "vu"}), kDone);
  const auto& one = std::get<wire::Resolve>(broker.heard.at(1));
  EXPECT_EQ(one, (wire::Resolve{RequestId{7}, wire::Verdict::kNotSent, "vu", 2}));
}

TEST_F(CommandTest, ResolveMayNameTheTryItJudges) {
  const auto one =
      Said<wire::Resolve>({"resolve", "7", "--as", "sent", "--attempt", "1", "--note", "vu"},
                          wire::ActResult{1, true, "", false});
  EXPECT_EQ(one.attempt, 1U);
}

TEST_F(CommandTest, ResolveAllPlansAndActsOnlyWithTheToken) {
  const std::vector<std::string> plan = {"resolve", "--all-matching", "--operator", "viamedis",
                                         "--as",    "sent",           "--note",     "liste"};
  EXPECT_EQ(Said<wire::ResolveAll>(plan, wire::ActResult{312, false, "k3v9", false}).token, "");
  EXPECT_NE(broker.out.str().find("--token k3v9"), std::string::npos);
  broker.heard.clear();
  auto act = plan;
  act.insert(act.end(), {"--token", "k3v9"});
  EXPECT_EQ(Said<wire::ResolveAll>(act, wire::ActResult{312, true, "", false}).token, "k3v9");
}

TEST_F(CommandTest, WhatCannotBeMeantIsNotSaid) {
  IsUsage({});
  IsUsage({"frobnicate"});
  IsUsage({"close", "viamedis", "--reason", "r"});
  IsUsage({"close", "viamedis/billing"});
  IsUsage({"close", "viamedis/billing", "--reason", "r", "--announced", "soon"});
  IsUsage({"resolve", "--as", "sent", "--note", "n"});
  IsUsage({"resolve", "7", "--all-matching", "--as", "sent", "--note", "n"});
  IsUsage({"resolve", "7", "--as", "perhaps", "--note", "n"});
  IsUsage({"drain", "viamedis/billing", "--first", "0", "--reason", "r"});
  IsUsage({"list", "--state", "lost"});
}

TEST_F(CommandTest, ARefusalIsTold) {
  broker.replies = {Error{ErrorCode::kUnknownHold, "hold"}};
  EXPECT_EQ(broker.Say({"lift", "9", "--reason", "r"}), kRefused);
  EXPECT_NE(broker.err.str().find("503 (ops."), std::string::npos) << broker.err.str();
}

TEST_F(CommandTest, SilenceIsNoAnswer) { EXPECT_EQ(broker.Say({"status"}), kNoAnswer); }

TEST_F(CommandTest, HelpIsNoError) {
  EXPECT_EQ(broker.Say({"--help"}), kDone);
  EXPECT_NE(broker.out.str().find("Exit codes"), std::string::npos);
}

class FileTest : public CommandTest {
 protected:
  FileTest() {
    std::string pattern = testing::TempDir() + "ctl-XXXXXX";
    folder = ::mkdtemp(pattern.data());
  }
  ~FileTest() override { std::filesystem::remove_all(folder); }
  std::string folder;
};

TEST_F(FileTest, SettingsComeFromAProfileAndFlagsWin) {
  const std::string profile = folder + "/ctl.toml";
  std::ofstream(profile) << "broker = \"tcp://127.0.0.1:1\"\nkey = \"ops.key\"\n";
  broker.replies = {sample::Status()};
  EXPECT_EQ(broker.Say({"--profile", profile, "--key", "other.key", "status"}), kDone)
      << broker.err.str();
  EXPECT_EQ(broker.settings.broker, "tcp://127.0.0.1:1");
  EXPECT_EQ(broker.settings.key, "other.key");
}

TEST_F(FileTest, AMisspeltSettingInAProfileIsToldNotIgnored) {
  const std::string profile = folder + "/ctl.toml";
  std::ofstream(profile) << "broekr = \"tcp://127.0.0.1:1\"\n";
  IsUsage({"--profile", profile, "status"});
}

TEST_F(FileTest, KeygenWritesAPrivateFileAndPrintsThePublicHalf) {
  const std::string file = folder + "/ops.key";
  EXPECT_EQ(broker.Say({"keygen", file}), kDone) << broker.err.str();
  EXPECT_EQ(broker.out.str().size(), 41U);
  struct stat about {};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(broker.Say({"keygen", file}), kUsage) << "written over";
}

TEST_F(FileTest, AMasterKeyIsPrivateAndNeverWrittenOver) {
  const std::string file = folder + "/master.key";
  EXPECT_EQ(broker.Say({"master-key", file}), kDone) << broker.err.str();
  struct stat about {};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(broker.Say({"master-key", file}), kUsage) << "written over";
}

}  // namespace
}  // namespace ecluse::ctl
