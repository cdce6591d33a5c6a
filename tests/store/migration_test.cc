// SPDX-License-Identifier: Apache-2.0
// A store of an older format becomes one of this, whenever the power goes, and nothing is lost.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include "store/rocks_open.h"
#include "store/rocks_reads.h"
#include "store/verify.h"
#include "tests/store/samples.h"
#include "tests/support/forgetful_fs.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words

class MigrationTest : public testing::Test {
 protected:
  static constexpr uint64_t kRequests = 40;

  void SetUp() override {
    fs_ = std::make_shared<ForgetfulFs>(3);
    env_ = rocksdb::NewCompositeEnv(fs_);
    auto store = *OpenRocksStore(place_.options(), seam());
    std::vector<NewRequest> deposits;
    for (uint64_t id = 1; id <= kRequests; ++id) {
      deposits.push_back(Deposit(*store, id, id % 3 == 0 ? kOther : kPractice));
      if (id % 2 == 0) deposits.back().envelope.kind = Kind::kAuthorisation;
      deposits.back().envelope.digest = store->Digest(
          deposits.back().envelope.kind, deposits.back().envelope.format, deposits.back().content);
    }
    deposits[6].state = state::Deferred{{1, 1}, At(60)};
    deposits[6].entry.to = StateCode::kDeferred;
    ASSERT_TRUE(store->Commit(Deposits(deposits)).ok());
    all_ = Everything(*store);
    ready_ = Ready(*store);
    store.reset();
    ToFormat1();
  }

  Seam seam() {
    Seam seam;
    seam.env = env_.get();
    seam.keys_per_batch = 7;
    return seam;
  }

  // What the program of before wrote: lanes by number, and a head without a home. The records of
  // such requests have the same bytes in both formats, see the golden files.
  void ToFormat1() {
    auto database = *OpenDatabase(place_.options(), seam(), Access::kWrite);
    auto* index = database->families[kIndexes];
    const std::string prefix(1, keyspace::kReady);
    std::vector<std::string> lanes;
    Range range(*database, kIndexes, prefix, keyspace::Behind(prefix));
    for (; range.Valid(); range.Next()) lanes.emplace_back(range.key());
    for (const std::string& key : lanes) {
      // Between the letter and the rank: destination and practice.
      std::string old = key.substr(0, key.size() - 18) + key.substr(key.size() - 8);
      old[0] = keyspace::kOldReady;
      ASSERT_TRUE(database->db->SingleDelete({}, index, key).ok());
      ASSERT_TRUE(database->db->Put({}, index, old, "").ok());
    }
    record::Head head;
    head.format = 1;
    head.store = database->head.store;
    head.master_key = database->head.master_key;
    database->head = head;
    ASSERT_TRUE(WriteHead(*database).ok());
  }

  static std::string Ready(const Store& store) {
    std::string text;
    for (const PracticeId& practice : {kPractice, kOther}) {
      for (const Rank& rank : store.Ready(kDestination, practice, Share::kFresh, {}, 100)) {
        text += fmt::format("{} ", rank.id.value);
      }
    }
    return text;
  }

  std::string Findings(uint32_t format) {
    std::string text;
    const auto checked = VerifyStore(place_.options(), [&](const Finding& finding) {
      text += finding.where + ": " + finding.what + "\n";
    });
    if (!checked.ok()) return checked.status().ToString();
    EXPECT_EQ(checked->format, format);
    EXPECT_EQ(checked->epoch, 0U);
    return text;
  }

  uint32_t FormatNow() {
    std::string value;
    auto database = *OpenDatabase(place_.options(), Seam(), Access::kReadOnly);
    return database->head.format;
  }

  sample::Place place_;
  std::shared_ptr<ForgetfulFs> fs_;
  std::unique_ptr<rocksdb::Env> env_;
  std::string all_;
  std::string ready_;
};

TEST_F(MigrationTest, EverythingIsThereAndLanesAreInOrderOfRank) {
  EXPECT_EQ(Findings(1), "");
  {
    auto store = *OpenRocksStore(place_.options(), seam());
    EXPECT_EQ(Everything(*store), all_);
    EXPECT_EQ(Ready(*store), ready_);
    const Recovered recovered = *store->Recover();
    EXPECT_FALSE(recovered.fenced);
    EXPECT_EQ(recovered.epoch, 0U);
    EXPECT_EQ(store->Find(RequestId{1})->envelope.due, absl::InfiniteFuture());
  }
  EXPECT_EQ(Findings(kFormat), "");
}

TEST_F(MigrationTest, CutOffAnywhereItGoesOnAndLosesNothing) {
  bool before = false;
  bool behind = false;
  for (uint64_t writes = 1; writes < 400; writes += 1 + writes / 8) {
    fs_->CutAfter(writes);
    const bool opened = OpenRocksStore(place_.options(), seam()).ok();
    const bool cut = fs_->dark();
    fs_->Restart();
    (FormatNow() == 1 ? before : behind) = true;
    ASSERT_EQ(Findings(FormatNow()), "") << "cut after " << writes;
    if (FormatNow() == kFormat && !opened) {
      auto store = *OpenRocksStore(place_.options(), seam());
      ASSERT_EQ(Everything(*store), all_) << "cut after " << writes;
      ASSERT_EQ(Ready(*store), ready_) << "cut after " << writes;
      store.reset();
      ToFormat1();
    }
    if (opened && !cut) break;
  }
  EXPECT_TRUE(before) << "no cut came before the head was written";
  EXPECT_TRUE(behind);
  auto store = *OpenRocksStore(place_.options(), seam());
  EXPECT_EQ(Everything(*store), all_);
  EXPECT_EQ(Ready(*store), ready_);
}

TEST_F(MigrationTest, WhatTheProgramOfBeforeDidAfterACutCounts) {
  for (uint64_t writes = 1; FormatNow() == 1; writes += 2) {
    fs_->CutAfter(writes);
    const bool opened = OpenRocksStore(place_.options(), seam()).ok();
    fs_->Restart();
    if (opened || FormatNow() != 1) FAIL() << "no cut left a copy in part";
    auto database = *OpenDatabase(place_.options(), Seam(), Access::kReadOnly);
    const std::string prefix(1, keyspace::kReady);
    Range copied(*database, kIndexes, prefix, keyspace::Behind(prefix));
    if (copied.Valid()) break;
  }
  {
    // The old program lets three requests go.
    rocksdb::DB* db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DBOptions options;
    ASSERT_TRUE(
        rocksdb::DB::Open(options, place_.store(), TunedFamilies(Seam()), &handles, &db).ok());
    for (const uint64_t id : {1, 2, 3}) {
      const PracticeId& practice = id % 3 == 0 ? kOther : kPractice;
      const std::string key = keyspace::OldReadyAt(kDestination, practice, {id});
      ASSERT_TRUE(db->SingleDelete({}, handles[kIndexes], key).ok());
    }
    for (auto* handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
    delete db;
  }
  auto store = *OpenRocksStore(place_.options(), seam());
  for (const PracticeId& practice : {kPractice, kOther}) {
    for (const Rank& rank : store->Ready(kDestination, practice, Share::kFresh, {}, 100)) {
      EXPECT_GT(rank.id.value, 3U) << "it left its lane, and the copy brought it back";
    }
  }
}

TEST_F(MigrationTest, StoreOfFormat2OpensWithItsContentsAndIsOfThisFormatFromThenOn) {
  // All as the program of format 2 left it: contents are packed without a dictionary.
  std::string packed = "<dossier>";
  for (int i = 0; i < 40; ++i) packed += "<ligne>une ligne comme les autres</ligne>";
  std::string sealed;
  { auto store = *OpenRocksStore(place_.options(), seam()); }
  {
    auto database = *OpenDatabase(place_.options(), seam(), Access::kWrite);
    database->head.format = 2;
    const auto* key = database->keyring->Of(kPractice);
    record::BeginFrame(sealed);
    database->sealer.Seal(key->id, key->key, Sealed::kContent, keyspace::Request({1}), packed,
                          Compress::kWithoutDictionary, sealed);
    record::EndFrame(sealed);
    auto* contents = database->families[kContents];
    ASSERT_TRUE(database->db->Put({}, contents, keyspace::Request({1}), sealed).ok());
    ASSERT_TRUE(WriteHead(*database).ok());
  }
  EXPECT_EQ(FormatNow(), 2U);
  auto store = *OpenRocksStore(place_.options(), seam());
  EXPECT_EQ(*store->Content({1}), packed);
  store.reset();
  EXPECT_EQ(FormatNow(), kFormat);
}

}  // namespace
}  // namespace ecluse::store
