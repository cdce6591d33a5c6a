// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/ctl/fake_broker.h"

namespace ecluse::ctl {
namespace {

// The drain of viamedis/authorisation after `left` may still go and `in_flight` are under way.
wire::StatusReport After(uint32_t left, uint64_t in_flight, uint64_t waiting) {
  wire::StatusReport report = sample::Status();
  report.destinations[1].gate.allowance = left;
  report.destinations[1].in_flight = in_flight;
  report.destinations[1].waiting = waiting;
  return report;
}

const std::vector<std::string> kDrain = {
    "drain", "viamedis/authorisation", "--first", "100", "--reason", "essai", "--follow"};

TEST(FollowTest, PlainLinesTellEachChangeUntilAllAreThrough) {
  FakeBroker broker;
  broker.replies = {sample::Status(),    sample::Gate(),      After(100, 0, 7012),
                    After(60, 16, 6956), After(60, 16, 6956), After(0, 16, 6912),
                    After(0, 0, 6912)};
  EXPECT_EQ(broker.Say(kDrain), kDone);
  EXPECT_EQ(broker.out.str(),
            "0/100 gone, in flight 0\n40/100 gone, in flight 16\n100/100 gone, in flight 16\n"
            "100/100 gone, in flight 0\n"
            "viamedis/authorisation: 100 of 100 gone; 6,912 still wait.\n");
}

TEST(FollowTest, ADrainOfMoreThanWaitsEndsWhenTheQueueIsEmpty) {
  FakeBroker broker;
  broker.replies = {After(0, 0, 3), sample::Gate(), After(97, 0, 0)};
  EXPECT_EQ(broker.Say(kDrain), kDone);
  EXPECT_NE(broker.out.str().find("3 of 3 gone"), std::string::npos) << broker.out.str();
}

TEST(FollowTest, ATerminalGetsOneLineThatIsDrawnAgain) {
  FakeBroker broker;
  broker.terminal = true;
  broker.replies = {sample::Status(), sample::Gate(), After(50, 1, 6961), After(0, 0, 6912)};
  EXPECT_EQ(broker.Say(kDrain), kDone);
  EXPECT_NE(broker.out.str().find("\r███████████████░"), std::string::npos) << broker.out.str();
}

TEST(FollowTest, WhenNothingMovesTheReasonsAreTold) {
  FakeBroker broker;
  broker.replies = {sample::Status(), sample::Gate()};
  for (int i = 0; i < 32; ++i) broker.replies.push_back(After(100, 0, 7012));
  broker.replies.push_back(After(0, 0, 6912));
  EXPECT_EQ(broker.Say(kDrain), kDone);
  EXPECT_NE(broker.err.str().find("no worker is heard"), std::string::npos);
}

TEST(FollowTest, AReopenedGateEndsTheShowing) {
  FakeBroker broker;
  wire::StatusReport open = After(100, 5, 7000);
  open.destinations[1].gate.code = GateCode::kOpen;
  broker.replies = {sample::Status(), sample::Gate(), open};
  EXPECT_EQ(broker.Say(kDrain), kDone);
}

TEST(FollowTest, ARefusedDrainIsNotFollowed) {
  FakeBroker broker;
  broker.replies = {sample::Status(), Error{ErrorCode::kForbidden, ""}};
  EXPECT_EQ(broker.Say(kDrain), kRefused);
  EXPECT_EQ(broker.heard.size(), 2U);
}

}  // namespace
}  // namespace ecluse::ctl
