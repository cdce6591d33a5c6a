// SPDX-License-Identifier: Apache-2.0
// A queue that was drained leaves graves in the index; the look at its head must not walk over
// them. Counted in keys, not in time.
#include <gtest/gtest.h>
#include <rocksdb/perf_context.h>
#include <rocksdb/perf_level.h>

#include "store/rocks_reads.h"
#include "tests/store/samples.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words

// Index keys that a look passed over since the last call.
uint64_t Walked() {
  rocksdb::PerfContext& context = *rocksdb::get_perf_context();
  const uint64_t walked =
      context.internal_delete_skipped_count + context.internal_key_skipped_count;
  context.Reset();
  return walked;
}

class QueueTest : public testing::Test {
 protected:
  static constexpr uint64_t kRequests = 20'000;
  static constexpr uint64_t kPerBatch = 500;

  void SetUp() override {
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableCount);
    // No sync: this test is about keys.
    store_ = *OpenRocksStore(place_.options(), Seam{nullptr, false, 0});
    for (uint64_t id = 1; id <= kRequests;) {
      Batch batch;
      for (uint64_t n = 0; n < kPerBatch; ++n, ++id) batch.deposits.push_back(Make(id));
      batch.last_request = batch.deposits.back().envelope.id;
      ASSERT_TRUE(store_->Commit(batch).ok());
    }
  }
  void TearDown() override { rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable); }

  NewRequest Make(uint64_t id) { return Deposit(*store_, id); }
  static State Due(uint64_t id) { return state::Deferred{{1, 0}, At(static_cast<int64_t>(id))}; }

  // Moves the requests in order; `look` is called after each batch.
  template <class Look>
  void MoveAll(bool to_due, bool to_end, Look look) {
    for (uint64_t id = 1; id <= kRequests;) {
      Batch batch;
      for (uint64_t n = 0; n < kPerBatch; ++n, ++id) {
        State before = to_due ? State(state::Ready{}) : Due(id);
        State after = to_end ? State(state::Settled{}) : Due(id);
        batch.transitions.push_back(Change(Make(id), before, after));
      }
      ASSERT_TRUE(store_->Commit(batch).ok());
      look();
    }
  }

  Place place_;
  std::unique_ptr<Store> store_;
};

TEST_F(QueueTest, HeadOfADrainedLaneIsFoundAtOnce) {
  uint64_t most = 0;
  store_->Ready(kDestination, kPractice, Share::kFresh, {}, 1);
  MoveAll(true, true, [&] {
    Walked();
    store_->Ready(kDestination, kPractice, Share::kFresh, {}, 10);
    most = std::max(most, Walked());
  });
  EXPECT_LT(most, 4 * kPerBatch);
  store_->Ready(kDestination, kPractice, Share::kFresh, {}, 10);
  EXPECT_LT(Walked(), 10U);
}

TEST_F(QueueTest, HeadOfDrainedRetriesIsFoundAtOnce) {
  MoveAll(true, false, [] {});
  uint64_t most = 0;
  store_->NextDue(kDestination, Reads::Due::kRetry, 1);
  MoveAll(false, true, [&] {
    Walked();
    store_->NextDue(kDestination, Reads::Due::kRetry, 10);
    most = std::max(most, Walked());
  });
  EXPECT_LT(most, 4 * kPerBatch);
}

TEST_F(QueueTest, ReopenedStoreDoesNotWalkOverGravesForEver) {
  MoveAll(true, true, [] {});
  store_.reset();
  store_ = *OpenRocksStore(place_.options());
  store_->Ready(kDestination, kPractice, Share::kFresh, {}, 10);
  Walked();
  EXPECT_TRUE(store_->Ready(kDestination, kPractice, Share::kFresh, {}, 10).empty());
  EXPECT_LT(Walked(), 10U);
}

}  // namespace
}  // namespace ecluse::store
