// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "broker/core/job/plan.h"

namespace ecluse {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1706698800);

store::Request Sample() {
  store::Request request;
  request.envelope.id = RequestId{10};
  request.envelope.practice = PracticeId{"shop"};
  request.envelope.destination = {{"viamedis"}, {"billing"}};
  request.envelope.kind = Kind::kBill;
  request.envelope.deposited_at = kNow - absl::Hours(5);
  request.envelope.due = kNow + absl::Hours(24);
  request.state = state::Waiting{{}, Wait::kPayee};
  return request;
}

template <class Change>
Filter With(Change change) {
  Filter filter;
  change(filter);
  return filter;
}

template <class Change>
bool Fits(Change change, const store::Request& request = Sample()) {
  return Matches(With(change), request, kNow);
}

TEST(FilterTest, WithoutPartsEverythingFits) { EXPECT_TRUE(Matches({}, Sample(), kNow)); }

TEST(FilterTest, KindsAreThoseNamed) {
  EXPECT_TRUE(Fits([](Filter& f) { f.kinds = {Kind::kDocument, Kind::kBill}; }));
  EXPECT_FALSE(Fits([](Filter& f) { f.kinds = {Kind::kDocument}; }));
}

TEST(FilterTest, ReasonsToWaitAreThoseNamed) {
  EXPECT_TRUE(Fits([](Filter& f) { f.waits = {Wait::kStrikes, Wait::kPayee}; }));
  EXPECT_FALSE(Fits([](Filter& f) { f.waits = {Wait::kStrikes}; }));
}

TEST(FilterTest, WhatDoesNotWaitHasNoReason) {
  store::Request request = Sample();
  request.state = state::Ready{};
  EXPECT_FALSE(Fits([](Filter& f) { f.waits = {Wait::kPayee}; }, request));
}

TEST(FilterTest, StatesAreThoseNamed) {
  EXPECT_TRUE(Fits([](Filter& f) { f.states = {StateCode::kReady, StateCode::kWaiting}; }));
  EXPECT_FALSE(Fits([](Filter& f) { f.states = {StateCode::kReady}; }));
}

TEST(FilterTest, AgeIsWithinBothBounds) {
  EXPECT_TRUE(Fits([](Filter& f) { f.older_than = absl::Hours(5); }));
  EXPECT_FALSE(Fits([](Filter& f) { f.older_than = absl::Hours(6); }));
  EXPECT_TRUE(Fits([](Filter& f) { f.younger_than = absl::Hours(6); }));
  EXPECT_FALSE(Fits([](Filter& f) { f.younger_than = absl::Hours(5); }));
}

TEST(FilterTest, ADateComesWithinTheTimeOrHasPassed) {
  EXPECT_TRUE(Fits([](Filter& f) { f.due_within = absl::Hours(24); }));
  EXPECT_FALSE(Fits([](Filter& f) { f.due_within = absl::Hours(23); }));
  store::Request late = Sample();
  late.envelope.due = kNow - absl::Hours(1);
  EXPECT_TRUE(Fits([](Filter& f) { f.due_within = absl::Hours(1); }, late));
  store::Request dateless = Sample();
  dateless.envelope.due = absl::InfiniteFuture();
  EXPECT_FALSE(Fits([](Filter& f) { f.due_within = absl::Hours(1); }, dateless));
}

TEST(FilterTest, NumbersAreWithinBothBounds) {
  EXPECT_TRUE(Fits([](Filter& f) {
    f.from = {10};
    f.to = {10};
  }));
  EXPECT_FALSE(Fits([](Filter& f) { f.from = {11}; }));
  EXPECT_FALSE(Fits([](Filter& f) { f.to = {9}; }));
}

TEST(FilterTest, OnlyAlarmsFitWhereAlarmsAreAsked) {
  EXPECT_FALSE(Fits([](Filter& f) { f.maybe_twice = true; }));
  store::Request alarmed = Sample();
  TriesOf(alarmed.state).maybe_twice = true;
  EXPECT_TRUE(Fits([](Filter& f) { f.maybe_twice = true; }, alarmed));
}

TEST(FilterTest, AllPartsMustFit) {
  Filter filter;
  filter.kinds = {Kind::kBill};
  filter.practice = PracticeId{"shop"};
  filter.run_by = OperatorId{"viamedis"};
  filter.service = ServiceId{"billing"};
  EXPECT_TRUE(Matches(filter, Sample(), kNow));
  filter.service = ServiceId{"authorisation"};
  EXPECT_FALSE(Matches(filter, Sample(), kNow));
}

TEST(FilterTest, AFilterThatNothingCanFitIsNone) {
  EXPECT_TRUE(IsFilter({}));
  EXPECT_FALSE(IsFilter(With([](Filter& f) {
    f.older_than = absl::Hours(5);
    f.younger_than = absl::Hours(5);
  })));
  EXPECT_FALSE(IsFilter(With([](Filter& f) {
    f.from = {3};
    f.to = {2};
  })));
  EXPECT_FALSE(IsFilter(With([](Filter& f) {
    f.states = {StateCode::kReady};
    f.waits = {Wait::kCase};
  })));
}

}  // namespace
}  // namespace ecluse
