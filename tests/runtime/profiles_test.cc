// SPDX-License-Identifier: Apache-2.0
// What the broker takes from the operators' profiles.
#include <gtest/gtest.h>

#include "broker/runtime/config.h"

namespace ecluse {
namespace {

std::string Head() {
  return "key_file = \"a.key\"\npeers_file = \"peers.toml\"\nstore_directory = \"s\"\n"
         "master_key_file = \"m\"\n";
}

std::string ProfileOf(const std::string& name) {
  return std::string("[[operator]]\nprofile = \"") + ECLUSE_SOURCE_DIR + "/adapters/operators/" +
         name + "/profile.toml\"\n";
}

TEST(ProfilesTest, EachServiceOfAProfileIsADestinationWithItsRules) {
  const auto config = ParseConfig(Head() + ProfileOf("almerys"), "c.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  const Destination authorisation{{"almerys"}, {"authorisation"}};
  EXPECT_TRUE(config->policies.contains(authorisation));
  EXPECT_TRUE(config->policies.contains({{"almerys"}, {"billing"}}));
  EXPECT_EQ(config->rules.at(authorisation).most_equipments, 1u);
}

TEST(ProfilesTest, TheFiveOperatorsGoTogether) {
  std::string text = Head();
  for (const char* name : {"viamedis", "oxantis", "almerys", "carte-blanche", "generation"}) {
    text += ProfileOf(name);
  }
  const auto config = ParseConfig(text, "c.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_GE(config->policies.size(), 10u);
}

TEST(ProfilesTest, ADestinationSaysWhatIsOtherwiseHereAndKeepsTheRest) {
  const auto plain = ParseConfig(Head() + ProfileOf("almerys"), "c.toml");
  const auto config =
      ParseConfig(Head() +
                      "[[destination]]\noperator = \"almerys\"\nservice = \"authorisation\"\n"
                      "strikes = 3\n" +
                      ProfileOf("almerys"),
                  "c.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  const Destination authorisation{{"almerys"}, {"authorisation"}};
  EXPECT_EQ(config->policies.at(authorisation).strikes, 3u);
  EXPECT_EQ(config->policies.at(authorisation).ask_every,
            plain->policies.at(authorisation).ask_every);
}

TEST(ProfilesTest, AnOperatorTwiceIsAMistake) {
  const auto config = ParseConfig(Head() + ProfileOf("almerys") + ProfileOf("almerys"), "c.toml");
  EXPECT_NE(std::string(config.status().message()).find("c.toml:8"), std::string::npos)
      << config.status();
}

TEST(ProfilesTest, NoOperatorMayTakeTheNameOfTheCard) {
  const auto config =
      ParseConfig(Head() + "[[destination]]\noperator = \"card\"\nservice = \"billing\"\n", "c");
  EXPECT_FALSE(config.ok());
}

}  // namespace
}  // namespace ecluse
