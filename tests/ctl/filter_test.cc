// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/filter.h"

#include <gtest/gtest.h>

namespace ecluse::ctl {
namespace {

Filter Parsed(const std::string& text) {
  const auto filter = ParseFilter({text});
  EXPECT_TRUE(filter.ok()) << filter.status();
  return filter.value_or(Filter{});
}

// What is told of a filter that can't be meant.
std::string Wrong(const std::string& text) {
  const auto filter = ParseFilter({text});
  EXPECT_FALSE(filter.ok()) << text;
  return std::string(filter.status().message());
}

bool Tells(const std::string& message, const std::string& part) {
  return message.find(part) != std::string::npos;
}

TEST(FilterTest, EveryPartIsRead) {
  const Filter f = Parsed(
      "operator=viamedis service=authorisation practice=p1 state=waiting why=strikes,technical "
      "kind=bill older=3h younger=12h due<2d number=100..200 twice");
  EXPECT_EQ(f.run_by, OperatorId{"viamedis"});
  EXPECT_EQ(f.service, ServiceId{"authorisation"});
  EXPECT_EQ(f.practice, PracticeId{"p1"});
  EXPECT_EQ(f.states, std::vector{StateCode::kWaiting});
  EXPECT_EQ(f.waits, (std::vector{Wait::kStrikes, Wait::kTechnical}));
  EXPECT_EQ(f.kinds, std::vector{Kind::kBill});
  EXPECT_EQ(f.older_than, absl::Hours(3));
  EXPECT_EQ(f.younger_than, absl::Hours(12));
  EXPECT_EQ(f.due_within, absl::Hours(48));
  EXPECT_EQ(f.from, RequestId{100});
  EXPECT_EQ(f.to, RequestId{200});
  EXPECT_TRUE(f.maybe_twice);
}

TEST(FilterTest, WhatIsPrintedIsReadBackAsItWas) {
  for (const char* text :
       {"all", "operator=a", "operator=a service=b practice=c", "state=ready,in_doubt",
        "why=payee,quarantine kind=bill,document", "older=1h30m younger=2d12h due=1d", "number=7",
        "number=7..", "number=..9", "number=7..9 twice"}) {
    const Filter filter = Parsed(text);
    EXPECT_EQ(FilterText(filter), text);
    EXPECT_EQ(Parsed(FilterText(filter)), filter);
  }
}

TEST(FilterTest, ADestinationIsBothItsParts) {
  EXPECT_EQ(Parsed("destination=viamedis/billing"), Parsed("operator=viamedis service=billing"));
}

TEST(FilterTest, FingersThatWriteADashAreUnderstood) {
  EXPECT_EQ(Parsed("state=in-doubt"), Parsed("state=in_doubt"));
}

TEST(FilterTest, WordsMayComeInOneTextOrInMany) {
  const auto many = ParseFilter({"operator=a", " kind=bill  twice "});
  ASSERT_TRUE(many.ok());
  EXPECT_EQ(*many, Parsed("operator=a kind=bill twice"));
}

TEST(FilterTest, AnErrorNamesTheWordAndTheRule) {
  EXPECT_TRUE(Tells(Wrong("stat=ready"), "\"stat=ready\": there are operator"));
  EXPECT_TRUE(Tells(Wrong("state=lost"), "\"state=lost\": there are ready"));
  EXPECT_TRUE(Tells(Wrong("operator=Via"), "\"operator=Via\": a name is"));
  EXPECT_TRUE(Tells(Wrong("older=soon"), "\"older=soon\": a time is written"));
  EXPECT_TRUE(Tells(Wrong("number=9..7"), "the lower number first"));
  EXPECT_TRUE(Tells(Wrong("12"), "number=12"));
  EXPECT_TRUE(Tells(Wrong("twice=yes"), "stands alone"));
}

TEST(FilterTest, WhatCannotBeMeantTogetherIsRefused) {
  EXPECT_TRUE(Tells(Wrong("service=billing"), "operator="));
  EXPECT_TRUE(Tells(Wrong("state=ready why=strikes"), "state=waiting"));
  EXPECT_TRUE(Tells(Wrong("older=3d younger=12h"), "nothing is older"));
  EXPECT_TRUE(Tells(Wrong("kind=bill kind=document"), "already"));
  EXPECT_TRUE(Tells(Wrong("all operator=a"), "all stands alone"));
  EXPECT_TRUE(Tells(Wrong("operator<a"), "only due"));
}

// On its way it would become "any", and an act would touch everything.
TEST(FilterTest, ATimeTooShortToTravelIsRefused) {
  for (const char* text : {"due=100us", "younger=1ms", "older=0s", "due=1.5s", "older=90000d"}) {
    Wrong(text);
  }
}

TEST(FilterTest, AHoldTakesThePartsThatItCanHave) {
  const absl::Time now = absl::FromUnixSeconds(1'707'357'600);
  const auto scope = ScopeOf(Parsed("operator=a kind=bill older=2h younger=1d"), now);
  ASSERT_TRUE(scope.ok()) << scope.status();
  EXPECT_EQ(scope->run_by, OperatorId{"a"});
  EXPECT_EQ(scope->kind, Kind::kBill);
  EXPECT_EQ(scope->deposited_until, now - absl::Hours(2));
  EXPECT_EQ(scope->deposited_from, now - absl::Hours(24));
  EXPECT_EQ(ScopeOf(Parsed("number=12"), now)->request, RequestId{12});
}

TEST(FilterTest, AHoldRefusesTheOthersByName) {
  const absl::Time now = absl::FromUnixSeconds(1'707'357'600);
  for (const char* text : {"state=ready", "why=strikes", "due=1d", "twice", "kind=bill,document",
                           "number=1..2", "number=1 operator=a"}) {
    EXPECT_FALSE(ScopeOf(Parsed(text), now).ok()) << text;
  }
}

TEST(FilterTest, TheHelpNamesEveryCode) {
  for (const bool french : {false, true}) {
    for (const char* name : {"in_doubt", "quarantine", "bill", "due=", "number="}) {
      EXPECT_TRUE(Tells(FilterHelp(french), name)) << name;
    }
  }
}

}  // namespace
}  // namespace ecluse::ctl
