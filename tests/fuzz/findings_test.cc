// SPDX-License-Identifier: Apache-2.0
// What fuzzing found, each as a sentence; the inputs themselves are in corpus/.
#include <gtest/gtest.h>

#include "adapters/vault/vault_text.h"
#include "broker/runtime/config.h"
#include "store/keyspace.h"

namespace ecluse {
namespace {

TEST(FuzzFindings, AnEmptyKeyOfTheStoreIsRefusedUnread) {
  store::LaneCount lane;
  EXPECT_FALSE(store::keyspace::Parse("", lane));
  store::Account account;
  EXPECT_FALSE(store::keyspace::Parse("", account));
  store::Payee payee;
  EXPECT_FALSE(store::keyspace::Parse("", payee));
}

// A vault in which somebody's login stands, and then the same practice without one: the removed
// login was used under the number of the removal.
TEST(FuzzFindings, AVaultThatNamesAPracticeTwiceIsRefused) {
  const PracticeId practice{"shop-7"};
  const std::string with =
      EncodeVault({{{practice, {"login", "secret", 7, absl::UnixEpoch()}}}, {{practice, 7}}});
  const std::string without = EncodeVault({{}, {{practice, 8}}});
  EXPECT_TRUE(DecodeVault(with).ok());
  EXPECT_TRUE(DecodeVault(without).ok());
  EXPECT_TRUE(absl::IsDataLoss(DecodeVault(with + without).status()));
}

// The error was ": can't be opened for reading".
TEST(FuzzFindings, AnOperatorWithoutTheNameOfItsProfileIsToldByLineAndSetting) {
  const auto config = ParseConfig("[[operator]]\nprofile = \"\"\n", "/etc/ecluse/eclused.toml");
  const std::string why(config.status().message());
  EXPECT_EQ(why, "/etc/ecluse/eclused.toml:2: [[operator]] `profile` must not be empty");
}

}  // namespace
}  // namespace ecluse
