// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/proto/samples.h"

// The bytes of one message of each kind, as they were when it was first published. If a test here
// fails, the wire has changed: old clients would not understand. To add a kind, run the program
// once with ECLUSE_WRITE_GOLDEN=1 and look at what was written before committing it.
namespace ecluse {
namespace {

// One line per frame, in hexadecimal.
std::string Hex(const Frames& frames) {
  std::string text;
  for (const auto& frame : frames) {
    for (const char byte : frame) text += fmt::format("{:02x}", static_cast<uint8_t>(byte));
    text += '\n';
  }
  return text;
}

Frames FromHex(const std::string& text) {
  Frames frames;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    frames.emplace_back();
    for (size_t i = 0; i + 1 < line.size(); i += 2) {
      frames.back() += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    }
  }
  return frames;
}

// What is kept under this name; `now` becomes it when asked to write.
std::string Golden(const std::string& name, const Frames& now) {
  const std::string path = fmt::format("{}/{}.hex", ECLUSE_GOLDEN, name);
  if (std::getenv("ECLUSE_WRITE_GOLDEN") != nullptr) std::ofstream(path) << Hex(now);
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(GoldenTest, EveryCallHasTheBytesItAlwaysHad) {
  for (const auto& sample : samples::Calls()) {
    const Frames frames = EncodeCall(sample.call);
    EXPECT_EQ(Hex(frames), Golden("call_" + sample.name, frames)) << sample.name;
  }
}

TEST(GoldenTest, EveryReplyHasTheBytesItAlwaysHad) {
  for (const auto& sample : samples::Replies()) {
    const Frames frames = EncodeReply(sample.reply);
    EXPECT_EQ(Hex(frames), Golden("reply_" + sample.name, frames)) << sample.name;
  }
}

TEST(GoldenTest, OldBytesAreStillUnderstood) {
  for (const auto& sample : samples::Calls()) {
    const auto call = DecodeCall(FromHex(Golden("call_" + sample.name, EncodeCall(sample.call))));
    ASSERT_TRUE(std::holds_alternative<wire::Call>(call)) << sample.name;
    EXPECT_EQ(std::get<wire::Call>(call), sample.call) << sample.name;
  }
}

TEST(GoldenTest, OldRepliesAreStillUnderstood) {
  for (const auto& sample : samples::Replies()) {
    const auto reply =
        DecodeReply(FromHex(Golden("reply_" + sample.name, EncodeReply(sample.reply))));
    ASSERT_TRUE(std::holds_alternative<wire::Reply>(reply)) << sample.name;
    EXPECT_EQ(std::get<wire::Reply>(reply), sample.reply) << sample.name;
  }
}

TEST(GoldenTest, AChangedByteIsNoticed) {
  wire::Call call = samples::Calls()[0].call;
  const std::string kept = Golden("call_deposit", EncodeCall(call));
  call.correlation += 1;
  EXPECT_NE(Hex(EncodeCall(call)), kept);
}

}  // namespace
}  // namespace ecluse
