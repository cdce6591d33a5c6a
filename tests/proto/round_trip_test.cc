// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "proto/limits.h"
#include "tests/proto/samples.h"

namespace ecluse {
namespace {

template <class Message>
Message Good(std::variant<Message, BadMessage> decoded) {
  if (const auto* bad = std::get_if<BadMessage>(&decoded)) {
    ADD_FAILURE() << "refused: " << static_cast<int>(bad->error.code) << ' ' << bad->error.field;
    return {};
  }
  return std::get<Message>(std::move(decoded));
}

TEST(RoundTripTest, SamplesHaveEveryKindOfMessage) {
  std::set<size_t> calls;
  std::set<size_t> replies;
  for (const auto& s : samples::Calls()) calls.insert(s.call.body.index());
  for (const auto& s : samples::Replies()) replies.insert(s.reply.body.index());
  EXPECT_EQ(calls.size(), std::variant_size_v<wire::CallBody>);
  EXPECT_EQ(replies.size(), std::variant_size_v<wire::ReplyBody>);
}

TEST(RoundTripTest, EveryCallComesOutAsItWentIn) {
  for (const auto& sample : samples::Calls()) {
    EXPECT_EQ(Good(DecodeCall(EncodeCall(sample.call))), sample.call) << sample.name;
  }
}

TEST(RoundTripTest, EveryReplyComesOutAsItWentIn) {
  for (const auto& sample : samples::Replies()) {
    EXPECT_EQ(Good(DecodeReply(EncodeReply(sample.reply))), sample.reply) << sample.name;
  }
}

TEST(RoundTripTest, ContentsTravelInFramesOfTheirOwnInOrder) {
  const auto calls = samples::Calls();
  const Frames frames = EncodeCall(calls[0].call);
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(frames[1], "<pec/>");
  EXPECT_EQ(frames[0].find("<pec/>"), std::string::npos);
}

TEST(RoundTripTest, OnlyOutcomesWithABodyHaveAFrame) {
  for (const auto& sample : samples::Calls()) {
    if (sample.name == "report") {
      EXPECT_EQ(EncodeCall(sample.call).size(), 3U);
    }
  }
}

TEST(RoundTripTest, AnAcceptanceHasAFrameOnlyWithAWord) {
  const auto frames = [](const outcome::Accepted& accepted) {
    const wire::Report report{{1}, wire::Task::What::kDeliver, {{{{2}, 3}, accepted}}};
    return EncodeCall({1, report}).size();
  };
  EXPECT_EQ(frames({absl::Minutes(1)}), 1U);
  EXPECT_EQ(frames({absl::Minutes(1), Decision::kPending}), 2U);
}

TEST(RoundTripTest, WhatTheEdgeFoundDoesNotTravel) {
  wire::Call call = samples::Calls()[0].call;
  const Frames without = EncodeCall(call);
  std::get<wire::Deposit>(call.body).items[0].found = {{"p", "r", Severity::kError, "s"}};
  EXPECT_EQ(EncodeCall(call), without);
}

TEST(RoundTripTest, ContentIsMovedAndNotCopied) {
  wire::Deposit deposit{{{{{"viamedis"}, {"billing"}},
                          "750000019",
                          "r",
                          Kind::kBill,
                          "text/plain",
                          std::string(100'000, 'x')}}};
  Frames frames = EncodeCall({1, deposit});
  const char* bytes = frames[1].data();
  const wire::Call call = Good(DecodeCall(std::move(frames)));
  EXPECT_EQ(std::get<wire::Deposit>(call.body).items[0].content.data(), bytes);
}

TEST(RoundTripTest, AGateWithoutHoursStaysWithoutHours) {
  const wire::Reply reply{1, wire::GateResult{{{"viamedis"}, {"billing"}}, {}}};
  const auto back = Good(DecodeReply(EncodeReply(reply)));
  const GateState& gate = std::get<wire::GateResult>(back.body).gate;
  EXPECT_EQ(gate.announced, absl::InfiniteFuture());
  EXPECT_EQ(gate.paused_until, absl::InfinitePast());
}

TEST(RoundTripTest, EndlessDurationsBecomeTheLongestOne) {
  wire::Pull pull{{1}, {{{"viamedis"}, {"billing"}}}, 1, {}, absl::InfiniteDuration()};
  const auto back = Good(DecodeCall(EncodeCall({1, pull})));
  EXPECT_NE(std::get<wire::Pull>(back.body).wait, absl::InfiniteDuration());
  EXPECT_GT(std::get<wire::Pull>(back.body).wait, absl::Hours(24 * 365 * 99));
}

TEST(RoundTripTest, TimesAreCutToTheMillisecond) {
  const absl::Time at = absl::FromUnixMicros(1'707'000'000'123'999);
  const wire::DepositResult result{{wire::Receipt{{1}, at, false}}};
  const auto back = Good(DecodeReply(EncodeReply({1, result})));
  const auto& body = std::get<wire::DepositResult>(back.body);
  EXPECT_EQ(std::get<wire::Receipt>(body.results[0]).deposited_at,
            absl::FromUnixMillis(1'707'000'000'123));
}

std::vector<Problem> Many(size_t count, Severity severity) {
  return {count, Problem{"lines[2].lpp", "lpp.shape", severity, "LPP"}};
}

TEST(RoundTripTest, ErrorsComeBeforeWarningsWhereNotAllCanBeTold) {
  Error invalid{ErrorCode::kInvalid, "items[0].content", Many(200, Severity::kWarning)};
  for (const Problem& error : Many(100, Severity::kError)) invalid.problems.push_back(error);
  const auto back = std::get<Error>(Good(DecodeReply(EncodeReply({1, invalid}))).body);
  ASSERT_EQ(back.problems.size(), limits::kProblemsPerItem);
  EXPECT_EQ(back.problems[99].severity, Severity::kError);
  EXPECT_EQ(back.problems[100].severity, Severity::kWarning);
}

TEST(RoundTripTest, AReplyFullOfProblemsCanStillBeRead) {
  wire::DepositResult result;
  Problem endless{std::string(1000, 'p'), "a\x01", Severity::kError, "dépôt"};
  endless.path.replace(197, 4, "é€");
  result.results.assign(limits::kDepositsPerCall,
                        Error{ErrorCode::kInvalid, "c", std::vector(300, endless)});
  const auto back = Good(DecodeReply(EncodeReply({1, result})));
  const auto& results = std::get<wire::DepositResult>(back.body).results;
  ASSERT_EQ(results.size(), limits::kDepositsPerCall);
  const Problem cut = std::get<Error>(results[0]).problems[0];
  EXPECT_EQ(cut.path, std::string(197, 'p') + "é") << "never cut inside a character";
  EXPECT_EQ(cut.rule, "a");
  size_t told = 0;
  for (const auto& each : results) told += std::get<Error>(each).problems.size();
  EXPECT_EQ(told, limits::kProblemsPerReply);
}

TEST(RoundTripTest, AnErrorCodeFromANewerBrokerIsHeard) {
  const Error newer{static_cast<ErrorCode>(699), ""};
  EXPECT_EQ(Good(DecodeReply(EncodeReply({1, newer}))).body, wire::ReplyBody(newer));
}

}  // namespace
}  // namespace ecluse
