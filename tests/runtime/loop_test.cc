// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/loop.h"

#include <gtest/gtest.h>

#include "tests/runtime/scripted_broker.h"
#include "tests/support/fake_store.h"

namespace ecluse {
namespace {

class FakeTransport : public Transport {
 public:
  std::vector<Received> Receive(absl::Duration patience) override {
    patience_ = patience;
    return std::exchange(arriving, {});
  }
  void Send(const Peer& peer, Frames frames) override {
    commits_at_send.push_back(store_.commits());
    const auto reply = DecodeReply(std::move(frames));
    sent.emplace_back(peer, std::get<wire::Reply>(reply));
  }

  explicit FakeTransport(const FakeStore& store) : store_(store) {}

  std::vector<Received> arriving;
  std::vector<std::pair<Peer, wire::Reply>> sent;
  std::vector<uint64_t> commits_at_send;
  absl::Duration patience_;

 private:
  const FakeStore& store_;
};

class LoopTest : public ::testing::Test {
 protected:
  void Arrive(const Peer& peer, uint64_t correlation) {
    Arrive(peer, EncodeCall({correlation, wire::Operators{}}));
  }
  void Arrive(const Peer& peer, Frames frames) {
    transport_.arriving.push_back({peer, identity::Practice{{"a"}, {"750000001"}}, frames, false});
  }
  Error ErrorSent(size_t i) const {
    const auto* error = std::get_if<Error>(&transport_.sent.at(i).second.body);
    return error == nullptr ? Error{} : *error;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);
  bool disk_low_ = false;
  FakeStore store_;
  FakeTransport transport_{store_};
  Broker broker_{store_, {}, {}, {}, now_};
  Routes routes_;
  Edge edge_{{}, routes_, absl::UTCTimeZone()};
  Loop loop_{{transport_, store_, broker_, edge_, [this] { return now_; },
              [this](absl::Time) { return Vitals{disk_low_}; }}};
};

TEST_F(LoopTest, TurnIsTickThenEachCallThenFinish) {
  Arrive("p", 7);
  Arrive("q", 8);
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(Script().told, (std::vector<std::string>{"tick", "handle 7", "handle 8", "finish"}));
}

TEST_F(LoopTest, WordsLeaveAfterTheCommit) {
  Arrive("p", 7);
  Arrive("q", 8);
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(transport_.commits_at_send, (std::vector<uint64_t>{1, 1}));
  EXPECT_EQ(transport_.sent.at(0).first, "p");
  EXPECT_EQ(transport_.sent.at(1).second.correlation, 8u);
}

TEST_F(LoopTest, NoWordLeavesWhenTheCommitFails) {
  for (const bool persists : {false, true}) {
    store_.Reopen();
    store_.FailNext(persists);
    Arrive("p", 7);
    EXPECT_FALSE(loop_.Turn().ok());
    EXPECT_TRUE(transport_.sent.empty());
  }
}

TEST_F(LoopTest, BadMessageGetsAnErrorAndOthersGoOn) {
  Arrive("bad", Frames{"\xff\xff\xff"});
  Arrive("empty", Frames{});
  Arrive("good", 9);
  ASSERT_TRUE(loop_.Turn().ok());
  ASSERT_EQ(transport_.sent.size(), 3u);
  EXPECT_EQ(ErrorSent(0).code, ErrorCode::kMalformed);
  EXPECT_EQ(transport_.sent.at(1).first, "empty");
  EXPECT_NE(ErrorSent(1).code, ErrorCode::kNone);
  EXPECT_EQ(transport_.sent.at(2).second.correlation, 9u);
  EXPECT_EQ(loop_.counts().bad_messages, 2u);
}

TEST_F(LoopTest, EveryPrefixOfAMessageGetsOneReply) {
  const std::string whole = EncodeCall({7, wire::StatusOf{{{1}, {2}}, {}}}).at(0);
  for (size_t length = 0; length < whole.size(); ++length) {
    Arrive("p", Frames{whole.substr(0, length)});
  }
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(transport_.sent.size(), whole.size());
}

TEST_F(LoopTest, OversizedMessageIsRefusedUnderItsOwnNumber) {
  Arrive("p", 7);
  transport_.arriving.at(0).oversized = true;
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(ErrorSent(0).code, ErrorCode::kTooLarge);
  EXPECT_EQ(transport_.sent.at(0).second.correlation, 7u);
  EXPECT_EQ(Script().told, (std::vector<std::string>{"tick", "finish"}));
}

TEST_F(LoopTest, PatienceEndsAtTheWakeupAndIsBounded) {
  Script().wakeup = now_ + absl::Milliseconds(200);
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(transport_.patience_, absl::Milliseconds(200));
  Script().wakeup = now_ - absl::Hours(1);
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(transport_.patience_, absl::ZeroDuration());
  Script().wakeup = absl::InfiniteFuture();
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(transport_.patience_, Loop::kMostPatience);
}

TEST_F(LoopTest, BrokerHearsOfTheDiskAtEachTick) {
  ASSERT_TRUE(loop_.Turn().ok());
  disk_low_ = true;
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_FALSE(Script().vitals.at(0).disk_low);
  EXPECT_TRUE(Script().vitals.at(1).disk_low);
}

TEST_F(LoopTest, QuietTurnCostsNoCommit) {
  ASSERT_TRUE(loop_.Turn().ok());
  EXPECT_EQ(store_.commits(), 0u);
}

}  // namespace
}  // namespace ecluse
