// SPDX-License-Identifier: Apache-2.0
#include "broker/core/look/turns.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

const PracticeId kChain{"chain"};
const PracticeId kShop{"shop"};

Queue Lanes(uint64_t chain, uint64_t shop, uint64_t fresh_shop) {
  Queue queue;
  queue.Restore(kChain, Share::kBacklog, chain);
  queue.Restore(kShop, Share::kBacklog, shop);
  queue.Restore(kShop, Share::kFresh, fresh_shop);
  return queue;
}

bool None(const PracticeId&) { return false; }

TEST(TurnsTest, AShopWaitsForOneOfTheChainInEachRoundAndNotForAllOfThem) {
  const Queue queue = Lanes(1000, 3, 0);
  const Turns turns(queue, 25, None);
  EXPECT_EQ(turns.Before(Share::kBacklog, 3, 0), 1U);
  EXPECT_EQ(turns.Before(Share::kBacklog, 3, 2), 5U);
}

TEST(TurnsTest, TheLastOfTheChainGoesAfterAllOthers) {
  const Queue queue = Lanes(1000, 3, 0);
  EXPECT_EQ(Turns(queue, 25, None).Before(Share::kBacklog, 1000, 999), 1002U);
}

TEST(TurnsTest, SharesTakeTurnsAsTheProfileSays) {
  const Queue queue = Lanes(1000, 0, 10);
  const Turns turns(queue, 25, None);
  // Three of the backlog for each fresh one.
  EXPECT_EQ(turns.Before(Share::kFresh, 10, 0), 3U);
  EXPECT_EQ(turns.Before(Share::kFresh, 10, 9), 39U);
  EXPECT_EQ(turns.Before(Share::kBacklog, 1000, 999), 1009U);
}

TEST(TurnsTest, AShareWithoutTurnsGoesLast) {
  const Queue queue = Lanes(7, 0, 2);
  EXPECT_EQ(Turns(queue, 0, None).Before(Share::kFresh, 2, 0), 7U);
}

TEST(TurnsTest, WhoIsStoppedKeepsNobodyWaiting) {
  const Queue queue = Lanes(1000, 3, 0);
  const Turns turns(queue, 25, [](const PracticeId& p) { return p == kChain; });
  EXPECT_EQ(turns.Before(Share::kBacklog, 3, 2), 2U);
  EXPECT_EQ(turns.size(), 3U);
}

}  // namespace
}  // namespace ecluse
