// SPDX-License-Identifier: Apache-2.0
// The real program on a disk that fails by chance and gets well again.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <csignal>
#include <filesystem>
#include <map>

#include "tests/runtime/depositor.h"
#include "tests/runtime/process.h"

namespace ecluse {
namespace {

TEST(SickProcess, GoesOnByItselfAndForgetsNoReceipt) {
  std::string pattern = ::testing::TempDir() + "sick_processXXXXXX";
  const std::string folder = mkdtemp(pattern.data());
  const Depositor practice(folder, "store");
  std::map<std::string, RequestId> receipts;
  {
    Process broker({ECLUSE_SICK, "--config", folder + "/eclused.toml"});
    ASSERT_NE(broker.LineWith("ready"), "") << broker.said();
    for (int i = 0; i < 150; ++i) {
      const std::string reference = "ref-" + std::to_string(i);
      receipts[reference] = practice.DepositTillTaken(reference, "content").number;
      ASSERT_NE(receipts[reference], RequestId{}) << reference;
    }
    broker.Signal(SIGTERM);
    EXPECT_EQ(broker.Exit(), 0);
    EXPECT_NE(broker.said().find("a commit failed"), std::string::npos) << "the disk was well";
    EXPECT_NE(broker.said().find("the store is opened again"), std::string::npos);
  }
  Process broker({ECLUSE_ECLUSED, "--config", folder + "/eclused.toml"});
  ASSERT_NE(broker.LineWith("ready"), "") << broker.said();
  for (const auto& [reference, number] : receipts) {
    const wire::Receipt again = practice.DepositTillTaken(reference, "content");
    EXPECT_EQ(again.number, number) << reference;
    EXPECT_TRUE(again.repeated);
  }
  broker.Signal(SIGTERM);
  EXPECT_EQ(broker.Exit(), 0);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ecluse
