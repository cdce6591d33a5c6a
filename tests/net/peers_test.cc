// SPDX-License-Identifier: Apache-2.0
#include "broker/net/peers.h"

#include <gtest/gtest.h>

#include "broker/net/keys.h"

namespace ecluse {
namespace {

class PeersTest : public ::testing::Test {
 protected:
  static std::string Key(const std::string& key) { return "key = \"" + key + "\"\n"; }
  static std::string Practice(const std::string& name, const std::string& finess,
                              const std::string& key) {
    return "[[practice]]\nname = \"" + name + "\"\nfiness = [\"" + finess + "\"]\n" + Key(key);
  }
  // The refusal without the file's name; empty: the file is taken.
  static std::string Refusal(const std::string& text) {
    const auto peers = Peers::Parse(text, "peers.toml");
    return peers.ok() ? "" : std::string(peers.status().message()).substr(sizeof "peers.toml");
  }

  const std::string a_ = MakeKeyPair()->public_key;
  const std::string b_ = MakeKeyPair()->public_key;
  const std::string c_ = MakeKeyPair()->public_key;
};

TEST_F(PeersTest, EveryKindOfPeerIsFoundByItsKey) {
  const auto peers =
      Peers::Parse(Practice("shop-1", "750000001", a_) +
                       "[[adapter]]\noperator = \"viamedis\"\nservices = [\"billing\"]\n" +
                       Key(b_) + "[[ops]]\nname = \"lea\"\nmay = \"act\"\n" + Key(c_),
                   "peers.toml");
  ASSERT_TRUE(peers.ok()) << peers.status();
  EXPECT_EQ(*peers->Find(a_), (Identity{identity::Practice{{"shop-1"}, {"750000001"}}}));
  EXPECT_EQ(*peers->Find(b_), (Identity{identity::Adapter{{"viamedis"}, {{"billing"}}}}));
  EXPECT_EQ(*peers->Find(c_), (Identity{identity::Ops{"lea", true}}));
  EXPECT_EQ(peers->Find(MakeKeyPair()->public_key), nullptr);
}

TEST_F(PeersTest, PracticeMayHaveSeveralKeys) {
  EXPECT_EQ(Refusal(Practice("a", "750000001", a_) + Practice("a", "750000001", b_)), "");
  EXPECT_EQ(Refusal(Practice("a", "750000001", a_) + Practice("a", "750000002", b_)),
            "7: [[practice]] `finess` differs from an earlier section of the same practice");
}

TEST_F(PeersTest, KeyHasOneIdentity) {
  EXPECT_EQ(Refusal(Practice("a", "750000001", a_) + Practice("b", "750000002", a_)),
            "8: [[practice]] `key` is in the file already: a key has one identity");
}

TEST_F(PeersTest, FinessNumberHasOnePractice) {
  EXPECT_EQ(Refusal(Practice("a", "750000001", a_) + Practice("b", "750000001", b_)),
            "7: [[practice]] `finess` has a number that belongs to practice a");
}

TEST_F(PeersTest, BadValuesAreNamedWithLineFieldAndRule) {
  EXPECT_EQ(Refusal(Practice("Shop 1", "750000001", a_)),
            "2: [[practice]] `name` must be 1 to 32 characters of [a-z0-9-]");
  EXPECT_EQ(Refusal(Practice("a", "75000000", a_)),
            "3: [[practice]] `finess` has a number that is not 9 of [0-9A-F]");
  EXPECT_EQ(Refusal(Practice("a", "750000001", "short")),
            "4: [[practice]] `key` must be a public key: 40 characters of Z85");
  EXPECT_EQ(Refusal("[[ops]]\nname = \"lea\"\nmay = \"write\"\n" + Key(a_)),
            "3: [[ops]] `may` must be \"act\" or \"read\"");
  EXPECT_EQ(Refusal("[[adapter]]\noperator = \"v\"\nservices = []\n" + Key(a_)),
            "3: [[adapter]] `services` must not be empty");
  EXPECT_EQ(Refusal("[[adapter]]\noperator = 3\nservices = [\"b\"]\n" + Key(a_)),
            "2: [[adapter]] `operator` must be a text in quotes");
}

TEST_F(PeersTest, MissingAndMisspeltFieldsAreNamed) {
  EXPECT_EQ(Refusal("[[practice]]\nname = \"a\"\n" + Key(a_)),
            "1: [[practice]] `finess` is missing");
  EXPECT_EQ(Refusal("[[practice]]\nname = \"a\"\nfines = [\"750000001\"]\n" + Key(a_)),
            "3: [[practice]] there is no setting `fines`; is `finess` meant?");
  EXPECT_EQ(Refusal("\n[[practise]]\nname = \"a\"\n"),
            "2: there is no section [[practise]]; is [[practice]] meant?");
  EXPECT_EQ(Refusal("[ops]\nname = \"a\"\n"), "1: write [[ops]], not [ops]");
  EXPECT_EQ(Refusal("name = \"a\"\n"), "1: there is no setting `name`");
}

}  // namespace
}  // namespace ecluse
