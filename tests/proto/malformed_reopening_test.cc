// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/limits.h"
#include "tests/proto/say.h"

namespace ecluse {
namespace {

using say::SayCall;
using say::With;
using say::WithReply;

const Destination kBilling{{"viamedis"}, {"billing"}};

TEST(MalformedReopeningTest, WhatThePracticeSaysIsChecked) {
  using C = wire::Confirm;
  using D = wire::Decide;
  using S = wire::SentElsewhere;
  EXPECT_EQ(With<C>([](C& c) { c.receipts.clear(); }), "101 receipts");
  EXPECT_EQ(With<C>([](C& c) { c.receipts[1] = {}; }), "101 receipts[1]");
  EXPECT_EQ(With<C>([](C& c) { c.receipts.assign(257, {7}); }), "102 receipts");
  EXPECT_EQ(With<D>([](D& d) { d.receipt = {}; }), "101 receipt");
  EXPECT_EQ(With<D>([](D& d) { d.grant = ""; }), "fine") << "it goes without a number";
  EXPECT_EQ(With<D>([](D& d) { d.grant = std::string(64, '9'); }), "fine");
  EXPECT_EQ(With<D>([](D& d) { d.grant = std::string(65, '9'); }), "305 grant");
  EXPECT_EQ(With<D>([](D& d) { d.grant = "numéro"; }), "305 grant") << "not ASCII";
  EXPECT_EQ(With<S>([](S& s) { s.receipt = {}; }), "101 receipt");
  EXPECT_EQ(With<S>([](S& s) { s.proof = ""; }), "305 proof");
  EXPECT_EQ(With<S>([](S& s) { s.proof = std::string(501, 'x'); }), "305 proof");
  EXPECT_EQ(With<S>([](S& s) { s.proof = "a\x1b[31m"; }), "101 proof");
  EXPECT_EQ(With<S>([](S& s) { s.number = ""; }), "fine");
  EXPECT_EQ(With<S>([](S& s) { s.number = "1\n2"; }), "305 number");
}

TEST(MalformedReopeningTest, WhatAdaptersSayIsChecked) {
  using C = wire::Checked;
  using R = wire::Report;
  EXPECT_EQ(With<C>([](C& c) { c.worker = {}; }), "101 worker");
  EXPECT_EQ(With<C>([](C& c) { c.items.clear(); }), "101 items");
  EXPECT_EQ(With<C>([](C& c) { c.items[0].request = {}; }), "101 items[0].request");
  EXPECT_EQ(With<C>([](C& c) { c.items[1].job = {}; }), "101 items[1].job");
  EXPECT_EQ(With<C>([](C& c) { c.items[0].problems[0].severity = static_cast<Severity>(3); }),
            "101 items[0].problems[0].severity");
  EXPECT_EQ(SayCall(wire::Leave{}), "101 worker");
  EXPECT_EQ(With<R>([](R& r) {
              r.items[0].outcome = outcome::Answered{Decision::kGranted, "", "", "é"};
            }),
            "305 items[0].outcome.answered.number");
  EXPECT_EQ(With<R>([](R& r) {
              outcome::Accepted accepted;
              accepted.number = std::string(65, '1');
              r.items[1].outcome = accepted;
            }),
            "305 items[1].outcome.accepted.number");
  EXPECT_EQ(With<R>([](R& r) { r.of = wire::Task::What::kDryRun; }), "101 of")
      << "a dry run has no outcome";
}

TEST(MalformedReopeningTest, PartsOfAScopeGoTogether) {
  const auto say = [](const std::function<void(Scope&)>& change) {
    wire::PlaceHold hold{{}, "r"};
    change(hold.scope);
    return SayCall(hold);
  };
  EXPECT_EQ(say([](Scope& s) { s.kind = Kind::kBill; }), "fine");
  EXPECT_EQ(say([](Scope& s) { s.kind = static_cast<Kind>(6); }), "204 scope.kind");
  EXPECT_EQ(say([](Scope& s) {
              s.request = RequestId{1};
              s.kind = Kind::kBill;
            }),
            "501 scope.kind");
  EXPECT_EQ(say([](Scope& s) {
              s.request = RequestId{1};
              s.deposited_from = absl::FromUnixSeconds(9);
            }),
            "501 scope.deposited_from_unix_ms");
  EXPECT_EQ(say([](Scope& s) {
              s.request = RequestId{1};
              s.deposited_until = absl::FromUnixSeconds(9);
            }),
            "501 scope.deposited_until_unix_ms");
  EXPECT_EQ(say([](Scope& s) {
              s.deposited_from = absl::FromUnixSeconds(9);
              s.deposited_until = absl::FromUnixSeconds(8);
            }),
            "501 scope.deposited_until_unix_ms");
}

TEST(MalformedReopeningTest, AnIncidentIsAnOperatorsAndAQuarantineAPractices) {
  const auto say = [](HoldRule rule, const Scope& scope) {
    return SayCall(wire::PlaceHold{scope, "r", absl::InfiniteFuture(), rule});
  };
  Scope run_by;
  run_by.run_by = OperatorId{"almerys"};
  Scope practice;
  practice.practice = PracticeId{"cabinet-9"};
  Scope both = run_by;
  both.practice = practice.practice;
  Scope fine = practice;
  fine.kind = Kind::kBill;
  Scope served = run_by;
  served.service = ServiceId{"billing"};
  EXPECT_EQ(say(HoldRule::kIncident, run_by), "fine");
  EXPECT_EQ(say(HoldRule::kQuarantine, practice), "fine");
  for (const Scope& scope : {Scope{}, practice, both, served}) {
    EXPECT_EQ(say(HoldRule::kIncident, scope), "501 scope");
  }
  for (const Scope& scope : {Scope{}, run_by, both, fine}) {
    EXPECT_EQ(say(HoldRule::kQuarantine, scope), "501 scope");
  }
  EXPECT_EQ(say(HoldRule::kCredentials, both), "101 rule") << "only the broker places it";
  EXPECT_EQ(say(HoldRule::kRestored, {}), "101 rule");
  wire::PlaceHold hold{run_by, "r"};
  hold.since = absl::FromUnixSeconds(9);
  EXPECT_EQ(SayCall(hold), "501 since_unix_ms");
}

TEST(MalformedReopeningTest, PartsOfAFilterGoTogether) {
  const auto say = [](const std::function<void(Filter&)>& change) {
    wire::List list;
    change(list.filter);
    return SayCall(list);
  };
  EXPECT_EQ(say([](Filter& f) { f.waits = {Wait::kPayee}; }), "fine");
  EXPECT_EQ(say([](Filter& f) { f.waits = {static_cast<Wait>(12)}; }), "101 filter.waits[0]");
  EXPECT_EQ(say([](Filter& f) { f.waits.assign(12, Wait::kPayee); }), "102 filter.waits");
  EXPECT_EQ(say([](Filter& f) {
              f.waits = {Wait::kPayee};
              f.states = {StateCode::kWaiting, StateCode::kReady};
            }),
            "511 filter.waits");
  EXPECT_EQ(say([](Filter& f) { f.kinds = {static_cast<Kind>(9)}; }), "204 filter.kinds[0]");
  EXPECT_EQ(say([](Filter& f) { f.from = f.to = {9}; }), "fine");
  EXPECT_EQ(say([](Filter& f) { f.from = {9}; }), "fine") << "0 is no bound";
  EXPECT_EQ(say([](Filter& f) { f.from = {9}, f.to = {8}; }), "511 filter.to");
  EXPECT_EQ(say([](Filter& f) { f.older_than = f.younger_than = absl::Hours(1); }),
            "511 filter.younger_than_ms");
}

TEST(MalformedReopeningTest, GatesAndForecastsAreChecked) {
  using A = wire::Announce;
  EXPECT_EQ(With<A>([](A& a) { a.source = ""; }), "500 source") << "never without who told";
  EXPECT_EQ(With<A>([](A& a) { a.source = std::string(501, 'x'); }), "102 source");
  EXPECT_EQ(With<A>([](A& a) { a.reason = ""; }), "500 reason");
  EXPECT_EQ(With<A>([](A& a) { a.destination = {}; }), "101 destination.run_by");
  EXPECT_EQ(SayCall(wire::Explain{}), "101 request");
  EXPECT_EQ(SayCall(wire::Forecast{kBilling, {}}), "fine");
  EXPECT_EQ(SayCall(wire::Forecast{kBilling, {"?"}}), "101 after");
  EXPECT_EQ(SayCall(wire::Doubts{0}), "101 at_most");
  EXPECT_EQ(SayCall(wire::Doubts{501}), "102 at_most");
  EXPECT_EQ(SayCall(wire::ReadContent{{1}, ""}), "500 reason");
}

TEST(MalformedReopeningTest, JobsAreChecked) {
  using P = wire::PlanJob;
  using A = wire::ActOnJob;
  using H = wire::HandedOver;
  EXPECT_EQ(With<P>([](P& p) { p.kind = static_cast<JobKind>(7); }), "101 kind");
  EXPECT_EQ(With<P>([](P& p) { p.to.reset(); }), "511 to") << "where to?";
  EXPECT_EQ(With<P>([](P& p) { p.kind = JobKind::kRelease; }), "511 to");
  EXPECT_EQ(With<P>([](P& p) { p.reason = ""; }), "500 reason");
  EXPECT_EQ(With<P>([](P& p) { p.filter.practice = PracticeId{"?"}; }), "101 filter.practice");
  EXPECT_EQ(With<A>([](A& a) { a.job = {}; }), "101 job");
  EXPECT_EQ(With<A>([](A& a) { a.act = static_cast<wire::JobAct>(6); }), "101 act");
  EXPECT_EQ(With<A>([](A& a) { a.token = ""; }), "504 token");
  EXPECT_EQ(With<A>([](A& a) { a.act = wire::JobAct::kStop, a.token = ""; }), "fine");
  EXPECT_EQ(With<A>([](A& a) { a.reason = ""; }), "500 reason");
  EXPECT_EQ(SayCall(wire::Findings{}), "101 job");
  EXPECT_EQ(SayCall(wire::Fetch{}), "101 job");
  EXPECT_EQ(With<H>([](H& h) { h.requests.clear(); }), "101 requests");
  EXPECT_EQ(With<H>([](H& h) { h.requests[1] = {}; }), "101 requests[1]");
  EXPECT_EQ(With<H>([](H& h) { h.requests.assign(limits::kFetchPerCall + 1, {7}); }),
            "102 requests");
  EXPECT_EQ(With<H>([](H& h) { h.proof = ""; }), "305 proof");
  EXPECT_EQ(SayCall(wire::Backup{"../x", "r"}), "101 name");
  EXPECT_EQ(SayCall(wire::Backup{"x", ""}), "500 reason");
}

TEST(MalformedReopeningTest, RepliesAreCheckedToo) {
  using W = wire::Work;
  using E = wire::Explanation;
  using J = wire::JobsResult;
  using F = wire::FetchResult;
  using I = wire::InboxResult;
  EXPECT_EQ(WithReply<W>([](W& w) { w.tasks[0].job = {5}; }), "101 tasks[0].job");
  EXPECT_EQ(WithReply<W>([](W& w) { w.tasks[0].what = static_cast<wire::Task::What>(4); }),
            "101 tasks[0].what");
  EXPECT_EQ(WithReply<W>([](W& w) { w.tasks[1].grant = "é"; }), "305 tasks[1].grant");
  EXPECT_EQ(WithReply<E>([](E& e) { e.reasons[1] = static_cast<wire::WhyWaiting>(30); }),
            "101 reasons[1]");
  EXPECT_EQ(WithReply<E>([](E& e) { e.gate.code = static_cast<GateCode>(7); }), "101 gate.code");
  EXPECT_EQ(WithReply<J>([](J& j) { j.rows[0].job.state = static_cast<JobState>(8); }),
            "101 rows[0].job.state");
  EXPECT_EQ(WithReply<F>([](F& f) { f.rows[1].reference = ""; }), "202 rows[1].reference");
  EXPECT_EQ(WithReply<I>([](I& i) { i.entries[0].why = static_cast<wire::WhyWaiting>(30); }),
            "101 entries[0].why");
}

}  // namespace
}  // namespace ecluse
