// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/limits.h"
#include "tests/proto/samples.h"

// How the reopening's messages travel, beyond coming out as they went in.
namespace ecluse {
namespace {

wire::Call Heard(const wire::CallBody& body) {
  const auto call = DecodeCall(EncodeCall({1, body}));
  EXPECT_EQ(call.index(), 0U);
  return call.index() == 0 ? std::get<wire::Call>(call) : wire::Call{};
}
wire::Reply Told(const wire::ReplyBody& body) {
  const auto reply = DecodeReply(EncodeReply({1, body}));
  EXPECT_EQ(reply.index(), 0U);
  return reply.index() == 0 ? std::get<wire::Reply>(reply) : wire::Reply{};
}

size_t FramesOf(const std::string& sample) {
  for (const auto& each : samples::Replies()) {
    if (each.name == sample) return EncodeReply(each.reply).size();
  }
  return 0;
}

TEST(ReopeningWireTest, ContentsHaveFramesOfTheirOwn) {
  EXPECT_EQ(FramesOf("content_result"), 2U);
  EXPECT_EQ(FramesOf("fetch_result"), 3U);
  EXPECT_EQ(FramesOf("work_dry_run"), 3U) << "a dry run needs the content as a delivery does";
}

// What an older peer does not say must mean what the structs begin with.
TEST(ReopeningWireTest, WhatIsAbsentIsWhatItWas) {
  const wire::PlaceHold hold{{}, "r"};
  EXPECT_EQ(Heard(hold).body, wire::CallBody(hold));
  const wire::Accounts accounts{{{{"cabinet-9"}, 1}}};
  EXPECT_EQ(Heard(accounts).body, wire::CallBody(accounts));
  wire::OperatorsResult operators{{{{{"viamedis"}, {"billing"}}, {}}}};
  operators.destinations[0].gate.since = absl::UnixEpoch();
  EXPECT_EQ(Told(operators).body, wire::ReplyBody(operators));
  EXPECT_TRUE(std::get<wire::OperatorsResult>(Told(operators).body).destinations[0].served);
}

TEST(ReopeningWireTest, WhyIsToldOfWaitingRequestsOnly) {
  for (const auto& sample : samples::Replies()) {
    if (sample.name != "show_result_case") continue;
    auto show = std::get<wire::ShowResult>(sample.reply.body);
    EXPECT_EQ(std::get<wire::ShowResult>(Told(show).body).wait, Wait::kCase);
    show.row.status.state = StateCode::kReady;
    EXPECT_EQ(std::get<wire::ShowResult>(Told(show).body).wait, Wait::kHeld);
  }
}

TEST(ReopeningWireTest, FarFiniteTimesComeBackFinite) {
  wire::PlaceHold hold{{}, "r", absl::FromUnixSeconds(253'402'300'799)};
  EXPECT_EQ(std::get<wire::PlaceHold>(Heard(hold).body).until, hold.until);
}

// The fact that a request would fail must arrive, whatever else was found.
TEST(ReopeningWireTest, EveryCheckedItemKeepsAnErrorAndTheCallStaysReadable) {
  std::vector<Problem> problems(limits::kProblemsPerItem,
                                Problem{std::string(200, 'p'), std::string(200, 'r'),
                                        Severity::kWarning, std::string(200, 's')});
  problems.back().severity = Severity::kError;
  wire::Checked checked{{1}, {}};
  checked.items.assign(limits::kSlotsPerWorker, {{2}, {3}, problems});
  const auto all = std::get<wire::Checked>(Heard(checked).body);
  ASSERT_EQ(all.items.size(), limits::kSlotsPerWorker);
  for (const auto& item : all.items) EXPECT_TRUE(HasErrors(item.problems));
  checked.items.resize(1);
  EXPECT_EQ(std::get<wire::Checked>(Heard(checked).body).items[0].problems.size(),
            limits::kProblemsPerItem);
}

TEST(ReopeningWireTest, WhatStaysWithTheBrokerDoesNotTravel) {
  wire::Task task;
  task.envelope.id = {1};
  task.envelope.practice = {"cabinet-9"};
  task.envelope.destination = {{"viamedis"}, {"billing"}};
  task.envelope.reference = "r";
  task.envelope.deposited_at = absl::UnixEpoch();
  const Frames without = EncodeReply({1, wire::Work{{task}, 0}});
  task.envelope.share = Share::kBacklog;
  task.envelope.payee = "hash";
  EXPECT_EQ(EncodeReply({1, wire::Work{{task}, 0}}), without);
}

}  // namespace
}  // namespace ecluse
