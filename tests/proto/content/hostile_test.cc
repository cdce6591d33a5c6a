// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "tests/proto/content/samples.h"

// Bytes cut anywhere and changed anywhere: nothing crashes, and what is accepted says the same
// when it is said again.
namespace ecluse::content {
namespace {

// 1 when the bytes are a content.
int TryContent(const std::string& bytes) {
  Check(Kind::kAuthorisation, kTyped, bytes, {}, samples::kToday);
  const auto content = Decode(bytes);
  if (!content.ok()) return 0;
  const auto again = Decode(Encode(*content));
  EXPECT_TRUE(again.ok() && *again == *content);
  return 1;
}

int TryAnswer(const std::string& bytes) {
  const auto answer = DecodeAnswer(bytes);
  if (!answer.ok()) return 0;
  const auto again = DecodeAnswer(EncodeAnswer(*answer));
  EXPECT_TRUE(again.ok() && *again == *answer);
  return 1;
}

// How many of all truncations and of all bytes changed in three ways are accepted.
template <class Function>
int Garble(const std::string& bytes, const Function& attempt) {
  int accepted = 0;
  for (size_t size = 0; size < bytes.size(); ++size) accepted += attempt(bytes.substr(0, size));
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const char mask : {'\x01', '\x80', '\xff'}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ mask);
      accepted += attempt(changed);
    }
  }
  return accepted;
}

TEST(HostileContentTest, GarbledContentsNeverCrash) {
  for (const auto& sample : samples::Contents()) {
    const std::string bytes = Encode(sample.content);
    const int accepted = Garble(bytes, TryContent);
    // Many changes are inside a text: another text. Many others are noticed.
    EXPECT_GT(accepted, 0) << sample.name;
    EXPECT_LT(accepted, static_cast<int>(bytes.size()) * 4) << sample.name;
  }
}

TEST(HostileContentTest, GarbledAnswersNeverCrash) {
  const std::string bytes = EncodeAnswer(samples::SomeAnswer());
  EXPECT_GT(Garble(bytes, TryAnswer), 0);
}

}  // namespace
}  // namespace ecluse::content
