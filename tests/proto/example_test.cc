// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "proto/codec.h"

// The bytes that PROTOCOL.md shows to people who write a client are what our codec says.
namespace ecluse {
namespace {

// The pairs of hex digits that a line begins with: "   0a 3b      items[0], 59 bytes".
std::string BytesOf(const std::string& line) {
  std::string bytes;
  size_t at = line.find_first_not_of(' ');
  while (at != std::string::npos && at + 2 <= line.size()) {
    const std::string pair = line.substr(at, 2);
    const bool ends = at + 2 == line.size() || line[at + 2] == ' ';
    if (!ends || pair.find_first_not_of("0123456789abcdef") != std::string::npos) break;
    bytes += static_cast<char>(std::stoi(pair, nullptr, 16));
    if (line.substr(at + 2, 2) == "  ") break;  // from here on it is for people
    at += 3;
  }
  return bytes;
}

// The messages of the last section: one for each block, its frames apart.
std::vector<Frames> ReadExample(std::istream& markdown) {
  std::vector<Frames> messages;
  bool in_section = false;
  bool in_block = false;
  for (std::string line; std::getline(markdown, line);) {
    in_section = in_section || (line.starts_with("## ") && line.find(". An example") != line.npos);
    if (!in_section) continue;
    if (line == "```") {
      in_block = !in_block;
      if (in_block) messages.push_back(Frames(1));
    } else if (in_block && line == "-- frame --") {
      messages.back().emplace_back();
    } else if (in_block) {
      messages.back().back() += BytesOf(line);
    }
  }
  return messages;
}

const Destination kCare{{"viamedis"}, {"authorisation"}};

TEST(ExampleTest, TheBytesInProtocolMdAreThoseOfTheCodec) {
  std::ifstream markdown(std::string(ECLUSE_SOURCE) + "/proto/PROTOCOL.md");
  const std::vector<Frames> messages = ReadExample(markdown);
  ASSERT_EQ(messages.size(), 2U);
  wire::Deposit deposit;
  deposit.items.push_back(
      {kCare, "750000019", "PEC-1", Kind::kAuthorisation, "text/plain", "hello, canal"});
  EXPECT_EQ(messages[0], EncodeCall({7, deposit}));
  const wire::Receipt receipt{{901}, absl::FromUnixMillis(1'706'778'000'000), false, kCare};
  EXPECT_EQ(messages[1], EncodeReply({7, wire::DepositResult{{receipt}}}));
}

TEST(ExampleTest, AWrongByteIsNoticed) {
  std::istringstream markdown("## 10. An example\n```\n08 02    version: 1\n```\n");
  EXPECT_EQ(ReadExample(markdown), (std::vector<Frames>{{"\x08\x02"}}));
}

}  // namespace
}  // namespace ecluse
