// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/shares.h"

#include <gtest/gtest.h>

#include <string>

namespace ecluse::story {
namespace {

// A chain with sixteen requests and a shop with four, at one service.
class SharesTest : public testing::Test {
 protected:
  // "C" is the chain's turn, "s" the shop's.
  std::vector<Share> After(const std::string& turns,
                           const std::set<std::pair<OperatorId, PracticeId>>& not_let_in = {}) {
    Witness witness;
    for (const char turn : turns) {
      witness.accepted.emplace_back().practice = turn == 'C' ? "chain" : "shop";
    }
    return SharesOf({{{"chain"}, {}}, {{"shop"}, {}}}, {{{"here"}, witness}}, not_let_in);
  }
};

TEST_F(SharesTest, TurnByTurnIsFair) {
  const auto shares = After("CsCsCsCsCCCCCCCCCCCC");
  EXPECT_FALSE(shares[0].Starved());
  EXPECT_FALSE(shares[1].Starved());
  EXPECT_EQ(shares[1].early, 4u);
  EXPECT_EQ(shares[1].fair, 4.0);
}

TEST_F(SharesTest, AShopBehindAChainStarves) {
  const auto shares = After("CCCCCCCCCsCCCCCCCsss");
  EXPECT_TRUE(shares[1].Starved());
  EXPECT_FALSE(shares[0].Starved());
}

TEST_F(SharesTest, AChainStarvesToo) { EXPECT_TRUE(After("sssssssssCssssCCCCCC")[0].Starved()); }

TEST_F(SharesTest, WhoWaitedForItsOwnAccountDoesNotCount) {
  EXPECT_FALSE(After("CCCCCCCCCCCCCCCCssss", {{{"here"}, {"shop"}}})[1].Starved());
}

TEST_F(SharesTest, TheLastAnswerIsTold) {
  Notebook notebook = {{"shop"}, std::deque<Note>(2)};
  notebook.notes[0].answered_at = absl::FromUnixSeconds(2);
  notebook.notes[1].answered_at = absl::FromUnixSeconds(1);
  EXPECT_EQ(SharesOf({notebook}, {})[0].last, absl::FromUnixSeconds(2));
}

}  // namespace
}  // namespace ecluse::story
