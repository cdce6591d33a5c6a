// SPDX-License-Identifier: Apache-2.0
// After a failed read or a failure in the background no commit succeeds: no word leaves.
#include <gtest/gtest.h>
#include <rocksdb/env.h>
#include <rocksdb/listener.h>

#include "store/rocks_reads.h"
#include "tests/store/samples.h"
#include "tests/support/forgetful_fs.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words

TEST(Latch, DamagedStateIsNotFoundAndNoCommitSucceedsAfterIt) {
  Place place;
  ASSERT_TRUE((*OpenRocksStore(place.options()))->Commit(Batch()).ok());
  {
    auto database = *OpenDatabase(place.options(), Seam(), Access::kWrite);
    ASSERT_TRUE(
        database->db->Put({}, database->families[kStates], keyspace::Request({1}), "broken").ok());
  }
  const auto store = *OpenRocksStore(place.options());
  EXPECT_TRUE(store->Commit(Batch()).ok());
  EXPECT_FALSE(store->Find(RequestId{1}));
  EXPECT_FALSE(store->Commit(Batch()).ok()) << "even an empty batch lets words out";
}

TEST(Latch, FailedCommitIsTheLast) {
  Place place;
  const auto fs = std::make_shared<ForgetfulFs>(1);
  const auto env = rocksdb::NewCompositeEnv(fs);
  auto store = *OpenRocksStore(place.options(), Seam{env.get(), true, 0});
  ASSERT_TRUE(store->Commit(Deposits({Deposit(*store, 1)})).ok());
  fs->CutNow();
  EXPECT_FALSE(store->Commit(Deposits({Deposit(*store, 2)})).ok());
  fs->Restart();
  EXPECT_FALSE(store->Commit(Deposits({Deposit(*store, 3)})).ok());
  EXPECT_FALSE(store->Commit(Batch()).ok());
}

TEST(Latch, FailureInTheBackgroundEndsTheStore) {
  Place place;
  auto database = *OpenDatabase(place.options(), Seam(), Access::kWrite);

  rocksdb::Status error = rocksdb::Status::IOError("planted");
  for (const auto& listener : database->db->GetDBOptions().listeners) {
    listener->OnBackgroundError(rocksdb::BackgroundErrorReason::kFlush, &error);
  }
  RocksStore store(std::move(database));
  EXPECT_FALSE(store.Commit(Batch()).ok());
}

}  // namespace
}  // namespace ecluse::store
