// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/limits.h"
#include "tests/proto/say.h"

namespace ecluse {
namespace {

using say::SayCall;
using say::SayReply;
using say::With;
using say::WithReply;

TEST(MalformedDepositTest, FieldsAreNamedByTheirPath) {
  using D = wire::Deposit;
  EXPECT_EQ(With<D>([](D& d) { d.items.clear(); }), "101 items");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].destination.run_by.text = "Viamedis"; }),
            "101 items[1].destination.run_by");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].destination.service.text = ""; }),
            "101 items[1].destination.service");
  EXPECT_EQ(With<D>([](D& d) { d.items[0].finess = "12345678"; }), "101 items[0].finess");
  EXPECT_EQ(With<D>([](D& d) { d.items[0].reference = ""; }), "202 items[0].reference");
  EXPECT_EQ(With<D>([](D& d) { d.items[0].reference = "a\x01"; }), "202 items[0].reference");
  EXPECT_EQ(With<D>([](D& d) { d.items[0].reference = std::string(129, 'r'); }),
            "202 items[0].reference");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].format = "pdf"; }), "203 items[1].format");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].kind = static_cast<Kind>(0); }), "204 items[1].kind");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].kind = static_cast<Kind>(6); }), "204 items[1].kind");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].content = ""; }), "205 items[1].content");
}

TEST(MalformedDepositTest, ACardAndTheOperatorCardGoTogether) {
  using D = wire::Deposit;
  const Card card{"0075300123", "MT", "", "optics", absl::CivilDay(2024, 2, 1)};
  const auto by_card = [&](const std::function<void(Card&)>& change) {
    return With<D>([&](D& d) {
      d.items[1].destination.run_by = kByCard;
      change(d.items[1].card.emplace(card));
    });
  };
  EXPECT_EQ(by_card([](Card&) {}), "fine");
  EXPECT_EQ(With<D>([](D& d) { d.items[1].destination.run_by = kByCard; }), "212 items[1].card");
  EXPECT_EQ(With<D>([&](D& d) { d.items[1].card = card; }), "212 items[1].destination.run_by");
  EXPECT_EQ(by_card([](Card& c) { c.convention = ""; }), "fine") << "a label without a value";
  EXPECT_EQ(by_card([](Card& c) { c.csr = "94 ? "; }), "fine");
  EXPECT_EQ(by_card([](Card& c) { c.amc = ""; }), "212 items[1].card.amc");
  EXPECT_EQ(by_card([](Card& c) { c.domain = ""; }), "212 items[1].card.domain");
  EXPECT_EQ(by_card([](Card& c) { c.csr = std::string(65, '9'); }), "212 items[1].card.csr");
  EXPECT_EQ(by_card([](Card& c) { c.convention = "a\n"; }), "212 items[1].card.convention");
  EXPECT_EQ(by_card([](Card& c) { c.day = absl::CivilDay(20240, 2, 1); }), "212 items[1].card.day");
}

TEST(MalformedDepositTest, TheNameOfTheTablesIsNoOperatorElsewhere) {
  using P = wire::Pull;
  using S = wire::StatusOf;
  using C = wire::Close;
  EXPECT_EQ(With<S>([](S& s) { s.references[0].destination.run_by = kByCard; }), "fine");
  EXPECT_EQ(With<P>([](P& p) { p.destinations[0].run_by = kByCard; }),
            "101 destinations[0].run_by");
  EXPECT_EQ(With<C>([](C& c) { c.destination.run_by = kByCard; }), "101 destination.run_by");
}

TEST(MalformedDepositTest, OnlyTheFirstMistakeIsTold) {
  using D = wire::Deposit;
  EXPECT_EQ(With<D>([](D& d) { d.items[0].finess = d.items[1].finess = "?"; }),
            "101 items[0].finess");
}

TEST(MalformedDepositTest, ContentHasALimit) {
  using D = wire::Deposit;
  const auto with = [](size_t bytes) {
    return With<D>([bytes](D& d) {
      d.items[0].content = std::string(bytes, 'x');
      d.items.resize(1);
    });
  };
  EXPECT_EQ(with(limits::kContentBytes), "fine");
  EXPECT_EQ(with(limits::kContentBytes + 1), "206 items[0].content");
}

TEST(MalformedDepositTest, ItemsAndBytesOfOneCallHaveALimit) {
  using D = wire::Deposit;
  const auto with = [](size_t items, size_t bytes) {
    return With<D>([=](D& d) {
      d.items[0].content = std::string(bytes, 'x');
      d.items = std::vector(items, d.items[0]);
    });
  };
  EXPECT_EQ(with(limits::kDepositsPerCall, 1), "fine");
  EXPECT_EQ(with(limits::kDepositsPerCall + 1, 1), "102 items");
  EXPECT_EQ(with(2, limits::kContentBytes), "fine");
  EXPECT_EQ(with(3, limits::kContentBytes), "102 ");
}

TEST(MalformedCallTest, PracticeCallsAreChecked) {
  using S = wire::StatusOf;
  EXPECT_EQ(With<S>([](S& s) { s = {}; }), "101 receipts");
  EXPECT_EQ(With<S>([](S& s) { s.receipts[1].value = 0; }), "101 receipts[1]");
  EXPECT_EQ(With<S>([](S& s) { s.references[1].reference = ""; }), "202 references[1].reference");
  EXPECT_EQ(With<S>([](S& s) { s.receipts.assign(255, {7}); }), "102 references");
  EXPECT_EQ(With<S>([](S& s) { s.receipts.assign(257, {7}); }), "102 receipts");
  EXPECT_EQ(SayCall(wire::Withdraw{}), "101 receipt");
  EXPECT_EQ(SayCall(wire::Inbox{0, limits::kInboxPerCall}), "fine");
  EXPECT_EQ(SayCall(wire::Inbox{0, limits::kInboxPerCall + 1}), "102 at_most");
}

TEST(MalformedCallTest, AdapterCallsAreChecked) {
  using P = wire::Pull;
  using B = wire::Begin;
  EXPECT_EQ(With<P>([](P& p) { p.worker.value = 0; }), "101 worker");
  EXPECT_EQ(With<P>([](P& p) { p.destinations.clear(); }), "101 destinations");
  EXPECT_EQ(With<P>([](P& p) { p.destinations.assign(257, p.destinations[0]); }),
            "102 destinations");
  EXPECT_EQ(With<P>([](P& p) { p.slots = limits::kSlotsPerWorker + 1; }), "102 slots");
  EXPECT_EQ(With<P>([](P& p) { p.holding.assign(257, p.holding[0]); }), "102 holding");
  EXPECT_EQ(With<P>([](P& p) { p.holding[1].request.value = 0; }), "101 holding[1].request");
  EXPECT_EQ(With<B>([](B& b) { b.worker.value = 0; }), "101 worker");
  EXPECT_EQ(With<B>([](B& b) { b.attempts.clear(); }), "101 attempts");
  EXPECT_EQ(With<B>([](B& b) { b.attempts.assign(257, b.attempts[0]); }), "102 attempts");
}

TEST(MalformedCallTest, OutcomesAreChecked) {
  using R = wire::Report;
  const auto with = [](size_t item, const Outcome& outcome) {
    return With<R>([&](R& r) { r.items[item].outcome = outcome; });
  };
  EXPECT_EQ(With<R>([](R& r) { r.worker.value = 0; }), "101 worker");
  EXPECT_EQ(With<R>([](R& r) { r.of = static_cast<wire::Task::What>(3); }), "101 of");
  EXPECT_EQ(With<R>([](R& r) { r.items.clear(); }), "101 items");
  EXPECT_EQ(With<R>([](R& r) { r.items.assign(257, r.items[4]); }), "102 items");
  EXPECT_EQ(With<R>([](R& r) { r.items[2].attempt = {}; }), "101 items[2].attempt.request");
  EXPECT_EQ(with(2, outcome::Deferred{static_cast<Hindrance>(11), {}, false}),
            "101 items[2].outcome.deferred.hindrance");
  EXPECT_EQ(with(0, outcome::Answered{static_cast<Decision>(16), "", ""}),
            "101 items[0].outcome.answered.decision");
  EXPECT_EQ(with(0, outcome::Answered{Decision::kOther, "a\nb", ""}),
            "203 items[0].outcome.answered.format");
  EXPECT_EQ(with(0, outcome::Answered{Decision::kOther, "", std::string(8 << 20, 'x')}), "fine");
  EXPECT_EQ(with(3, outcome::Rejected{"", std::string((8 << 20) + 1, 'x')}),
            "402 items[3].outcome.rejected.body");
  EXPECT_EQ(SayCall(wire::Answer{{}, outcome::Answered{}}), "101 request");
  EXPECT_EQ(SayCall(wire::Answer{{1}, outcome::Accepted{}}), "101 outcome");
  EXPECT_EQ(SayCall(wire::Answer{{1}, outcome::Accepted{{}, Decision::kPending}}), "fine");
}

TEST(MalformedCallTest, WordsOnTheWayAreChecked) {
  const auto with = [](const outcome::Accepted& accepted) {
    return SayCall(wire::Answer{{1}, accepted});
  };
  EXPECT_EQ(with({{}, static_cast<Decision>(16)}), "101 outcome.accepted.word.decision");
  EXPECT_EQ(with({{}, Decision::kPending, "a\nb"}), "203 outcome.accepted.word.format");
  EXPECT_EQ(with({{}, Decision::kPending, "", std::string((8 << 20) + 1, 'x')}),
            "402 outcome.accepted.word.body");
}

TEST(MalformedCallTest, AccountsAreChecked) {
  using A = wire::Accounts;
  EXPECT_EQ(With<A>([](A& a) { a.items.clear(); }), "101 items");
  EXPECT_EQ(With<A>([](A& a) { a.items.assign(1000, a.items[0]); }), "fine");
  EXPECT_EQ(With<A>([](A& a) { a.items.assign(1001, a.items[0]); }), "102 items");
  EXPECT_EQ(With<A>([](A& a) { a.items[1].practice.text = "?"; }), "101 items[1].practice");
  EXPECT_EQ(With<A>([](A& a) { a.items[0].epoch = 0; }), "101 items[0].epoch");
}

TEST(MalformedCallTest, OpsCallsAreChecked) {
  using L = wire::List;
  using C = wire::Close;
  using H = wire::PlaceHold;
  EXPECT_EQ(With<L>([](L& l) { l.at_most = 0; }), "101 at_most");
  EXPECT_EQ(With<L>([](L& l) { l.at_most = limits::kListPerCall + 1; }), "102 at_most");
  EXPECT_EQ(With<L>([](L& l) { l.filter.states[1] = static_cast<StateCode>(14); }),
            "101 filter.states[1]");
  EXPECT_EQ(With<L>([](L& l) { l.filter.states.assign(14, StateCode::kReady); }),
            "102 filter.states");
  EXPECT_EQ(With<L>([](L& l) { l.filter.run_by.reset(); }), "501 filter.service");
  EXPECT_EQ(With<L>([](L& l) { l.filter.practice->text = "A"; }), "101 filter.practice");
  EXPECT_EQ(SayCall(wire::Show{}), "101 request");
  EXPECT_EQ(With<C>([](C& c) { c.reason = ""; }), "500 reason");
  EXPECT_EQ(With<C>([](C& c) { c.reason = std::string(501, 'x'); }), "102 reason");
  EXPECT_EQ(With<C>([](C& c) { c.reason = "a\x1b[31m"; }), "101 reason");
  EXPECT_EQ(With<C>([](C& c) { c.destination = {}; }), "101 destination.run_by");
  EXPECT_EQ(With<H>([](H& h) { h.scope.practice = PracticeId{"p"}; }), "501 scope.request");
  EXPECT_EQ(With<H>([](H& h) { h.scope = {{}, ServiceId{"s"}, {}, {}}; }), "501 scope.service");
  EXPECT_EQ(With<H>([](H& h) { h.scope.request = RequestId{}; }), "101 scope.request");
  EXPECT_EQ(With<H>([](H& h) { h.scope = {}; }), "fine") << "no part is the master stop";
  EXPECT_EQ(SayCall(wire::LiftHold{{}, "r"}), "101 hold");
  EXPECT_EQ(SayCall(wire::Resolve{{1}, static_cast<wire::Verdict>(3), "n"}), "101 verdict");
  EXPECT_EQ(SayCall(wire::Resolve{{1}, wire::Verdict::kSent, ""}), "500 note");
  EXPECT_EQ(SayCall(wire::Retry{{1}, ""}), "500 note");
}

TEST(MalformedReplyTest, RepliesAreCheckedToo) {
  using I = wire::InboxResult;
  using W = wire::Work;
  using S = wire::ShapeReport;
  EXPECT_EQ(WithReply<Error>([](Error& e) { e.code = ErrorCode::kNone; }), "101 error.code");
  EXPECT_EQ(WithReply<I>([](I& i) { i.entries[0].event = static_cast<wire::Event>(6); }),
            "101 entries[0].event");
  EXPECT_EQ(WithReply<I>([](I& i) { i.entries[0].position = 0; }), "101 entries[0].position");
  EXPECT_EQ(WithReply<I>([](I& i) { i.entries.assign(257, i.entries[0]); }), "102 entries");
  EXPECT_EQ(WithReply<W>([](W& w) { w.tasks[1].envelope.practice.text = "É"; }),
            "101 tasks[1].envelope.practice");
  EXPECT_EQ(WithReply<S>([](S& s) { s.rows[0].requests.pop_back(); }), "101 rows[0].requests");
}

TEST(MalformedReplyTest, WhatTheOperatorSaidComesInOrderAndOnce) {
  using W = wire::WithdrawResult;
  const auto with = [](std::vector<Decision> said) {
    return WithReply<W>([&](W& w) { w.status.said = said; });
  };
  EXPECT_EQ(with({Decision::kGranted, Decision::kPaid}), "fine");
  EXPECT_EQ(with({Decision::kPaid, Decision::kGranted}), "101 status.said[1]");
  EXPECT_EQ(with({Decision::kPaid, Decision::kPaid}), "101 status.said[1]");
  EXPECT_EQ(with({Decision::kOther}), "101 status.said[0]");
  EXPECT_EQ(with({static_cast<Decision>(16)}), "101 status.said[0]");
}

}  // namespace
}  // namespace ecluse
