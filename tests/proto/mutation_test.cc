// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "tests/proto/samples.h"

namespace ecluse {
namespace {

constexpr int kMutantsPerSample = 5000;

// One to four random accidents: a bit, a byte, a cut, a piece repeated, a frame lost or doubled.
void Damage(Frames& frames, std::mt19937_64& random) {
  const auto below = [&random](size_t n) { return n == 0 ? 0 : random() % n; };
  for (size_t times = 1 + below(4); times > 0 && !frames.empty(); --times) {
    std::string& bytes = frames[below(2) == 0 ? 0 : below(frames.size())];
    const size_t at = below(bytes.size());
    switch (below(7)) {
      case 0:
        if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 1:
        if (!bytes.empty()) bytes[at] = static_cast<char>(random());
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size()), below(20)));
        break;
      case 4:
        bytes.erase(at, below(8));
        break;
      case 5:
        frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(below(frames.size())));
        break;
      default:
        frames.push_back(frames[below(frames.size())]);
    }
  }
}

// Decodes without crashing; what is accepted must say the same when said again.
template <class Message, class Encode, class Decode>
bool AcceptedAndStable(const Frames& frames, const Encode& encode, const Decode& decode) {
  const std::variant<Message, BadMessage> first = decode(frames);
  if (first.index() == 1) {
    EXPECT_NE(std::get<BadMessage>(first).error.code, ErrorCode::kNone);
    return false;
  }
  const auto& message = std::get<Message>(first);
  const Frames again = encode(message);
  const auto second = decode(again);
  if (second.index() != 0) {
    ADD_FAILURE() << "accepted once, refused again: " << std::get<BadMessage>(second).error.field;
    return true;
  }
  EXPECT_EQ(std::get<Message>(second), message);
  EXPECT_EQ(encode(std::get<Message>(second)), again);
  return true;
}

TEST(MutationTest, DamagedCallsAreRefusedOrStable) {
  std::mt19937_64 random(20240201);
  int accepted = 0;
  for (const auto& sample : samples::Calls()) {
    const Frames whole = EncodeCall(sample.call);
    for (int i = 0; i < kMutantsPerSample; ++i) {
      Frames frames = whole;
      Damage(frames, random);
      accepted += AcceptedAndStable<wire::Call>(frames, EncodeCall, DecodeCall) ? 1 : 0;
    }
  }
  EXPECT_GT(accepted, 100) << "the damage is too great to tell anything";
}

TEST(MutationTest, DamagedRepliesAreRefusedOrStable) {
  std::mt19937_64 random(20240212);
  int accepted = 0;
  for (const auto& sample : samples::Replies()) {
    const Frames whole = EncodeReply(sample.reply);
    for (int i = 0; i < kMutantsPerSample; ++i) {
      Frames frames = whole;
      Damage(frames, random);
      accepted += AcceptedAndStable<wire::Reply>(frames, EncodeReply, DecodeReply) ? 1 : 0;
    }
  }
  EXPECT_GT(accepted, 100) << "the damage is too great to tell anything";
}

}  // namespace
}  // namespace ecluse
