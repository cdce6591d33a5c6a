// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/peers/attacks.h"
#include "tests/peers/curve.h"
#include "tests/peers/seeds.h"
#include "tests/peers/watch.h"

namespace ecluse::peers {
namespace {

// A real broker under attack by bytes on bare TCP connections, with an honest peer beside. One
// broker outlives all attacks. ECLUSE_PEERS_SEEDS: how many bent conversations.
class HostilePeer : public ::testing::Test {
 protected:
  static constexpr int kKnown = 0;
  static constexpr int kHonest = 1;
  static constexpr int kOther = 2;

  static void SetUpTestSuite() {
    SeedsSaid(1);  // what makes no sense is refused before anything is started
    RaiseFileLimit();
    house = new House(ECLUSE_ECLUSED, ::testing::TempDir() + "ecluse-hostile", 3);
    house->Start();
    watch = new Watch(*house, kHonest, {});
  }
  static void TearDownTestSuite() {
    delete watch;
    delete house;
  }

  void Suffer(const std::vector<Attack>& attacks, unsigned seed = 7) {
    std::mt19937 random(seed);
    LinkOptions stranger = house->Practice(kKnown);
    const auto pair = MakeKeyPair();
    stranger.public_key = pair->public_key;
    stranger.secret_key = pair->secret_key;
    Attacker who{house->Practice(kKnown), house->Practice(kOther), stranger, House::Finess(kKnown),
                 random};
    for (const Attack& attack : attacks) {
      SCOPED_TRACE(attack.name);
      EXPECT_EQ(attack.act(who), "");
      ASSERT_EQ(watch->Trouble(), "");
    }
  }

  static inline House* house = nullptr;
  static inline Watch* watch = nullptr;
};

TEST_F(HostilePeer, GreetingsHarmNobody) { Suffer(AttacksOnGreeting()); }
TEST_F(HostilePeer, HandshakesHarmNobody) { Suffer(AttacksOnHandshake()); }
TEST_F(HostilePeer, MessagesHarmNobody) { Suffer(AttacksOnMessages()); }
TEST_F(HostilePeer, LinesHarmNobody) { Suffer(AttacksOnLines()); }

TEST_F(HostilePeer, BentConversationsHarmNobody) {
  const Seeds seeds = SeedsSaid(100);
  for (unsigned n = 0; n < seeds.many; ++n) {
    const unsigned seed = seeds.first + n;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    if (seed % 25 == 0) {
      ASSERT_NO_FATAL_FAILURE(Suffer({BentConversation()}, seed));
      continue;
    }
    std::mt19937 random(seed);
    Attacker who{house->Practice(kKnown), house->Practice(kOther), house->Practice(kOther),
                 House::Finess(kKnown), random};
    BentConversation().act(who);
    ASSERT_TRUE(house->Alive()) << house->LogTail();
  }
  EXPECT_EQ(watch->Trouble(), "");
}

// The watch itself: each harm is seen.

TEST_F(HostilePeer, WatchNoticesFilesThatAreKept) {
  Watch impatient(*house, kHonest, {.files = 16, .patience = absl::Seconds(1)});
  std::vector<Tcp> lines;
  for (int n = 0; n < 40; ++n) {
    lines.emplace_back(house->endpoint());
    ASSERT_TRUE(Curve(house->Practice(kKnown)).Handshake(lines.back()));
  }
  EXPECT_NE(impatient.Trouble().find("files were open before"), std::string::npos);
}

TEST_F(HostilePeer, WatchNoticesMemoryAndADeadBroker) {
  House victim(ECLUSE_ECLUSED, ::testing::TempDir() + "ecluse-victim", 2);
  victim.Start();
  Watch sharp(victim, kHonest, {.memory = 0, .patience = absl::Seconds(5)});
  std::vector<Tcp> lines;
  for (int n = 0; n < 50; ++n) {
    lines.emplace_back(victim.endpoint());
    Curve curve(victim.Practice(kKnown));
    ASSERT_TRUE(curve.Handshake(lines.back()));
    lines.back().Say(curve.Message(std::string(200'000, 'm'), 1));
  }
  lines.clear();
  EXPECT_NE(sharp.Trouble().find("MiB were needed"), std::string::npos);
  victim.Kill();
  EXPECT_NE(sharp.Trouble().find("the broker died"), std::string::npos);
}

}  // namespace
}  // namespace ecluse::peers
