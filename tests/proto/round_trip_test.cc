// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

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

TEST(RoundTripTest, AnErrorCodeFromANewerBrokerIsHeard) {
  const Error newer{static_cast<ErrorCode>(699), ""};
  EXPECT_EQ(Good(DecodeReply(EncodeReply({1, newer}))).body, wire::ReplyBody(newer));
}

}  // namespace
}  // namespace ecluse
