// SPDX-License-Identifier: Apache-2.0
#include "proto/limits.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

// PROTOCOL.md has the same table as limits.h.
namespace ecluse {
namespace {

using Table = std::map<std::string, uint64_t>;

// Rows like "| `kNameBytes` | 32 | a name |".
Table ReadTable(std::istream& markdown) {
  Table table;
  for (std::string line; std::getline(markdown, line);) {
    std::istringstream row(line);
    std::string bar;
    std::string name;
    std::string bar_too;
    uint64_t value = 0;
    if (row >> bar >> name >> bar_too >> value && bar == "|" && name.starts_with("`k")) {
      table[name.substr(1, name.size() - 2)] = value;
    }
  }
  return table;
}

Table Code() {
  using namespace limits;
  return {{"kNameBytes", kNameBytes},
          {"kReferenceBytes", kReferenceBytes},
          {"kFormatBytes", kFormatBytes},
          {"kContentBytes", kContentBytes},
          {"kAnswerBytes", kAnswerBytes},
          {"kEnvelopeFrameBytes", kEnvelopeFrameBytes},
          {"kReasonBytes", kReasonBytes},
          {"kCardItemBytes", kCardItemBytes},
          {"kProblemBytes", kProblemBytes},
          {"kDepositsPerCall", kDepositsPerCall},
          {"kProblemsPerItem", kProblemsPerItem},
          {"kProblemsPerReply", kProblemsPerReply},
          {"kStatusPerCall", kStatusPerCall},
          {"kInboxPerCall", kInboxPerCall},
          {"kSlotsPerWorker", kSlotsPerWorker},
          {"kAccountsPerCall", kAccountsPerCall},
          {"kListPerCall", kListPerCall},
          {"kResolvePerCall", kResolvePerCall},
          {"kCaseMembers", kCaseMembers},
          {"kNumberBytes", kNumberBytes},
          {"kJobs", kJobs},
          {"kJobPerTurn", kJobPerTurn},
          {"kFindingsPerJob", kFindingsPerJob},
          {"kFetchPerCall", kFetchPerCall},
          {"kPathBytes", kPathBytes},
          {"kForecastPerCall", kForecastPerCall},
          {"kScanPerCall", kScanPerCall},
          {"kFramesPerCall", kFramesPerCall},
          {"kBytesPerCall", kBytesPerCall},
          {"kBytesPerReply", kBytesPerReply},
          {"kDurationMillis", kDurationMillis},
          {"kHolds", kHolds},
          {"kDestinations", kDestinations},
          {"kPractices", kPractices},
          {"kMessagesPerTurn", kMessagesPerTurn},
          {"kBytesPerTurn", kBytesPerTurn},
          {"kPeerQueue", kPeerQueue},
          {"kUnreadByPeer", kUnreadByPeer},
          {"kUnreadByAll", kUnreadByAll},
          {"kUnheardByAll", kUnheardByAll},
          {"kConnections", kConnections},
          {"kOwnFiles", kOwnFiles}};
}

// The names of the constants in the header, so that none is forgotten above.
std::string ReadHeader() {
  std::ostringstream text;
  text << std::ifstream(std::string(ECLUSE_SOURCE) + "/proto/limits.h").rdbuf();
  return text.str();
}

TEST(LimitsTest, ProtocolMdShowsTheNumbersOfTheCode) {
  std::ifstream markdown(std::string(ECLUSE_SOURCE) + "/proto/PROTOCOL.md");
  ASSERT_TRUE(markdown.good());
  EXPECT_EQ(ReadTable(markdown), Code());
}

TEST(LimitsTest, NoLimitIsForgotten) {
  const std::string header = ReadHeader();
  size_t constants = 0;
  for (size_t at = header.find("constexpr"); at != std::string::npos;
       at = header.find("constexpr", at + 1)) {
    ++constants;
  }
  EXPECT_EQ(constants, Code().size());
}

TEST(LimitsTest, AWrongNumberIsNoticed) {
  std::istringstream markdown("| `kNameBytes` | 33 | a name |\n");
  EXPECT_NE(ReadTable(markdown).at("kNameBytes"), Code().at("kNameBytes"));
}

}  // namespace
}  // namespace ecluse
