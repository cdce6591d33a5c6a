// SPDX-License-Identifier: Apache-2.0
#include "broker/core/queue.h"

#include <gtest/gtest.h>

#include "tests/support/fake_store.h"

namespace ecluse {
namespace {

const Destination kDestination{{"viamedis"}, {"authorisation"}};
const PracticeId kShop{"shop"};
const PracticeId kChain{"chain"};

class QueueTest : public testing::Test {
 protected:
  // Puts requests into the store alone, as if they were there before a restart.
  void Stored(const PracticeId& practice, int requests) {
    store::Batch batch;
    for (int i = 0; i < requests; ++i) {
      Envelope envelope;
      envelope.id = RequestId{++last_};
      envelope.practice = practice;
      envelope.destination = kDestination;
      envelope.reference = std::to_string(last_);
      batch.deposits.push_back({envelope, "content", state::Ready{}, {}});
    }
    ASSERT_TRUE(store_.Commit(batch).ok());
    queue_.Restore(practice, static_cast<uint64_t>(requests));
  }
  void Arrives(const PracticeId& practice) { queue_.Add(practice, RequestId{++last_}); }

  // The order in which requests go, as "practice number".
  std::vector<std::string> Served(int at_most) {
    std::vector<std::string> served;
    while (static_cast<int>(served.size()) < at_most) {
      queue_.Refill(store_, kDestination);
      const auto next = queue_.TakeTurn([&](const PracticeId& p) { return p == stopped_; });
      if (!next) break;
      served.push_back(next->practice.text + " " + std::to_string(next->id.value));
      queue_.Remove(next->practice, next->id);
    }
    return served;
  }

  FakeStore store_;
  Queue queue_;
  PracticeId stopped_;
  uint64_t last_ = 0;
};

TEST_F(QueueTest, PracticesTakeTurnsSoThatAChainNeverStarvesAShop) {
  for (int i = 0; i < 3; ++i) Arrives(kChain);
  Arrives(kShop);
  EXPECT_EQ(Served(4), (std::vector<std::string>{"chain 1", "shop 4", "chain 2", "chain 3"}));
}

TEST_F(QueueTest, AHeldPracticeIsPassedOver) {
  Arrives(kChain);
  Arrives(kShop);
  stopped_ = kChain;
  EXPECT_EQ(Served(4), std::vector<std::string>{"shop 2"});
  EXPECT_EQ(queue_.size(), 1u);
}

TEST_F(QueueTest, ABacklogIsReadPageByPageAndNothingIsSkipped) {
  Stored(kShop, 20'000);
  const auto served = Served(30'000);
  ASSERT_EQ(served.size(), 20'000u);
  EXPECT_EQ(served.back(), "shop 20000");
}

TEST_F(QueueTest, WhatComesBackGoesBeforeWhatCameLater) {
  for (int i = 0; i < 3; ++i) Arrives(kShop);
  Served(2);
  queue_.Add(kShop, RequestId{1});
  EXPECT_EQ(Served(2), (std::vector<std::string>{"shop 1", "shop 3"}));
}

TEST_F(QueueTest, PositionsCountTheTurnsOfOthers) {
  for (int i = 0; i < 5; ++i) Arrives(kChain);
  Arrives(kShop);
  EXPECT_EQ(queue_.Before(kShop, 0), 1u);
  EXPECT_EQ(queue_.Before(kChain, 4), 5u);
}

}  // namespace
}  // namespace ecluse
