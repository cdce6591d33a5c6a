// SPDX-License-Identifier: Apache-2.0
// The real store on a disk that fails by chance or is full, compared with one in memory.
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
#include "tests/support/sick_fs.h"

namespace ecluse::store {
namespace {

enum class Ill { kErrors, kFull, kLies };

// Commits on a sick disk until one fails, closes, opens and compares; several times over.
class Ordeal {
 public:
  Ordeal(uint64_t seed, Ill ill)
      : ill_(ill),
        random_(seed),
        fs_(std::make_shared<SickFs>(seed)),
        env_(rocksdb::NewCompositeEnv(fs_)) {
    seam_.env = env_.get();
    seam_.memtable_bytes = 64 << 10;
  }

  // What went wrong; empty: nothing.
  std::string Run(int lives) {
    for (int life = 0; life < lives; ++life) {
      if (auto wrong = Life(); !wrong.empty()) return fmt::format("life {}: {}", life, wrong);
    }
    return "";
  }

  int kept() const { return kept_; }
  int dropped() const { return dropped_; }
  uint64_t failures() const { return fs_->failures(); }

 private:
  void FallIll() {
    if (ill_ == Ill::kFull) return fs_->LeaveRoom(random_() % (256 << 10));
    const auto odds = [&](uint32_t most) { return static_cast<uint32_t>(random_() % most); };
    SickFs::Ills ills{odds(100), odds(100), odds(50), odds(200), odds(400), ill_ == Ill::kLies};
    if (ill_ == Ill::kLies) ills = {300, 300, 0, 0, 0, true};
    fs_->Ail(ills);
  }

  std::string Life() {
    auto store = OpenRocksStore(place_.options(), seam_);
    if (!store.ok()) return "a well disk, and " + std::string(store.status().message());
    FallIll();
    std::optional<Batch> failed;
    sample::Chronicle before = chronicle_;
    for (int n = 0; n < 40 && !failed; ++n) {
      before = chronicle_;
      Batch batch = chronicle_.Next(**store, random_);
      if ((*store)->Commit(batch).ok()) {
        EXPECT_TRUE(model_.Commit(batch).ok());
      } else {
        failed = std::move(batch);
      }
      if (!failed && n % 16 == 15 && !ReadsTrue(**store)) return "a failed read went unnoticed";
    }
    if (failed && (*store)->Commit(Batch()).ok()) return "words may leave after a failed commit";
    store->reset();
    // An impatient person may try again on the sick disk: opening it must do no harm either.
    for (int n = 0; n < 2; ++n) OpenRocksStore(place_.options(), seam_).status().IgnoreError();
    fs_->Heal();
    return Judge(failed, before);
  }

  // What is read is right, or no word leaves any more.
  bool ReadsTrue(Store& store) {
    const std::string found = sample::Everything(store);
    if (found == sample::Everything(model_)) return true;
    return found.find("damaged") != std::string::npos || !store.Commit(Batch()).ok();
  }

  std::string Judge(const std::optional<Batch>& failed, const sample::Chronicle& before) {
    auto store = OpenRocksStore(place_.options(), seam_);
    if (!store.ok()) return std::string(store.status().message());
    const std::string found = sample::Everything(**store);
    if (found == sample::Everything(model_)) {
      if (failed) chronicle_ = before;
      ++dropped_;
    } else {
      if (!failed) return "a batch was lost, and none had failed";
      ++kept_;
      EXPECT_TRUE(model_.Commit(*failed).ok());
      if (found != sample::Everything(model_)) return "a batch was lost, or kept in part";
    }
    store->reset();
    std::string wrong;
    const auto checked = VerifyStore(place_.options(), [&](const Finding& finding) {
      wrong += finding.where + ": " + finding.what + "\n";
    });
    return checked.ok() ? wrong : std::string(checked.status().message());
  }

  const Ill ill_;
  sample::Place place_;
  std::mt19937_64 random_;
  std::shared_ptr<SickFs> fs_;
  std::unique_ptr<rocksdb::Env> env_;
  Seam seam_;
  sample::Chronicle chronicle_;
  FakeStore model_;
  int kept_ = 0;
  int dropped_ = 0;
};

void ExpectNothingLost(Ill ill) {
  int kept = 0;
  int dropped = 0;
  uint64_t failures = 0;
  const sample::Seeds seeds = sample::OrdealSeeds(12);
  for (uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
    Ordeal ordeal(seed, ill);
    EXPECT_EQ(ordeal.Run(2), "") << "seed " << seed;
    kept += ordeal.kept();
    dropped += ordeal.dropped();
    failures += ordeal.failures();
  }
  EXPECT_GT(failures, 0u);
  EXPECT_GT(dropped, 0);
}

TEST(SickDisk, FailuresLoseNothingThatWasCommitted) { ExpectNothingLost(Ill::kErrors); }

TEST(SickDisk, FullDiskLosesNothingThatWasCommitted) { ExpectNothingLost(Ill::kFull); }

// The planted fault: a store whose failed writes and syncs are taken for good must be found out.
TEST(SickDisk, StoreThatIgnoresFailuresIsFoundOut) {
  int caught = 0;
  for (uint64_t seed = 1; seed <= 6; ++seed)
    caught += Ordeal(seed, Ill::kLies).Run(3).empty() ? 0 : 1;
  EXPECT_GT(caught, 3);
}

// RocksDB would try again by itself when a flush finds the disk full, and when it gets better.
TEST(SickDisk, FullDiskInTheBackgroundEndsTheStoreForGood) {
  sample::Place place;
  const auto fs = std::make_shared<SickFs>(1);
  const auto env = rocksdb::NewCompositeEnv(fs);
  Seam seam;
  seam.env = env.get();
  seam.memtable_bytes = 64 << 10;
  auto store = *OpenRocksStore(place.options(), seam);
  fs->Only(".sst");
  fs->LeaveRoom(0);
  std::mt19937_64 random(1);
  sample::Chronicle chronicle;
  int commits = 0;
  while (commits < 1000 && store->Commit(chronicle.Next(*store, random)).ok()) ++commits;
  EXPECT_LT(commits, 1000);
  EXPECT_GT(fs->failures(), 0u);
  fs->Heal();
  EXPECT_FALSE(store->Commit(chronicle.Next(*store, random)).ok());
  EXPECT_FALSE(store->Commit(Batch()).ok()) << "even an empty batch lets words out";
}

}  // namespace
}  // namespace ecluse::store
