// SPDX-License-Identifier: Apache-2.0
// The real store on a disk that forgets what was not synced, compared with one in memory.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <random>

#include "store/rocks_parts.h"
#include "store/verify.h"
#include "tests/store/chronicle.h"
#include "tests/store/ordeals.h"
#include "tests/store/samples.h"
#include "tests/support/fake_store.h"
#include "tests/support/forgetful_fs.h"

namespace ecluse::store {
namespace {

// Commits, cuts, reopens, compares; several times over on one disk.
class Ordeal {
 public:
  Ordeal(uint64_t seed, bool sync)
      : random_(seed),
        fs_(std::make_shared<ForgetfulFs>(seed)),
        env_(rocksdb::NewCompositeEnv(fs_)),
        seam_{env_.get(), sync, 64 << 10} {}

  // What went wrong; empty: nothing.
  std::string Run(int cuts) {
    for (int cut = 0; cut < cuts; ++cut) {
      if (auto wrong = Life(); !wrong.empty()) return fmt::format("life {}: {}", cut, wrong);
    }
    return "";
  }

  // How often a batch whose commit failed was found whole, and not at all.
  int kept() const { return kept_; }
  int dropped() const { return dropped_; }

 private:
  // One process: from opening to the cut, and the look at what is left.
  std::string Life() {
    auto store = OpenRocksStore(place_.options(), seam_);
    if (!store.ok()) return store.status().ToString();
    fs_->CutAfter(1 + random_() % 60);
    std::optional<Batch> failed;
    sample::Chronicle before = chronicle_;
    while (!failed) {
      before = chronicle_;
      Batch batch = chronicle_.Next(**store, random_);
      if ((*store)->Commit(batch).ok()) {
        EXPECT_TRUE(model_.Commit(batch).ok());
      } else {
        failed = std::move(batch);
      }
    }
    if (!fs_->dark()) return "a commit failed, and the power was there";
    store->reset();
    fs_->Restart();
    return Judge(*failed, before);
  }

  std::string Judge(const Batch& failed, const sample::Chronicle& before) {
    auto store = OpenRocksStore(place_.options(), seam_);
    if (!store.ok()) return store.status().ToString();
    const std::string found = sample::Everything(**store);
    if (found == sample::Everything(model_)) {
      chronicle_ = before;
      ++dropped_;
    } else {
      ++kept_;
      EXPECT_TRUE(model_.Commit(failed).ok());
      if (found != sample::Everything(model_)) return "a batch was lost, or kept in part";
    }
    store->reset();
    std::string wrong;
    const auto checked = VerifyStore(place_.options(), [&](const Finding& finding) {
      wrong += finding.where + ": " + finding.what + "\n";
    });
    if (!checked.ok()) return checked.status().ToString();
    return wrong;
  }

  sample::Place place_;
  std::mt19937_64 random_;
  std::shared_ptr<ForgetfulFs> fs_;
  std::unique_ptr<rocksdb::Env> env_;
  Seam seam_;
  sample::Chronicle chronicle_;
  FakeStore model_;
  int kept_ = 0;
  int dropped_ = 0;
};

TEST(PowerCut, EveryCommittedBatchIsThereAndAFailedOneWhollyOrNot) {
  int kept = 0;
  int dropped = 0;
  const sample::Seeds seeds = sample::OrdealSeeds(8);
  for (uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
    Ordeal ordeal(seed, true);
    EXPECT_EQ(ordeal.Run(6), "") << "seed " << seed;
    kept += ordeal.kept();
    dropped += ordeal.dropped();
  }
  EXPECT_GT(kept, 0) << "no cut came between the disk's work and its word";
  EXPECT_GT(dropped, 0) << "no cut came before it";
}

// The planted fault: a store that does not sync must be found out.
TEST(PowerCut, StoreThatDoesNotSyncIsFoundOut) {
  int caught = 0;
  for (uint64_t seed = 1; seed <= 6; ++seed) caught += Ordeal(seed, false).Run(4).empty() ? 0 : 1;
  EXPECT_GT(caught, 3);
}

}  // namespace
}  // namespace ecluse::store
