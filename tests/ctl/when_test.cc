// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/when.h"

#include <gtest/gtest.h>

#include "tests/ctl/samples.h"

namespace ecluse::ctl {
namespace {

std::string Parsed(const std::string& text) {
  const View view = sample::English();
  const auto time = ParseHour(text, view.zone, view.now);
  return time.ok() ? Iso(*time) : "not an hour";
}

TEST(WhenTest, AnHourWithoutZoneIsInTheGivenZone) {
  EXPECT_EQ(Parsed("2024-02-12 13:00"), "2024-02-12T12:00:00.000Z");
  EXPECT_EQ(Parsed("2024-07-12 13:00"), "2024-07-12T11:00:00.000Z");
}

TEST(WhenTest, AnHourWithZoneSaysItsOwn) {
  EXPECT_EQ(Parsed("2024-02-12T13:00:00+03:00"), "2024-02-12T10:00:00.000Z");
  EXPECT_EQ(Parsed("2024-02-12T13:00:00Z"), "2024-02-12T13:00:00.000Z");
}

TEST(WhenTest, AnHourWithoutDayIsTheNextOne) {
  EXPECT_EQ(Parsed("20:00"), "2024-02-08T19:00:00.000Z");
  EXPECT_EQ(Parsed("02:59"), "2024-02-09T01:59:00.000Z");
}

TEST(WhenTest, AnHourThatTheClocksSkipOrRepeatIsRefused) {
  EXPECT_EQ(Parsed("2024-03-31 02:30"), "not an hour");
  EXPECT_EQ(Parsed("2024-10-27 02:30"), "not an hour");
}

TEST(WhenTest, RubbishIsRefused) {
  for (const char* text : {"", "tomorrow", "2024-02-30 13:00", "25:00", "2024-02-12 13:00 PM"}) {
    EXPECT_EQ(Parsed(text), "not an hour") << text;
  }
}

TEST(WhenTest, AgesMayBeInDays) {
  EXPECT_EQ(*ParseAge("2d12h"), absl::Hours(60));
  EXPECT_EQ(*ParseAge("30m"), absl::Minutes(30));
  EXPECT_EQ(*ParseAge("4d"), absl::Hours(96));
  for (const char* text : {"", "d", "-4h", "xd", "4", "inf", "4d4d"}) {
    EXPECT_FALSE(ParseAge(text).ok()) << text;
  }
}

TEST(WhenTest, SpansShowTwoUnits) {
  const View view = sample::English();
  EXPECT_EQ(Span(absl::Seconds(12), view), "12 s");
  EXPECT_EQ(Span(absl::Seconds(75), view), "1 min 15 s");
  EXPECT_EQ(Span(absl::Minutes(125), view), "2 h 05 min");
  EXPECT_EQ(Span(absl::Hours(76), view), "3 d 4 h");
  EXPECT_EQ(Span(absl::Hours(76), sample::French()), "3 j 4 h");
}

}  // namespace
}  // namespace ecluse::ctl
