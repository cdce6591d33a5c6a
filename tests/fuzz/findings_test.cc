// SPDX-License-Identifier: Apache-2.0
// What fuzzing found, each as a sentence; the inputs themselves are in corpus/.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace ecluse
