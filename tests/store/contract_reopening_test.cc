// SPDX-License-Identifier: Apache-2.0
// What every store must do for reopening: ranks, cases, moves, destructions, jobs, accounts. Run on
// the fake and on the real one, so that neither drifts.
#include <gtest/gtest.h>

#include "store/rocks_store.h"
#include "tests/store/samples.h"
#include "tests/support/fake_store.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words
using Ids = std::vector<uint64_t>;

class ReopeningContract : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) return Reopen();
    auto fake = std::make_unique<FakeStore>();
    fake_ = fake.get();
    store_ = std::move(fake);
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
    store_ = *OpenRocksStore(place_.options());
  }
  void Commit(const Batch& batch) {
    const auto committed = store_->Commit(batch);
    ASSERT_TRUE(committed.ok()) << committed.status();
  }
  void Move(const NewRequest& deposit, const State& before, const State& after) {
    Batch batch;
    batch.transitions.push_back(Change(deposit, before, after));
    Commit(batch);
  }
  NewRequest Ranked(uint64_t id, Share share, Kind kind, absl::Time due) {
    NewRequest deposit = Deposit(*store_, id);
    deposit.envelope.share = share;
    deposit.envelope.kind = kind;
    deposit.envelope.due = due;
    return deposit;
  }
  Ids Ready(Share share, const std::optional<Rank>& after = {}, size_t at_most = 100,
            const Destination& destination = kDestination) {
    Ids ids;
    for (const Rank& rank : store_->Ready(destination, kPractice, share, after, at_most)) {
      EXPECT_EQ(rank, store_->Find(rank.id)->envelope.RankOf());
      ids.push_back(rank.id.value);
    }
    return ids;
  }
  Ids CaseOf(uint64_t root) {
    Ids ids;
    for (const RequestId id : store_->CaseOf({root})) ids.push_back(id.value);
    return ids;
  }

  Place place_;
  std::unique_ptr<Store> store_;
  FakeStore* fake_ = nullptr;
};

TEST_P(ReopeningContract, ReadyRequestsComeByShareOrderDateAndAge) {
  const absl::Time never = absl::InfiniteFuture();
  Commit(Deposits({Ranked(1, Share::kFresh, Kind::kBill, never),
                   Ranked(2, Share::kFresh, Kind::kBill, At(500)),
                   Ranked(3, Share::kFresh, Kind::kAuthorisation, never),
                   Ranked(4, Share::kFresh, Kind::kDocument, At(100)),
                   Ranked(5, Share::kFresh, Kind::kBill, At(-500'000'000'000)),
                   Ranked(6, Share::kFresh, Kind::kBill, At(500)),
                   Ranked(7, Share::kBacklog, Kind::kAuthorisation, At(1))}));
  Reopen();
  EXPECT_EQ(Ready(Share::kFresh), (Ids{4, 3, 5, 2, 6, 1}));
  EXPECT_EQ(Ready(Share::kBacklog), (Ids{7}));
  EXPECT_EQ(Ready(Share::kFresh, {}, 2), (Ids{4, 3}));
  EXPECT_EQ(Ready(Share::kFresh, store_->Find(RequestId{5})->envelope.RankOf(), 2), (Ids{2, 6}));
  EXPECT_EQ(Ready(Share::kFresh, store_->Find(RequestId{1})->envelope.RankOf()), Ids());
}

TEST_P(ReopeningContract, WhatIsDueSoonerIsFoundFirstThoughItCameLater) {
  Commit(Deposits({Ranked(1, Share::kFresh, Kind::kBill, At(500))}));
  EXPECT_EQ(Ready(Share::kFresh), (Ids{1}));
  Commit(Deposits({Ranked(2, Share::kFresh, Kind::kBill, At(100))}));
  EXPECT_EQ(Ready(Share::kFresh), (Ids{2, 1}));
  Commit(Deposits({Ranked(3, Share::kFresh, Kind::kAuthorisation, absl::InfiniteFuture())}));
  EXPECT_EQ(Ready(Share::kFresh), (Ids{3, 2, 1}));
}

TEST_P(ReopeningContract, LaneCountsAreKeptByShare) {
  Batch batch;
  batch.lanes = {{kDestination, kPractice, 4, Share::kFresh},
                 {kDestination, kPractice, 9, Share::kBacklog}};
  Commit(batch);
  Batch next;
  next.lanes = {{kDestination, kPractice, 0, Share::kFresh}};
  Commit(next);
  Reopen();
  const Recovered recovered = *store_->Recover();
  ASSERT_EQ(recovered.lanes.size(), 1U);
  EXPECT_EQ(recovered.lanes[0].share, Share::kBacklog);
  EXPECT_EQ(recovered.lanes[0].ready, 9U);
}

TEST_P(ReopeningContract, ACaseIsFoundForEverWhateverBecomesOfItsMembers) {
  std::vector<NewRequest> deposits;
  for (const uint64_t id : {255, 256, 300, 511}) deposits.push_back(Deposit(*store_, id));
  deposits[1].envelope.follows = deposits[1].envelope.case_of = {255};
  deposits[3].envelope.follows = {256};
  deposits[3].envelope.case_of = {255};
  Commit(Deposits(deposits));
  Move(deposits[1], deposits[1].state, state::Settled{});
  Reopen();
  EXPECT_EQ(CaseOf(255), (Ids{256, 511}));
  EXPECT_EQ(CaseOf(256), Ids());
  EXPECT_EQ(CaseOf(300), Ids());
  EXPECT_EQ(store_->Find(RequestId{511})->envelope, deposits[3].envelope);
}

TEST_P(ReopeningContract, MovedRequestIsReadyThereAndKnownByItsOldKey) {
  NewRequest deposit = Deposit(*store_, 1);
  Commit(Deposits({deposit}));
  const State waiting = state::Waiting{{}, Wait::kStrikes};
  Move(deposit, deposit.state, waiting);

  const Destination to{{"almerys"}, {"authorisation"}};
  deposit.envelope.deposited_to = kDestination;
  deposit.envelope.destination = to;
  Batch batch;
  batch.moved.push_back({deposit.envelope});
  batch.transitions.push_back(Change(deposit, waiting, state::Ready{}, "sent another way"));
  Commit(batch);
  Reopen();
  EXPECT_EQ(Ready(Share::kFresh), Ids());
  EXPECT_EQ(Ready(Share::kFresh, {}, 9, to), (Ids{1}));
  EXPECT_EQ(store_->Find(BusinessKey{kPractice, kDestination, "ref-1"}), RequestId{1});
  EXPECT_FALSE(store_->Find(BusinessKey{kPractice, to, "ref-1"}));
  EXPECT_EQ(store_->Find(RequestId{1})->envelope, deposit.envelope);
  EXPECT_EQ(store_->History({1}).size(), 3U);
}

TEST_P(ReopeningContract, ErasedContentIsGoneAndTheRestIsThere) {
  const NewRequest deposit = Deposit(*store_, 1);
  Commit(Deposits({deposit, Deposit(*store_, 2)}));
  Batch batch;
  batch.transitions.push_back(Change(deposit, deposit.state, state::Destroyed{}, "not theirs"));
  batch.erased.push_back({1});
  Commit(batch);
  Reopen();
  EXPECT_EQ(store_->Content({1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(store_->Content({2}).ok());
  EXPECT_EQ(CodeOf(store_->Find(RequestId{1})->state), StateCode::kDestroyed);
  EXPECT_EQ(store_->Find(BusinessKey{kPractice, kDestination, "ref-1"}), RequestId{1});
  EXPECT_TRUE(store_->Commit(Batch()).ok());
}

TEST_P(ReopeningContract, JobsAccountsAndPayeesComeBackAsTheyWere) {
  Job job;
  job.id = {3};
  job.kind = JobKind::kDestroy;
  job.state = JobState::kAsked;
  job.filter.practice = kPractice;
  job.by = "claire";
  job.reason = "stolen login";
  job.since = At(1);
  Job other = job;
  other.id = {4};
  const Account account{{"viamedis"}, kPractice, 7, At(9), true};
  Batch batch;
  batch.jobs = {job, other};
  batch.accounts = {account, {{"almerys"}, kPractice, 1}};
  batch.payees = {{kPractice, "0123456789abcdef"}};
  batch.last_job = JobId{4};
  Commit(batch);
  job.state = JobState::kRunning;
  job.done = 5;
  Batch next;
  next.jobs = {job};
  next.forgotten = {{4}};
  next.payees = {{kPractice, "fedcba9876543210"}};
  Commit(next);
  Reopen();
  const Recovered recovered = *store_->Recover();
  EXPECT_EQ(recovered.jobs, std::vector<Job>{job});
  EXPECT_EQ(recovered.last_job, JobId{4});
  ASSERT_EQ(recovered.accounts.size(), 2U);
  EXPECT_EQ(recovered.accounts[1], account);
  EXPECT_EQ(recovered.accounts[0].set_at, absl::InfinitePast());
  ASSERT_EQ(recovered.payees.size(), 1U);
  EXPECT_EQ(recovered.payees[0], (Payee{kPractice, "fedcba9876543210"}));
}

TEST_P(ReopeningContract, GatesFineHoldsAndQuestionsComeBackAsTheyWere) {
  GateState gate;
  gate.code = GateCode::kReclosed;
  gate.since = At(1);
  gate.reason = "many refusals";
  gate.announced = At(7200);
  gate.announced_by = "claire";
  gate.source = "their newsletter of 9 February";
  gate.asks = true;
  gate.pace = {12'000, 20'000, 3};
  gate.mix = {50, 400, 30, 12};
  Hold hold;
  hold.id = {1};
  hold.scope.kind = Kind::kBill;
  hold.scope.deposited_until = At(60);
  hold.owner = "claire";
  hold.reason = "wrong price list";
  hold.since = At(2);
  hold.until = At(7200);
  const NewRequest deposit = Deposit(*store_, 1);
  NewAnswer question = Answer(deposit, 1, "");
  question.entry.event = wire::Event::kAsked;
  question.entry.why = wire::WhyWaiting::kConfirm;
  Batch batch = Deposits({deposit});
  batch.gates.push_back({kDestination, gate});
  batch.placed.push_back(hold);
  batch.last_hold = HoldId{1};
  batch.answers.push_back(question);
  batch.marks.push_back({kPractice, 1, 0});
  Commit(batch);
  Reopen();
  const Recovered recovered = *store_->Recover();
  EXPECT_EQ(recovered.gates.at(0).second, gate);
  EXPECT_EQ(recovered.holds.at(0), hold);
  EXPECT_EQ(store_->InboxAfter(kPractice, 0, 9, 999).at(0), question.entry);
}

TEST_P(ReopeningContract, NewStoreIsInItsFirstLifeAndNotFenced) {
  Reopen();
  EXPECT_EQ(store_->Recover()->epoch, 0U);
  EXPECT_FALSE(store_->Recover()->fenced);
}

TEST_P(ReopeningContract, BackupsOfOneNameAreMadeOnce) {
  Commit(Deposits({Deposit(*store_, 1)}));
  const std::string to = place_.root() + "/backup";
  EXPECT_TRUE(store_->Backup(to).ok());
  EXPECT_EQ(store_->Backup(to).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(store_->Commit(Deposits({Deposit(*store_, 2)})).ok());
}

INSTANTIATE_TEST_SUITE_P(, ReopeningContract, testing::Bool(), [](const auto& kind) {
  return kind.param ? std::string("Rocks") : std::string("Fake");
});

}  // namespace
}  // namespace ecluse::store
