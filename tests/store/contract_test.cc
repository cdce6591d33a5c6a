// SPDX-License-Identifier: Apache-2.0
// What every store must do, run on the fake and on the real one, so that neither drifts.
#include <gtest/gtest.h>

#include "store/rocks_store.h"
#include "tests/store/samples.h"
#include "tests/support/fake_store.h"

namespace ecluse::store {
namespace {
using namespace sample;  // NOLINT: the test's own words
using Due = Reads::Due;

class StoreContract : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      Reopen();
    } else {
      auto fake = std::make_unique<FakeStore>();
      fake_ = fake.get();
      store_ = std::move(fake);
    }
  }

  void TearDown() override {
    if (fake_ != nullptr) {
      EXPECT_EQ(fake_->contradiction(), "");
    }
  }

  // As a new process finds it.
  void Reopen() {
    if (fake_ != nullptr) return fake_->Reopen();
    store_.reset();
    auto opened = OpenRocksStore(place_.options());
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = std::move(*opened);
  }

  void Commit(const Batch& batch) {
    const auto committed = store_->Commit(batch);
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  // One request in the state `after`.
  NewRequest With(uint64_t id, const State& after) {
    NewRequest deposit = Deposit(*store_, id);
    Commit(Deposits({deposit}));
    Move(deposit, deposit.state, after);
    return deposit;
  }

  void Move(const NewRequest& deposit, const State& before, const State& after) {
    Batch batch;
    batch.transitions.push_back(Change(deposit, before, after));
    Commit(batch);
  }

  std::vector<uint64_t> Ready(uint64_t after = 0, size_t at_most = 100,
                              const PracticeId& practice = kPractice) {
    std::optional<Rank> rank;
    if (after != 0) rank = Deposit(*store_, after).envelope.RankOf();
    return Values(store_->Ready(kDestination, practice, Share::kFresh, rank, at_most));
  }
  std::vector<uint64_t> InState(StateCode code, uint64_t after = 0, size_t at_most = 100) {
    return Values(store_->InState(code, {after}, at_most));
  }
  std::vector<uint64_t> DueNow(Due due, size_t at_most = 100) {
    std::vector<uint64_t> ids;
    for (const auto& d : store_->NextDue(kDestination, due, at_most)) ids.push_back(d.id.value);
    return ids;
  }
  static std::vector<uint64_t> Values(const std::vector<Rank>& ranks) {
    std::vector<uint64_t> values;
    for (const auto& rank : ranks) values.push_back(rank.id.value);
    return values;
  }
  static std::vector<uint64_t> Values(const std::vector<RequestId>& ids) {
    std::vector<uint64_t> values;
    for (const auto& id : ids) values.push_back(id.value);
    return values;
  }
  Recovered Recover() {
    auto recovered = store_->Recover();
    EXPECT_TRUE(recovered.ok()) << recovered.status();
    return recovered.ok() ? *recovered : Recovered();
  }

  using Ids = std::vector<uint64_t>;

  Place place_;
  std::unique_ptr<Store> store_;
  FakeStore* fake_ = nullptr;
};

TEST_P(StoreContract, WhatIsCommittedIsFoundAgainAsItWas) {
  const NewRequest deposit = Deposit(*store_, 7, kPractice, "content of seven");
  Commit(Deposits({deposit}));
  Reopen();
  const auto found = store_->Find(RequestId{7});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->envelope, deposit.envelope);
  EXPECT_EQ(found->state, deposit.state);
  EXPECT_EQ(*store_->Content({7}), "content of seven");
}

TEST_P(StoreContract, WhatWasNeverDepositedIsNotFound) {
  EXPECT_FALSE(store_->Find(RequestId{1}));
  EXPECT_FALSE(store_->Find(BusinessKey{kPractice, kDestination, "ref-1"}));
  EXPECT_EQ(store_->Content({1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(store_->History({1}).empty());
  EXPECT_TRUE(store_->Commit(Batch()).ok());
}

TEST_P(StoreContract, BusinessKeyFindsItsRequestAndNoOther) {
  Commit(Deposits({Deposit(*store_, 1), Deposit(*store_, 2, kOther)}));
  Reopen();
  EXPECT_EQ(store_->Find(BusinessKey{kPractice, kDestination, "ref-1"}), RequestId{1});
  EXPECT_FALSE(store_->Find(BusinessKey{kOther, kDestination, "ref-1"}));
  EXPECT_FALSE(store_->Find(BusinessKey{kPractice, {{"viamedis"}, {"billing"}}, "ref-1"}));
}

TEST_P(StoreContract, BusinessKeyOfARequestByCardNamesNoOperator) {
  NewRequest deposit = Deposit(*store_, 1);
  deposit.envelope.card = Card{"0075300123", "MT", "", "optics", absl::CivilDay(2024, 2, 1)};
  deposit.envelope.follows = {7};
  Commit(Deposits({deposit}));
  Reopen();
  const Destination by_card{kByCard, kDestination.service};
  EXPECT_EQ(store_->Find(BusinessKey{kPractice, by_card, "ref-1"}), RequestId{1});
  EXPECT_FALSE(store_->Find(BusinessKey{kPractice, kDestination, "ref-1"}));
  EXPECT_EQ(store_->Find(RequestId{1})->envelope, deposit.envelope);
}

TEST_P(StoreContract, DigestTellsContentsKindsAndFormatsApartAndLasts) {
  const std::string digest = store_->Digest(Kind::kBill, "a", "bc");
  Reopen();
  EXPECT_EQ(store_->Digest(Kind::kBill, "a", "bc"), digest);
  EXPECT_NE(store_->Digest(Kind::kBill, "ab", "c"), digest);
  EXPECT_NE(store_->Digest(Kind::kDocument, "a", "bc"), digest);
  EXPECT_NE(store_->Digest(Kind::kBill, "a", "bd"), digest);
}

TEST_P(StoreContract, EmptyAndLargeContentsComeBackWhole) {
  std::string large(3 << 20, 'x');
  for (size_t i = 0; i < large.size(); i += 3) large[i] = static_cast<char>(i * 2654435761U >> 13);
  Commit(Deposits({Deposit(*store_, 1, kPractice, ""), Deposit(*store_, 2, kPractice, large)}));
  Reopen();
  EXPECT_EQ(*store_->Content({1}), "");
  EXPECT_TRUE(*store_->Content({2}) == large);
}

TEST_P(StoreContract, ReadyRequestsComeInOrderOfNumberLaneByLane) {
  Commit(Deposits({Deposit(*store_, 1), Deposit(*store_, 2, kOther), Deposit(*store_, 3),
                   Deposit(*store_, 4), Deposit(*store_, 5)}));
  EXPECT_EQ(Ready(), (Ids{1, 3, 4, 5}));
  EXPECT_EQ(Ready(1, 2), (Ids{3, 4}));
  EXPECT_EQ(Ready(5), Ids());
  EXPECT_EQ(Ready(0, 9, kOther), (Ids{2}));
  EXPECT_EQ(Ready(0, 0), Ids());
}

TEST_P(StoreContract, RequestThatComesBackIsReadyAgainInItsOldPlace) {
  std::vector<NewRequest> deposits{Deposit(*store_, 1), Deposit(*store_, 2)};
  Commit(Deposits(deposits));
  const state::Leased leased{{}, {5}, At(50)};
  Move(deposits[0], deposits[0].state, leased);
  EXPECT_EQ(Ready(), (Ids{2}));
  Move(deposits[0], leased, state::Ready{});
  EXPECT_EQ(Ready(), (Ids{1, 2}));
  Reopen();
  EXPECT_EQ(Ready(), (Ids{1, 2}));
}

TEST_P(StoreContract, NamesThatBeginAlikeAreDifferentLanes) {
  const Destination longer{{"viamedis"}, {"authorisation-bis"}};
  Commit(Deposits({Deposit(*store_, 1), Deposit(*store_, 2, {kPractice.text + "-bis"}),
                   Deposit(*store_, 3, kPractice, "c", longer)}));
  EXPECT_EQ(Ready(), (Ids{1}));
  EXPECT_EQ(Values(store_->Ready(longer, kPractice, Share::kFresh, {}, 9)), (Ids{3}));
}

TEST_P(StoreContract, IndexesFollowTheState) {
  const NewRequest r = With(1, state::Deferred{{1, 1}, At(60)});
  EXPECT_EQ(DueNow(Due::kRetry), (Ids{1}));
  EXPECT_EQ(InState(StateCode::kDeferred), (Ids{1}));
  Move(r, state::Deferred{{1, 1}, At(60)}, state::InDoubt{{2, 1}, 0, At(70)});
  EXPECT_EQ(DueNow(Due::kRetry), Ids());
  EXPECT_EQ(DueNow(Due::kProbe), (Ids{1}));
  EXPECT_EQ(InState(StateCode::kDeferred), Ids());
  EXPECT_EQ(InState(StateCode::kInDoubt), (Ids{1}));
  Move(r, state::InDoubt{{2, 1}, 0, At(70)}, state::Awaiting{{2, 1}, 0, At(80)});
  EXPECT_EQ(DueNow(Due::kProbe), (Ids{1}));
  EXPECT_EQ(InState(StateCode::kInDoubt), Ids());
  Move(r, state::Awaiting{{2, 1}, 0, At(80)}, state::Waiting{{2, 1}, Wait::kStrikes});
  EXPECT_EQ(DueNow(Due::kProbe), Ids());
  EXPECT_EQ(InState(StateCode::kWaiting), (Ids{1}));
  Move(r, state::Waiting{{2, 1}, Wait::kStrikes}, state::Settled{{2, 1}});
  EXPECT_EQ(InState(StateCode::kWaiting), Ids());
  EXPECT_EQ(store_->Find(RequestId{1})->state, State(state::Settled{{2, 1}}));
}

TEST_P(StoreContract, DueRequestsComeSoonestFirstAndThoseWithoutATimeNever) {
  With(1, state::InDoubt{{1, 0}, 0, At(300)});
  With(2, state::Awaiting{{1, 0}, 0, At(100)});
  With(3, state::Awaiting{{1, 0}, 0, absl::InfiniteFuture()});
  With(4, state::InDoubt{{1, 0}, 1, At(200)});
  EXPECT_EQ(DueNow(Due::kProbe), (Ids{2, 4, 1}));
  EXPECT_EQ(DueNow(Due::kProbe, 2), (Ids{2, 4}));
  EXPECT_EQ(store_->NextDue(kDestination, Due::kProbe, 1)[0].at, At(100));
  EXPECT_EQ(DueNow(Due::kRetry), Ids());
}

TEST_P(StoreContract, DueRequestThatArrivesBeforeTheOthersIsFoundFirst) {
  With(1, state::Deferred{{1, 0}, At(300)});
  EXPECT_EQ(DueNow(Due::kRetry), (Ids{1}));
  With(2, state::Deferred{{1, 0}, At(200)});
  EXPECT_EQ(DueNow(Due::kRetry), (Ids{2, 1}));
  With(3, state::Deferred{{1, 0}, absl::UnixEpoch() - absl::Hours(1)});
  EXPECT_EQ(DueNow(Due::kRetry), (Ids{3, 2, 1}));
}

TEST_P(StoreContract, NewTimeOfTheSameStateMovesTheEntry) {
  const NewRequest r = With(1, state::Awaiting{{1, 0}, 0, At(100)});
  Move(r, state::Awaiting{{1, 0}, 0, At(100)}, state::Awaiting{{1, 0}, 1, At(900)});
  ASSERT_EQ(DueNow(Due::kProbe), (Ids{1}));
  EXPECT_EQ(store_->NextDue(kDestination, Due::kProbe, 9)[0].at, At(900));
  Move(r, state::Awaiting{{1, 0}, 1, At(900)}, state::Awaiting{{1, 0}, 2, At(900)});
  EXPECT_EQ(DueNow(Due::kProbe), (Ids{1}));
}

TEST_P(StoreContract, SeveralTransitionsOfOneRequestInABatchEndInTheLast) {
  const NewRequest r = Deposit(*store_, 1);
  Batch batch = Deposits({r});
  const state::Leased leased{{}, {5}, At(50)};
  const state::Sending sending{{1, 0}, {5}, At(90)};
  batch.transitions = {Change(r, r.state, leased), Change(r, leased, sending),
                       Change(r, sending, state::Ready{{1, 0}})};
  Commit(batch);
  EXPECT_EQ(Ready(), (Ids{1}));
  EXPECT_TRUE(Recover().in_flight.empty());
  EXPECT_EQ(store_->History({1}).size(), 4U);
}

TEST_P(StoreContract, HistoryIsInOrderAndWhole) {
  const NewRequest r = With(1, state::Waiting{{}, Wait::kHeld});
  Batch batch;
  batch.transitions.push_back(
      Change(r, state::Waiting{{}, Wait::kHeld}, state::Waiting{{}, Wait::kHeld}, "called back"));
  batch.transitions[0].entry.actor = "claire";
  batch.transitions[0].entry.outcome = OutcomeCode::kDeferred;
  batch.transitions[0].entry.detail = 3;
  Commit(batch);
  Reopen();
  const auto history = store_->History({1});
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0], r.entry);
  EXPECT_FALSE(history[0].from);
  EXPECT_EQ(history[2], batch.transitions[0].entry);
}

TEST_P(StoreContract, InboxIsReadInOrderWithinItsLimits) {
  const NewRequest r = Deposit(*store_, 1);
  Batch batch = Deposits({r});
  for (uint64_t i = 1; i <= 5; ++i) batch.answers.push_back(Answer(r, i, std::string(100, 'a')));
  batch.marks.push_back({kPractice, 5, 0});
  Commit(batch);
  Reopen();
  const auto all = store_->InboxAfter(kPractice, 0, 100, 1 << 20);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[4], batch.answers[4].entry);
  EXPECT_EQ(store_->InboxAfter(kPractice, 3, 100, 1 << 20).size(), 2U);
  EXPECT_EQ(store_->InboxAfter(kPractice, 0, 2, 1 << 20).size(), 2U);
  EXPECT_EQ(store_->InboxAfter(kPractice, 0, 100, 250).size(), 2U);
  EXPECT_EQ(store_->InboxAfter(kPractice, 0, 100, 1).size(), 1U) << "the first always comes";
  EXPECT_TRUE(store_->InboxAfter(kOther, 0, 100, 1 << 20).empty());
}

TEST_P(StoreContract, AcknowledgedAnswersAreForgotten) {
  const NewRequest r = Deposit(*store_, 1);
  Batch batch = Deposits({r});
  for (uint64_t i = 1; i <= 600; ++i) batch.answers.push_back(Answer(r, i, "answer"));
  Commit(batch);
  Batch acknowledge;
  acknowledge.acknowledged.push_back({kPractice, 1, 10});
  Commit(acknowledge);
  EXPECT_EQ(store_->InboxAfter(kPractice, 0, 1, 99)[0].position, 11U);
  acknowledge.acknowledged[0] = {kPractice, 11, 599};
  acknowledge.marks.push_back({kPractice, 600, 599});
  Commit(acknowledge);
  Reopen();
  const auto left = store_->InboxAfter(kPractice, 0, 100, 1 << 20);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].position, 600U);
}

TEST_P(StoreContract, RecoverTellsWhatIsInFlight) {
  const state::Leased leased{{}, {5}, At(50)};
  const state::Sending sending{{1, 0}, {6}, At(90)};
  With(1, leased);
  With(2, sending);
  With(3, state::Settled{});
  Reopen();
  const Recovered recovered = Recover();
  ASSERT_EQ(recovered.in_flight.size(), 2U);
  EXPECT_EQ(recovered.in_flight[0].id, RequestId{1});
  EXPECT_EQ(recovered.in_flight[0].practice, kPractice);
  EXPECT_EQ(recovered.in_flight[0].destination, kDestination);
  EXPECT_EQ(recovered.in_flight[0].state, State(leased));
  EXPECT_EQ(recovered.in_flight[1].state, State(sending));
  EXPECT_EQ(recovered.last_request, RequestId{3});
}

TEST_P(StoreContract, RecoverTellsGatesHoldsMarksAndNumbers) {
  GateState gate;
  gate.code = GateCode::kClosed;
  gate.since = At(1);
  gate.by = "claire";
  gate.reason = "portal down";
  gate.announced = At(7200);
  gate.pauses = 2;
  gate.allowance = 10;
  Hold hold{{4},
            {OperatorId{"viamedis"}, std::nullopt, kPractice, std::nullopt},
            "claire",
            "login revoked",
            At(2)};
  Hold lifted{{5}, {std::nullopt, std::nullopt, std::nullopt, RequestId{1}}, "paul", "look", At(3)};
  Batch batch;
  batch.gates.push_back({kDestination, gate});
  batch.placed = {hold, lifted};
  batch.marks.push_back({kPractice, 9, 4});
  batch.last_hold = HoldId{5};
  batch.last_request = RequestId{12};
  Commit(batch);
  Batch lift;
  lift.lifted.push_back({5});
  Commit(lift);
  Reopen();
  const Recovered recovered = Recover();
  ASSERT_EQ(recovered.gates.size(), 1U);
  EXPECT_EQ(recovered.gates[0].first, kDestination);
  EXPECT_EQ(recovered.gates[0].second, gate);
  ASSERT_EQ(recovered.holds.size(), 1U);
  EXPECT_EQ(recovered.holds[0], hold);
  ASSERT_EQ(recovered.marks.size(), 1U);
  EXPECT_EQ(recovered.marks[0].last, 9U);
  EXPECT_EQ(recovered.marks[0].acknowledged, 4U);
  EXPECT_EQ(recovered.last_hold, HoldId{5});
  EXPECT_EQ(recovered.last_request, RequestId{12});
}

TEST_P(StoreContract, CountsAreReplacedAndZeroErasesThem) {
  Batch batch;
  batch.tallies = {{kDestination, StateCode::kReady, 474095, 10},
                   {kDestination, StateCode::kSettled, 0, 3}};
  batch.lanes = {{kDestination, kPractice, 10}, {kDestination, kOther, 2}};
  Commit(batch);
  Batch next;
  next.tallies = {{kDestination, StateCode::kReady, 474095, 9},
                  {kDestination, StateCode::kSettled, 0, 0}};
  next.lanes = {{kDestination, kOther, 0}};
  Commit(next);
  Reopen();
  const Recovered recovered = Recover();
  ASSERT_EQ(recovered.tallies.size(), 1U);
  EXPECT_EQ(recovered.tallies[0].requests, 9U);
  EXPECT_EQ(recovered.tallies[0].hour, 474095);
  EXPECT_EQ(recovered.tallies[0].state, StateCode::kReady);
  ASSERT_EQ(recovered.lanes.size(), 1U);
  EXPECT_EQ(recovered.lanes[0].practice, kPractice);
  EXPECT_EQ(recovered.lanes[0].ready, 10U);
}

TEST_P(StoreContract, ScanGoesThroughAllRequestsByNumber) {
  Commit(Deposits({Deposit(*store_, 1), Deposit(*store_, 2, kOther), Deposit(*store_, 5)}));
  const auto all = store_->Scan({0}, 100);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[2].envelope.id, RequestId{5});
  EXPECT_EQ(all[2].envelope.reference, "ref-5");
  EXPECT_EQ(store_->Scan({0}, 2).size(), 2U);
  EXPECT_EQ(store_->Scan({2}, 100).size(), 1U);
  EXPECT_TRUE(store_->Scan({5}, 100).empty());
}

TEST_P(StoreContract, TwoReadsOfTheSameAreEqual) {
  Commit(Deposits({Deposit(*store_, 1), Deposit(*store_, 2)}));
  const std::string first = Everything(*store_);
  EXPECT_EQ(Everything(*store_), first);
  Reopen();
  EXPECT_EQ(Everything(*store_), first);
}

INSTANTIATE_TEST_SUITE_P(, StoreContract, testing::Bool(), [](const auto& kind) {
  return kind.param ? std::string("Rocks") : std::string("Fake");
});

}  // namespace
}  // namespace ecluse::store
