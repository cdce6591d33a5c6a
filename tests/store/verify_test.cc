// SPDX-License-Identifier: Apache-2.0
// A whole store gives no finding; each kind of planted damage gives the one that names it.
#include "store/verify.h"

#include <gtest/gtest.h>

#include <random>

#include "store/rocks_reads.h"
#include "tests/store/chronicle.h"
#include "tests/store/samples.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words

class VerifyTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = *OpenRocksStore(place_.options());
    std::vector<NewRequest> deposits{Deposit(*store, 1, kPractice, "content of one"),
                                     Deposit(*store, 2, kPractice, "content of two"),
                                     Deposit(*store, 3, kOther, "content of three")};
    deposits[1].state = state::Deferred{{1, 1}, At(60)};
    deposits[1].entry.to = StateCode::kDeferred;
    Batch batch = Deposits(deposits);
    batch.answers.push_back(Answer(deposits[0], 1, "yes"));
    batch.marks.push_back({kPractice, 1, 0});
    ASSERT_TRUE(store->Commit(batch).ok());
  }

  // Changes the database behind the store's back.
  template <class Change>
  void Damage(Change change) {
    auto database = OpenDatabase(place_.options(), Seam(), Access::kWrite);
    ASSERT_TRUE(database.ok()) << database.status();
    change(**database);
  }
  static void Put(Database& database, Family family, const std::string& key,
                  const std::string& value) {
    ASSERT_TRUE(database.db->Put({}, database.families[family], key, value).ok());
  }
  static void Delete(Database& database, Family family, const std::string& key) {
    ASSERT_TRUE(database.db->Delete({}, database.families[family], key).ok());
  }
  static std::string Get(Database& database, Family family, const std::string& key) {
    std::string value;
    EXPECT_TRUE(*database.Get(family, key, value));
    return value;
  }

  // Every finding, one a line.
  std::string Findings() {
    std::string text;
    const auto checked = VerifyStore(place_.options(), [&](const Finding& finding) {
      text += finding.where + ": " + finding.what + "\n";
    });
    EXPECT_TRUE(checked.ok()) << checked.status();
    return text;
  }

  Place place_;
  const std::string one_ = keyspace::Request({1});
  const std::string two_ = keyspace::Request({2});
};

TEST_F(VerifyTest, WholeStoreGivesNoFindingAndItsCounts) {
  const auto checked = VerifyStore(place_.options(), [](const Finding&) { FAIL(); });
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->requests, 3U);
  EXPECT_EQ(checked->business_keys, 3U);
  EXPECT_EQ(checked->index_keys, 4U);
  EXPECT_EQ(checked->entries, 3U);
  EXPECT_EQ(checked->answers, 1U);
}

TEST_F(VerifyTest, StoreThatIsInUseIsNotLookedAt) {
  const auto store = OpenRocksStore(place_.options());
  ASSERT_TRUE(store.ok());
  EXPECT_FALSE(VerifyStore(place_.options(), [](const Finding&) {}).ok());
}

TEST_F(VerifyTest, LongLifeOfEveryKindOfChangeGivesNoFinding) {
  {
    Place other;
    auto store = *OpenRocksStore(other.options());
    Chronicle chronicle;
    std::mt19937_64 random(7);
    for (int i = 0; i < 100; ++i) {
      ASSERT_TRUE(store->Commit(chronicle.Next(*store, random)).ok());
    }
    store.reset();
    const auto checked = VerifyStore(other.options(), [](const Finding& finding) {
      ADD_FAILURE() << finding.where << ": " << finding.what;
    });
    EXPECT_GT(checked->requests, 100U);
  }
}

TEST_F(VerifyTest, SwappedContentsAreNoticed) {
  Damage([&](Database& d) {
    const std::string first = Get(d, kContents, one_);
    Put(d, kContents, one_, Get(d, kContents, two_));
    Put(d, kContents, two_, first);
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("request 1: content: the seal does not open"), std::string::npos) << found;
  EXPECT_NE(found.find("request 2: content: the seal does not open"), std::string::npos) << found;
  const auto store = *OpenRocksStore(place_.options());
  EXPECT_EQ(store->Content({1}).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(store->Commit(Batch()).ok()) << "one damaged content does not end the store";
}

TEST_F(VerifyTest, LostRecordsAreNoticed) {
  Damage([&](Database& d) {
    Delete(d, kContents, one_);
    Delete(d, kEnvelopes, two_);
    Delete(d, kStates, keyspace::Request({3}));
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("request 1: there is no content"), std::string::npos) << found;
  EXPECT_NE(found.find("request 2: there is no envelope"), std::string::npos) << found;
  EXPECT_NE(found.find("request 3: there is no state"), std::string::npos) << found;
}

TEST_F(VerifyTest, MissingAndStrangeIndexKeysAreNoticed) {
  Damage([&](Database& d) {
    const auto of_two = keyspace::IndexOf({{}, 1, {}, {2}}, kPractice, kDestination,
                                          state::Deferred{{1, 1}, At(60)});
    Delete(d, kIndexes, of_two[0].key);
    const auto strange =
        keyspace::IndexOf({{}, 1, {}, {1}}, kPractice, kDestination, state::Leased{});
    Put(d, kIndexes, strange[0].key, "");
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("request 2: it is missing in the index C"), std::string::npos) << found;
  EXPECT_NE(found.find("request 1: the index F names it"), std::string::npos) << found;
}

TEST_F(VerifyTest, LostAndStrangeBusinessKeysAreNoticed) {
  Damage([&](Database& d) {
    const std::string mine = HashOf({kPractice, kDestination, "ref-1"}, *d.keyring);
    Put(d, kBusiness, std::string(16, 'x'), Get(d, kBusiness, mine));
    Put(d, kBusiness, std::string(16, 'y'), Get(d, kBusiness, mine));
    Delete(d, kBusiness, mine);
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("its business key does not lead to it"), std::string::npos) << found;
  EXPECT_NE(found.find("a business key leads to it that is not its own"), std::string::npos);
}

TEST_F(VerifyTest, ARequestByCardIsKnownByItsCardAlone) {
  const Destination chosen{{"almerys"}, {"billing"}};
  {
    auto store = *OpenRocksStore(place_.options());
    NewRequest deposit = Deposit(*store, 4, kPractice, "content of four", chosen);
    deposit.envelope.card = Card{"0075300123", "MT", "", "optics", absl::CivilDay(2024, 2, 1)};
    ASSERT_TRUE(store->Commit(Deposits({deposit})).ok());
  }
  EXPECT_EQ(Findings(), "");
  Damage([&](Database& d) {
    const std::string by_card = HashOf({kPractice, {kByCard, {"billing"}}, "ref-4"}, *d.keyring);
    const std::string by_operator = HashOf({kPractice, chosen, "ref-4"}, *d.keyring);
    Put(d, kBusiness, by_operator, Get(d, kBusiness, by_card));
    Delete(d, kBusiness, by_card);
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("request 4: its business key does not lead to it"), std::string::npos);
}

TEST_F(VerifyTest, WrongCountsAreNoticed) {
  Damage([&](Database& d) {
    std::string value;
    record::Encode(uint64_t{5}, value);
    Put(d, kBooks, keyspace::Lane(kDestination, kPractice, Share::kFresh), value);
    Delete(d, kBooks, keyspace::Lane(kDestination, kOther, Share::kFresh));
    Put(d, kBooks, keyspace::Tally({kDestination, StateCode::kSettled, 0, 0}), value);
    record::Encode(InboxMark{{}, 3, 1}, value);
    Put(d, kBooks, keyspace::Mark(kPractice), value);
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("the lane's count says 5 and there are 1"), std::string::npos) << found;
  EXPECT_NE(found.find("the lane has no count"), std::string::npos) << found;
  EXPECT_NE(found.find("the tally says 5 and there are 0"), std::string::npos) << found;
  EXPECT_NE(found.find("the marks say 2 entries and there are 1"), std::string::npos) << found;
  EXPECT_NE(found.find("position 1: the position is outside"), std::string::npos) << found;
}

TEST_F(VerifyTest, JournalThatEndsElsewhereAndNumbersNeverGivenAreNoticed) {
  Damage([&](Database& d) {
    std::string value;
    record::Encode(State(state::Ready{{9, 9}}), value);
    Put(d, kStates, two_, value);
    record::Encode(record::Numbers{2, 0, 3}, value);
    Put(d, kBooks, std::string(keyspace::kNumbers), value);
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("request 2: the journal does not end in the state"), std::string::npos);
  EXPECT_NE(found.find("request 3: its number was never given"), std::string::npos) << found;
}

TEST_F(VerifyTest, CasesDestructionsAndLivesThatCannotBeAreNoticed) {
  {
    auto store = *OpenRocksStore(place_.options());
    NewRequest bill = Deposit(*store, 4, kPractice, "content of four");
    bill.envelope.follows = bill.envelope.case_of = {1};
    NewRequest strange = Deposit(*store, 5, kPractice, "content of five");
    strange.envelope.case_of = {3};
    strange.state = state::Ready{};
    TriesOf(strange.state).epoch = 9;
    Batch batch = Deposits({bill, strange});
    batch.lanes = {{kDestination, kPractice, 3}};
    batch.tallies = {{kDestination, StateCode::kReady, 474095, 4}};
    batch.jobs.emplace_back().id = {2};
    ASSERT_TRUE(store->Commit(batch).ok());
  }
  Damage([&](Database& d) {
    Delete(d, kIndexes, keyspace::CaseAt({1}, {4}));
    std::string value;
    record::Encode(State(state::Destroyed{}), value);
    Put(d, kStates, one_, value);
  });
  const std::string found = Findings();
  EXPECT_NE(found.find("request 4: it is missing in the index K"), std::string::npos) << found;
  EXPECT_NE(found.find("request 5: its case begins with a request"), std::string::npos) << found;
  EXPECT_NE(found.find("request 5: its state is of a later life"), std::string::npos) << found;
  EXPECT_NE(found.find("request 1: it is destroyed, and its content"), std::string::npos) << found;
  EXPECT_NE(found.find("job 2: its number was never given"), std::string::npos) << found;
}

TEST_F(VerifyTest, AnswerToASomebodyElsesRequestIsNoticed) {
  {
    auto store = *OpenRocksStore(place_.options());
    Batch batch;
    NewAnswer answer = Answer(Deposit(*store, 3), 2, "yes");
    answer.practice = kPractice;
    batch.answers.push_back(answer);
    batch.marks.push_back({kPractice, 2, 0});
    ASSERT_TRUE(store->Commit(batch).ok());
  }
  EXPECT_NE(Findings().find("it answers a request that is not its own"), std::string::npos);
}

}  // namespace
}  // namespace ecluse::store
