// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/limits.h"
#include "tests/proto/samples.h"

// What no client of ours would ever send.
namespace ecluse {
namespace {

BadMessage Bad(Frames frames) {
  auto decoded = DecodeCall(std::move(frames));
  if (const auto* bad = std::get_if<BadMessage>(&decoded)) return *bad;
  return {};
}
ErrorCode Code(Frames frames) { return Bad(std::move(frames)).error.code; }

Frames Sample() { return EncodeCall(samples::Calls()[0].call); }

// Tag and value of a varint field: small numbers only.
std::string Field(int number, int value) {
  std::string bytes;
  for (const int part : {number << 3, value}) {
    if (part >= 0x80) bytes += static_cast<char>(part | 0x80);
    bytes += static_cast<char>(part >= 0x80 ? part >> 7 : part);
  }
  return bytes;
}

TEST(HostileTest, NothingAtAllIsMalformed) {
  EXPECT_EQ(Code({}), ErrorCode::kMalformed);
  EXPECT_EQ(Code({Field(1, 1)}), ErrorCode::kMalformed);
  EXPECT_EQ(Bad({Field(1, 1)}).error.field, "body");
}

TEST(HostileTest, AnEmptyFrameHasNoVersion) { EXPECT_EQ(Code({""}), ErrorCode::kVersion); }

TEST(HostileTest, AnotherVersionIsToldSoEvenIfTheRestIsNotUnderstood) {
  const Frames frames{Field(1, 2) + Field(2, 77) + "\xFF\xFF\xFF"};
  EXPECT_EQ(Code(frames), ErrorCode::kVersion);
  EXPECT_EQ(Bad(frames).correlation, 77U);
}

TEST(HostileTest, ATruncatedEnvelopeIsMalformedAndKeepsItsCorrelation) {
  for (size_t cut = 1; cut < 30; ++cut) {
    Frames frames = Sample();
    frames[0].resize(frames[0].size() - cut);
    EXPECT_EQ(Code(frames), ErrorCode::kMalformed) << cut;
    EXPECT_EQ(Bad(frames).correlation, samples::Calls()[0].call.correlation);
  }
}

TEST(HostileTest, GarbageIsRefused) {
  EXPECT_NE(Code({std::string(1000, '\xFF')}), ErrorCode::kNone);
  EXPECT_NE(Code({std::string(1000, '\0')}), ErrorCode::kNone);
  EXPECT_NE(Code({"GET / HTTP/1.1\r\n\r\n"}), ErrorCode::kNone);
}

TEST(HostileTest, AnEnvelopeOverTheLimitIsTooLargeAndKeepsItsCorrelation) {
  Frames frames = Sample();
  // A field that nobody knows, to make it as long as wanted.
  const auto pad = [&](size_t bytes) {
    const size_t length = bytes - frames[0].size() - 5;
    frames[0] += "\xFA\x7F";  // field 2047, bytes
    for (size_t left = length, i = 0; i < 3; ++i, left >>= 7U) {
      frames[0] += static_cast<char>((left & 0x7FU) | (i < 2 ? 0x80U : 0U));
    }
    frames[0] += std::string(length, 'x');
  };
  pad(limits::kEnvelopeFrameBytes);
  ASSERT_EQ(frames[0].size(), limits::kEnvelopeFrameBytes);
  EXPECT_EQ(Code(frames), ErrorCode::kNone) << "unknown fields are ignored";
  frames[0] += Field(2046, 1);
  EXPECT_EQ(Code(frames), ErrorCode::kTooLarge);
  EXPECT_EQ(Bad(frames).correlation, samples::Calls()[0].call.correlation);
}

TEST(HostileTest, AnAnnouncedGibibyteIsNotBelieved) {
  const std::string gibibyte("\x82\x01\x80\x80\x80\x80\x04", 7);  // field 16, 1 GiB to come
  EXPECT_EQ(Code({Field(1, 1) + gibibyte}), ErrorCode::kMalformed);
}

TEST(HostileTest, EndlessNestingIsMalformed) {
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "\xFB\x7F";  // start of group 2047
  EXPECT_EQ(Code({Field(1, 1) + nested}), ErrorCode::kMalformed);
}

TEST(HostileTest, FramesMissingOrLeftOverAreToldSo) {
  Frames fewer = Sample();
  fewer.pop_back();
  EXPECT_EQ(Bad(fewer).error, (Error{ErrorCode::kFrames, "items[1].content"}));
  Frames more = Sample();
  more.emplace_back("x");
  EXPECT_EQ(Bad(more).error, (Error{ErrorCode::kFrames, ""}));
}

TEST(HostileTest, TextThatIsNotUtf8IsMalformed) {
  auto call = samples::Calls()[0].call;
  std::get<wire::Deposit>(call.body).items[0].reference = "\xFF\xFE";
  const Frames frames = EncodeCall(call);
  testing::internal::CaptureStderr();
  EXPECT_EQ(Code(frames), ErrorCode::kMalformed);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << "a peer must not fill the log";
}

TEST(HostileTest, ADurationBeyondAllReasonIsTooLarge) {
  // pull { worker: 1 destinations { "a" "b" } wait_ms: 2^63 }
  std::string pull(
      "\x08\x01\x12\x06\x0A\x01"
      "a"
      "\x12\x01"
      "b"
      "\x28",
      11);
  pull += std::string(9, '\x80') + '\x01';
  const std::string frame = Field(1, 1) + "\x82\x02" + static_cast<char>(pull.size()) + pull;
  EXPECT_EQ(Bad({frame}).error, (Error{ErrorCode::kTooLarge, "wait_ms"}));
}

}  // namespace
}  // namespace ecluse
