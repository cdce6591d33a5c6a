// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "proto/content/codec.h"
#include "tests/proto/content/samples.h"

// The bytes of one content of each kind and of an answer, as they were when first published. If a
// test here fails, what waits in a store or in a practice's software would not be understood any
// more. To add one, run the program once with ECLUSE_WRITE_GOLDEN=1 and look at what was written.
namespace ecluse::content {
namespace {

std::string Hex(const std::string& bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<uint8_t>(byte));
  return text + '\n';
}

std::string FromHex(const std::string& text) {
  std::string bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// What is kept under this name; `now` becomes it when asked to write.
std::string Golden(const std::string& name, const std::string& now) {
  const std::string path = fmt::format("{}/{}.hex", ECLUSE_GOLDEN, name);
  if (std::getenv("ECLUSE_WRITE_GOLDEN") != nullptr) std::ofstream(path) << Hex(now);
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(ContentGoldenTest, EveryContentHasTheBytesItAlwaysHad) {
  for (const auto& sample : samples::Contents()) {
    const std::string bytes = Encode(sample.content);
    EXPECT_EQ(Hex(bytes), Golden(sample.name, bytes)) << sample.name;
  }
}

TEST(ContentGoldenTest, AnAnswerHasTheBytesItAlwaysHad) {
  const std::string bytes = EncodeAnswer(samples::SomeAnswer());
  EXPECT_EQ(Hex(bytes), Golden("answer", bytes));
}

TEST(ContentGoldenTest, OldBytesAreStillUnderstood) {
  for (const auto& sample : samples::Contents()) {
    const auto content = Decode(FromHex(Golden(sample.name, Encode(sample.content))));
    ASSERT_TRUE(content.ok()) << sample.name;
    EXPECT_EQ(*content, sample.content) << sample.name;
  }
}

TEST(ContentGoldenTest, AChangedByteIsNoticed) {
  Cancellation other = samples::SomeCancellation();
  const std::string kept = Golden("cancellation", Encode(other));
  other.authorisation_number += "1";
  EXPECT_NE(Hex(Encode(other)), kept);
}

}  // namespace
}  // namespace ecluse::content
