// SPDX-License-Identifier: Apache-2.0
// What a store refuses to open, what it says, and that it changed nothing.
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "store/keyspace.h"
#include "store/master_key.h"
#include "store/promise.h"
#include "store/rocks_parts.h"
#include "tests/store/samples.h"

namespace ecluse::store {
namespace {

namespace fs = std::filesystem;

class RefusalTest : public testing::Test {
 protected:
  void MakeStore() {
    auto store = OpenRocksStore(place_.options());
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE((*store)->Commit(sample::Deposits({sample::Deposit(**store, 1)})).ok());
  }

  void ExpectRefused(const std::string& why) {
    const auto store = OpenRocksStore(place_.options());
    ASSERT_FALSE(store.ok());
    EXPECT_NE(store.status().message().find(why), absl::string_view::npos) << store.status();
  }

  // Leaves a store of 20 requests whose last commits are in the log only: a copy taken while it
  // is open is what a power cut leaves. The last commit was promised, or the power went before.
  void CutPower(bool promised = true) {
    auto store = *OpenRocksStore(place_.options());
    const std::string promise = place_.store() + "/" + kPromiseFile;
    for (uint64_t id = 1; id <= 20; ++id) {
      if (id == 20) fs::copy(promise, place_.root() + "/promise");
      ASSERT_TRUE(store->Commit(sample::Deposits({sample::Deposit(*store, id)})).ok());
    }
    if (!promised) fs::rename(place_.root() + "/promise", promise);
    const std::string copy = place_.root() + "/copy";
    fs::copy(place_.store(), copy, fs::copy_options::recursive);
    store.reset();
    fs::remove_all(place_.store());
    fs::rename(copy, place_.store());
  }

  std::string FileThatEnds(const std::string& ending) {
    for (const auto& entry : fs::directory_iterator(place_.store())) {
      if (entry.path().string().ends_with(ending) && entry.file_size() > 0) return entry.path();
    }
    ADD_FAILURE() << "no " << ending;
    return "";
  }

  sample::Place place_;
};

TEST_F(RefusalTest, SecondProcess) {
  const auto first = OpenRocksStore(place_.options());
  ASSERT_TRUE(first.ok());
  ExpectRefused("open in another process");
}

TEST_F(RefusalTest, AnotherMasterKey) {
  MakeStore();
  fs::remove(place_.key());
  ASSERT_TRUE(CreateMasterKey(place_.key()).ok());
  ExpectRefused("is not the master key");
}

TEST_F(RefusalTest, DirectoryOfSomethingElse) {
  fs::create_directory(place_.store());
  std::ofstream(place_.store() + "/holiday.jpg") << "x";
  ExpectRefused("holds other files and no store");
  EXPECT_EQ(std::distance(fs::directory_iterator(place_.store()), {}), 1);
}

TEST_F(RefusalTest, DatabaseOfSomebodyElse) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, place_.store(), &db).ok());
  ASSERT_TRUE(db->Put(rocksdb::WriteOptions(), "k", "v").ok());
  delete db;
  ExpectRefused("not a store of ours");
}

TEST_F(RefusalTest, FileInsteadOfADirectory) {
  std::ofstream(place_.store()) << "x";
  ExpectRefused("is not a directory");
}

TEST_F(RefusalTest, NewerFormat) {
  MakeStore();
  {
    auto database = OpenDatabase(place_.options(), Seam(), Access::kWrite);
    ASSERT_TRUE(database.ok());
    record::Head head = (*database)->head;
    head.format = kFormat + 1;
    std::string value;
    record::Encode(head, value);
    const auto put = (*database)->db->Put(rocksdb::WriteOptions(), (*database)->families[kBooks],
                                          SliceOf(keyspace::kHead), value);
    ASSERT_TRUE(put.ok());
  }
  ExpectRefused("a newer version wrote it");
}

TEST_F(RefusalTest, StoreWithAPartOfTheFuture) {
  MakeStore();
  {
    auto database = OpenDatabase(place_.options(), Seam(), Access::kWrite);
    ASSERT_TRUE(database.ok());
    rocksdb::ColumnFamilyHandle* handle = nullptr;
    ASSERT_TRUE((*database)->db->CreateColumnFamily({}, "future", &handle).ok());
    ASSERT_TRUE((*database)->db->DestroyColumnFamilyHandle(handle).ok());
  }
  ExpectRefused("a newer version wrote it");
}

TEST_F(RefusalTest, MissingCurrent) {
  MakeStore();
  fs::remove(place_.store() + "/CURRENT");
  ExpectRefused("CURRENT is missing");
}

TEST_F(RefusalTest, DamageInTheMiddleOfTheLog) {
  CutPower();
  const std::string log = FileThatEnds(".log");
  std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(fs::file_size(log) / 2));
  file << "!!!!";
  file.close();
  ExpectRefused("is damaged");
}

TEST_F(RefusalTest, MissingPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "root may do everything";
  MakeStore();
  chmod(place_.store().c_str(), 0500);
  ExpectRefused("may not be read and written");
  chmod(place_.store().c_str(), 0700);
}

TEST_F(RefusalTest, NoStoreAndNoLeaveToMakeOne) {
  RocksOptions options = place_.options();
  options.create_if_missing = false;
  const auto store = OpenRocksStore(options);
  EXPECT_EQ(store.status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(fs::exists(place_.store()));
}

TEST_F(RefusalTest, TornEndOfTheLogThatWasPromised) {
  CutPower();
  const std::string log = FileThatEnds(".log");
  fs::resize_file(log, fs::file_size(log) - 7);
  ExpectRefused("its newest log is missing or was cut");
  EXPECT_TRUE(fs::exists(log)) << "nothing was changed";
}

TEST_F(RefusalTest, TornEndOfTheLogIsNoReasonToRefuse) {
  CutPower(false);
  const std::string log = FileThatEnds(".log");
  fs::resize_file(log, fs::file_size(log) - 7);
  const auto store = *OpenRocksStore(place_.options());
  EXPECT_TRUE(store->Find(RequestId{19}));
  EXPECT_FALSE(store->Find(RequestId{20}));
}

}  // namespace
}  // namespace ecluse::store
