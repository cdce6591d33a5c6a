// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/canary.h"

#include <gtest/gtest.h>

namespace ecluse::story {
namespace {

absl::Time At(int second) { return absl::UnixEpoch() + absl::Seconds(second); }

JournalEntry Entry(int second, CauseCode cause, StateCode from, StateCode to) {
  JournalEntry entry;
  entry.at = At(second);
  entry.cause = cause;
  entry.from = from;
  entry.to = to;
  return entry;
}

wire::ShowResult Request(uint64_t number, std::vector<JournalEntry> history) {
  wire::ShowResult request;
  request.row.status.number = {number};
  request.row.status.destination = {{"viamedis"}, {"billing"}};
  request.history = std::move(history);
  return request;
}

std::vector<JournalEntry> Sent(int begun, int answered) {
  return {Entry(begun, CauseCode::kBegun, StateCode::kLeased, StateCode::kSending),
          Entry(answered, CauseCode::kReported, StateCode::kSending, StateCode::kSettled)};
}

TEST(TrailTest, OneFirstThenTheRestIsFine) {
  const Trail trail = ReadTrail({Request(1, Sent(1, 3)), Request(2, Sent(3, 4))});
  EXPECT_EQ(trail.tries, 2u);
  EXPECT_TRUE(trail.complaints.empty());
}

TEST(TrailTest, ACanaryThatDidNotGoAloneIsNoticed) {
  EXPECT_EQ(ReadTrail({Request(1, Sent(1, 3)), Request(2, Sent(2, 4))}).complaints.size(), 1u);
}

TEST(TrailTest, WhereNothingWasClosedNobodyGoesFirst) {
  const std::vector two = {Request(1, Sent(1, 3)), Request(2, Sent(2, 4))};
  EXPECT_TRUE(ReadTrail(two, {{{"viamedis"}, {"billing"}}}).complaints.empty());
}

TEST(TrailTest, SendingAgainOutOfDoubtIsNoticed) {
  const auto begun = Entry(1, CauseCode::kBegun, StateCode::kLeased, StateCode::kSending);
  const auto lapsed = Entry(2, CauseCode::kLapsed, StateCode::kSending, StateCode::kInDoubt);
  const auto absent = Entry(3, CauseCode::kFound, StateCode::kInDoubt, StateCode::kReady);
  const auto again = Entry(4, CauseCode::kBegun, StateCode::kLeased, StateCode::kSending);
  const Trail good = ReadTrail({Request(1, {begun, lapsed, absent, again})});
  EXPECT_TRUE(good.complaints.empty());
  EXPECT_EQ(good.doubted, 1u);
  EXPECT_EQ(ReadTrail({Request(1, {begun, lapsed, again})}).complaints.size(), 1u);
}

}  // namespace
}  // namespace ecluse::story
