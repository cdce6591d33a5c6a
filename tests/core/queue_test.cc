// SPDX-License-Identifier: Apache-2.0
#include "broker/core/delivery/queue.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/support/fake_store.h"

namespace ecluse {
namespace {

const Destination kDestination{{"viamedis"}, {"authorisation"}};
const PracticeId kShop{"shop"};
const PracticeId kChain{"chain"};

Envelope EnvelopeOf(const PracticeId& practice, const Rank& rank) {
  Envelope envelope;
  envelope.id = rank.id;
  envelope.practice = practice;
  envelope.destination = kDestination;
  envelope.reference = std::to_string(rank.id.value);
  envelope.share = rank.share;
  envelope.kind = rank.order == 0 ? Kind::kAuthorisation : Kind::kBill;
  envelope.due = rank.due;
  return envelope;
}

class QueueTest : public testing::Test {
 protected:
  // Puts requests into the store alone, as if they were there before a restart.
  void Stored(const PracticeId& practice, int requests) {
    store::Batch batch;
    for (int i = 0; i < requests; ++i) {
      Rank rank;
      rank.id = {++last_};
      batch.deposits.push_back({EnvelopeOf(practice, rank), "content", state::Ready{}, {}});
    }
    ASSERT_TRUE(store_.Commit(batch).ok());
    queue_.Restore(practice, Share::kFresh, static_cast<uint64_t>(requests));
  }
  Rank Arrives(const PracticeId& practice, Share share = Share::kFresh) {
    Rank rank;
    rank.share = share;
    rank.id = {++last_};
    queue_.Add(practice, rank);
    ranks_[rank.id] = rank;
    return rank;
  }
  Rank RankOf(RequestId id) {
    const auto found = ranks_.find(id);
    if (found != ranks_.end()) return found->second;
    Rank rank;
    rank.id = id;
    return rank;
  }

  // The order in which requests go, as "practice number".
  std::vector<std::string> Served(int at_most, uint32_t fresh_share = 50) {
    std::vector<std::string> served;
    while (static_cast<int>(served.size()) < at_most) {
      queue_.Refill(store_, kDestination);
      const auto next =
          queue_.TakeTurn([&](const PracticeId& p) { return stopped_.contains(p); }, fresh_share);
      if (!next) break;
      served.push_back(next->practice.text + " " + std::to_string(next->id.value));
      queue_.Remove(next->practice, RankOf(next->id));
    }
    return served;
  }

  FakeStore store_;
  Queue queue_;
  std::set<PracticeId> stopped_;
  std::map<RequestId, Rank> ranks_;
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
  stopped_ = {kChain};
  EXPECT_EQ(Served(4), std::vector<std::string>{"shop 2"});
  EXPECT_EQ(queue_.size(), 1u);
}

TEST_F(QueueTest, AReleasedPracticeHasItsTurnInTheNextTurn) {
  Arrives(kChain);
  stopped_ = {kChain};
  EXPECT_TRUE(Served(4).empty());
  stopped_.clear();
  EXPECT_TRUE(Served(4).empty()) << "within one turn it is not looked at again";
  queue_.Committed();
  EXPECT_EQ(Served(4), std::vector<std::string>{"chain 1"});
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
  queue_.Add(kShop, RankOf({1}));
  EXPECT_EQ(Served(2), (std::vector<std::string>{"shop 1", "shop 3"}));
}

TEST_F(QueueTest, PositionsCountTheTurnsOfOthers) {
  for (int i = 0; i < 5; ++i) Arrives(kChain);
  Arrives(kShop);
  EXPECT_EQ(queue_.Before(kShop, 0), 1u);
  EXPECT_EQ(queue_.Before(kChain, 4), 5u);
}

TEST_F(QueueTest, APlaceIsKnownAfterARestartBeforeAnythingWasHandedOut) {
  Stored(kShop, 160);
  EXPECT_EQ(queue_.AheadInLane(store_, kDestination, kShop, RankOf({1})), 0u);
  EXPECT_EQ(queue_.AheadInLane(store_, kDestination, kShop, RankOf({160})), 159u);
}

TEST_F(QueueTest, APlaceBehindTheWindowCountsWhatThisTurnAddedAndRemoved) {
  Stored(kShop, 9'000);
  queue_.Refill(store_, kDestination);  // 4,096 of them
  queue_.Remove(kShop, RankOf({4'100}));
  Rank urgent = Arrives(kShop);
  EXPECT_EQ(queue_.AheadInLane(store_, kDestination, kShop, RankOf({4'101})), 4'099u);
  EXPECT_EQ(queue_.AheadInLane(store_, kDestination, kShop, RankOf({4'300})), 4'298u);
  EXPECT_EQ(queue_.AheadInLane(store_, kDestination, kShop, urgent), 9'000u)
      << "too deep: as if behind all";
}

TEST_F(QueueTest, EachShareHasItsPartOfTheTurnsWhileBothHaveSome) {
  for (int i = 0; i < 300; ++i) Arrives(kShop, Share::kFresh);
  for (int i = 0; i < 300; ++i) Arrives(kChain, Share::kBacklog);
  int fresh = 0;
  for (const std::string& served : Served(100, 30)) fresh += served.rfind("shop", 0) == 0;
  EXPECT_EQ(fresh, 30);
}

TEST_F(QueueTest, AShareWithNothingToSendLeavesItsTurnsToTheOther) {
  Arrives(kShop, Share::kFresh);
  for (int i = 0; i < 20; ++i) Arrives(kChain, Share::kBacklog);
  stopped_ = {kShop};
  EXPECT_EQ(Served(30, 90).size(), 20u);
}

TEST_F(QueueTest, ABillThatIsDueSoonerGoesBeforeOlderOnes) {
  Rank late{Share::kFresh, 1, absl::FromUnixSeconds(900), {1}};
  Rank soon{Share::kFresh, 1, absl::FromUnixSeconds(100), {2}};
  Rank authorisation{Share::kFresh, 0, absl::InfiniteFuture(), {3}};
  for (const Rank& rank : {late, soon, authorisation}) {
    queue_.Add(kShop, rank);
    ranks_[rank.id] = rank;
  }
  EXPECT_EQ(Served(3), (std::vector<std::string>{"shop 3", "shop 2", "shop 1"}));
}

TEST_F(QueueTest, OneOpenPracticeAmongThousandsOfStoppedOnesIsFoundSoonAndThenAtOnce) {
  constexpr int kPractices = 10'000;
  for (int i = 0; i < kPractices; ++i) {
    const PracticeId practice{"p" + std::to_string(10'000 + i)};
    Arrives(practice);
    stopped_.insert(practice);
  }
  const PracticeId open{"p15000"};
  for (int i = 0; i < 100; ++i) Arrives(open);
  size_t looks = 0;
  const auto stopped = [&](const PracticeId& p) {
    ++looks;
    return stopped_.contains(p);
  };
  EXPECT_FALSE(queue_.TakeTurn(stopped, 50));
  stopped_.erase(open);
  size_t served = 0;
  for (int turn = 0; turn < 60; ++turn) {
    queue_.Committed();
    looks = 0;
    const auto next = queue_.TakeTurn(stopped, 50);
    if (next) {
      EXPECT_EQ(next->practice, open);
      ++served;
      queue_.Remove(next->practice, RankOf(next->id));
    }
    EXPECT_LE(looks, 1100u) << "a turn looks at some of the stopped lanes, never at all";
  }
  EXPECT_GE(served, 8u) << "as many as a lane has in memory: nothing is read here";
}

// The queue beside the truth: any order of arrivals, departures, commits and reads.
class Model {
 public:
  explicit Model(uint64_t seed, size_t practices) : random_(seed), practices_(practices) {}

  void Run(int turns) {
    Begin(3000);
    for (int turn = 0; turn < turns; ++turn) {
      for (uint64_t n = random_() % 40; n > 0; --n) Step();
      if (random_() % 20 == 0) Burst();
      Commit();
      if (random_() % 50 == 0) Restart();
      if (testing::Test::HasFailure()) return;
    }
    Drain();
  }

 private:
  using Key = std::pair<PracticeId, Share>;

  Rank Random() {
    Rank rank;
    rank.share = random_() % 2 == 0 ? Share::kFresh : Share::kBacklog;
    rank.order = random_() % 2 == 0 ? 0 : 1;
    if (random_() % 3 != 0) {
      rank.due = absl::FromUnixSeconds(static_cast<int64_t>(random_() % 500));
    }
    rank.id = {++last_};
    return rank;
  }
  PracticeId Practice() { return {"p" + std::to_string(random_() % practices_)}; }

  void Begin(int requests) {
    for (int i = 0; i < requests; ++i) Deposit(Practice(), Random());
    Commit();
    Restart();
  }
  void Deposit(const PracticeId& practice, const Rank& rank) {
    batch_.deposits.push_back({EnvelopeOf(practice, rank), "content", state::Ready{}, {}});
    truth_[{practice, rank.share}].insert(rank);
    queue_.Add(practice, rank);
  }
  void Change(const PracticeId& practice, Rank rank, bool ready) {
    const State in = state::Ready{};
    const State out = state::Waiting{};
    batch_.transitions.push_back(
        {rank.id, practice, kDestination, ready ? out : in, ready ? in : out, {}, rank});
    if (ready) {
      queue_.Add(practice, rank);
      truth_[{practice, rank.share}].insert(rank);
    } else {
      queue_.Remove(practice, rank);
      truth_[{practice, rank.share}].erase(rank);
      out_.push_back({practice, rank});
    }
  }

  void Step() {
    switch (random_() % 7) {
      case 6:
        return AskForAPlace();
      case 0:
        return Deposit(Practice(), Random());
      case 1: {  // one from anywhere in a lane, as a withdrawal
        auto& [key, lane] = *std::next(truth_.begin(), random_() % truth_.size());
        if (lane.empty()) return;
        const Rank rank = *std::next(lane.begin(), random_() % lane.size());
        return Change(key.first, rank, false);
      }
      case 2: {
        if (out_.empty()) return;
        std::swap(out_[random_() % out_.size()], out_.back());
        const auto [practice, rank] = out_.back();
        out_.pop_back();
        return Change(practice, rank, true);
      }
      default:
        return Take();
    }
  }
  void Burst() {
    const PracticeId practice = Practice();
    for (int i = 0; i < 200; ++i) Deposit(practice, Random());
  }

  void AskForAPlace() {
    const auto& [key, lane] = *std::next(truth_.begin(), random_() % truth_.size());
    if (lane.empty()) return;
    const size_t place = random_() % lane.size();
    const uint64_t told =
        queue_.AheadInLane(store_, kDestination, key.first, *std::next(lane.begin(), place));
    EXPECT_TRUE(told == place || (place >= 200 && told == lane.size()))
        << told << ", not " << place;
  }

  void Take() {
    queue_.Refill(store_, kDestination);
    const auto next = queue_.TakeTurn([](const PracticeId&) { return false; }, 30);
    if (!next) {
      EXPECT_EQ(queue_.size(), 0u) << "something is ready, and nothing goes";
      return;
    }
    for (const Share share : {Share::kFresh, Share::kBacklog}) {
      const auto& lane = truth_[{next->practice, share}];
      if (lane.empty() || lane.begin()->id != next->id) continue;
      return Change(next->practice, *lane.begin(), false);
    }
    ADD_FAILURE() << "request " << next->id.value << " is not the lowest of a lane";
  }

  void Commit() {
    ASSERT_TRUE(store_.Commit(batch_).ok());
    batch_ = {};
    queue_.Committed();
    uint64_t size = 0;
    for (const auto& [key, lane] : truth_) {
      size += lane.size();
      ASSERT_EQ(queue_.CountOf(key.first, key.second), lane.size());
    }
    ASSERT_EQ(queue_.size(), size);
    CheckBefore();
  }
  void CheckBefore() {
    const PracticeId practice = Practice();
    const uint64_t ahead = random_() % 30;
    uint64_t before = ahead;
    for (const auto& [key, lane] : truth_) {
      if (key.first != practice) before += std::min<uint64_t>(lane.size(), ahead + 1);
    }
    ASSERT_EQ(queue_.Before(practice, ahead), before);
  }
  void Restart() {
    queue_ = Queue();
    for (const auto& [key, lane] : truth_) queue_.Restore(key.first, key.second, lane.size());
  }
  void Drain() {
    while (queue_.size() > 0 && !testing::Test::HasFailure()) {
      for (int i = 0; i < 50; ++i) Take();
      Commit();
    }
    EXPECT_EQ(store_.contradiction(), "");
  }

  std::mt19937_64 random_;
  const size_t practices_;
  FakeStore store_;
  Queue queue_;
  store::Batch batch_;
  std::map<Key, std::set<Rank>> truth_;
  std::vector<std::pair<PracticeId, Rank>> out_;
  uint64_t last_ = 0;
};

TEST(QueueModel, NoRankIsLostDoubledOrOutOfOrderWhateverHappensWithinATurn) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    Model(seed, 1 + seed * seed).Run(400);
  }
}

}  // namespace
}  // namespace ecluse
