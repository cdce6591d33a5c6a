// SPDX-License-Identifier: Apache-2.0
// Damage to a store at rest: it is refused, or found when it is read, or everything is right. Never
// is there silently less.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <filesystem>
#include <map>
#include <sstream>

#include "store/promise.h"
#include "store/rocks_parts.h"
#include "store/verify.h"
#include "tests/store/chronicle.h"
#include "tests/store/ordeals.h"
#include "tests/store/samples.h"
#include "tests/store/wounds.h"
#include "tests/support/sick_fs.h"

namespace ecluse::store {
namespace {

namespace fs = std::filesystem;
using sample::Wound;

class DamageTest : public testing::Test {
 protected:
  enum Verdict { kRefused, kNoticed, kWhole, kShort };

  // A store with tables, blobs and a log.
  DamageTest() : fs_(std::make_shared<SickFs>(1)), env_(rocksdb::NewCompositeEnv(fs_)) {
    seam_.env = env_.get();  // which is well, and does not sync: only quicker
    seam_.memtable_bytes = 64 << 10;
    std::mt19937_64 random(7);
    sample::Chronicle chronicle;
    const auto commit = [&](store::Store& store, int times) {
      for (int n = 0; n < times; ++n) {
        EXPECT_TRUE(store.Commit(chronicle.Next(store, random)).ok());
      }
    };
    commit(**OpenRocksStore(place_.options(), seam_), 60);
    // What the logs still held is in tables now. With room enough in memory nothing is flushed any
    // more, whenever flushes like to come.
    seam_.memtable_bytes = 0;
    auto store = *OpenRocksStore(place_.options(), seam_);
    commit(*store, 8);
    const auto newest = [&](const char* part) { return sample::Newest(place_.store(), part); };
    EXPECT_FALSE(newest(".sst").empty());
    EXPECT_FALSE(newest(".blob").empty());
    EXPECT_GE(sample::EndsOfRecords(newest(".log")).size(), 8u);
    everything_ = sample::Everything(*store);
    store.reset();  // which leaves the last commits in the log
    fs::copy(place_.store(), At("cut"));
  }

  std::string At(const std::string& name) const { return place_.root() + "/" + name; }

  // A new copy to be damaged.
  void Heal() {
    fs::remove_all(place_.store());
    fs::copy(At("cut"), place_.store());
  }

  Verdict Judge() {
    const auto before = Data();
    auto store = OpenRocksStore(place_.options(), seam_);
    if (!store.ok()) {
      why_ = std::string(store.status().message());
      // What RocksDB has opened, it may have put in order: logs are tables then.
      if (BeforeOpening()) {
        EXPECT_EQ(before, Data()) << why_;
      }
      return kRefused;
    }
    const std::string found = sample::Everything(**store);
    if (!(*store)->Commit(Batch()).ok()) return kNoticed;
    if (found == everything_) return kWhole;
    return OnlyContents(found) ? kNoticed : kShort;
  }

  // Whether the promise refused it.
  bool BeforeOpening() const {
    return why_.find("promised") != std::string::npos ||
           why_.find("is not what was written") != std::string::npos ||
           why_.find("has a gap") != std::string::npos;
  }

  // The files that hold something, and their sizes.
  std::map<std::string, uint64_t> Data() const {
    std::map<std::string, uint64_t> data;
    for (const auto& entry : fs::directory_iterator(place_.store())) {
      const std::string name = entry.path().filename();
      const bool holds =
          name.ends_with(".sst") || name.ends_with(".blob") || name.ends_with(".log");
      if (holds && entry.file_size() > 0) data[entry.path()] = entry.file_size();
    }
    return data;
  }

  // The difference is that some contents say that they are damaged.
  bool OnlyContents(const std::string& found) const {
    std::istringstream is(found);
    std::istringstream was(everything_);
    std::string a;
    std::string b;
    while (std::getline(was, b)) {
      if (!std::getline(is, a)) return false;
      if (a != b && a.find(" damaged ") == std::string::npos) return false;
    }
    return !std::getline(is, a);
  }

  sample::Place place_;
  std::shared_ptr<SickFs> fs_;
  std::unique_ptr<rocksdb::Env> env_;
  Seam seam_;
  std::string everything_;
  std::string why_;
};

TEST_F(DamageTest, CutStoreWithoutDamageIsWhole) {
  Heal();
  EXPECT_EQ(Judge(), kWhole) << why_;
  EXPECT_NE(sample::Newest(place_.store(), ".sst"), "");
  EXPECT_NE(sample::Newest(At("cut"), ".blob"), "");
  EXPECT_NE(sample::Newest(At("cut"), ".log"), "");
}

TEST_F(DamageTest, IsRefusedOrFoundOrHarmless) {
  const sample::Seeds seeds = sample::OrdealSeeds(6);
  std::mt19937_64 random(seeds.first);
  std::map<Verdict, int> verdicts;
  for (const char* part : {".sst", ".blob", ".log", "MANIFEST-", "CURRENT", kPromiseFile}) {
    for (const Wound wound :
         {Wound::kFlip, Wound::kBlank, Wound::kTruncate, Wound::kRemove, Wound::kEmpty}) {
      const bool one_way = wound == Wound::kRemove || wound == Wound::kEmpty;
      for (uint64_t n = one_way ? seeds.last : seeds.first; n <= seeds.last; ++n) {
        Heal();
        const bool newest = n % 2 == 0;
        const std::string file = newest ? sample::Newest(place_.store(), part)
                                        : sample::Any(place_.store(), part, random);
        ASSERT_NE(file, "") << part;
        sample::Inflict(wound, file, random);
        const Verdict verdict = Judge();
        ++verdicts[verdict];
        EXPECT_NE(verdict, kShort)
            << part << " wound " << static_cast<int>(wound) << " of " << file;
      }
    }
  }
  EXPECT_GT(verdicts[kRefused], 10);
  EXPECT_GT(verdicts[kWhole], 0);
}

TEST_F(DamageTest, LogCutBetweenTwoRecordsIsRefused) {
  const std::string log = fs::path(sample::Newest(At("cut"), ".log")).filename();
  const auto ends = sample::EndsOfRecords(At("cut/") + log);
  ASSERT_GT(ends.size(), 1u);
  for (size_t i = 0; i + 1 < ends.size(); ++i) {
    Heal();
    fs::resize_file(place_.store() + "/" + log, ends[i]);
    EXPECT_EQ(Judge(), kRefused) << "cut after record " << i;
  }
}

TEST_F(DamageTest, ManifestCutAnywhereIsRefused) {
  const std::string manifest = fs::path(sample::Newest(At("cut"), "MANIFEST-")).filename();
  for (const size_t end : sample::EndsOfRecords(At("cut/") + manifest)) {
    if (end == fs::file_size(At("cut/") + manifest)) continue;
    Heal();
    fs::resize_file(place_.store() + "/" + manifest, end);
    const Verdict verdict = Judge();
    EXPECT_NE(verdict, kShort) << "cut at " << end;
    EXPECT_NE(verdict, kNoticed) << "cut at " << end << ", and files were dropped at opening";
  }
}

TEST_F(DamageTest, VerifyTellsOfAShortLog) {
  Heal();
  fs::remove(sample::Newest(place_.store(), ".log"));
  int findings = 0;
  const auto checked = VerifyStore(place_.options(), [&](const Finding& finding) {
    findings += finding.what.find("promised") != std::string::npos ? 1 : 0;
  });
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(findings, 1);
}

// The planted fault: without the promise the store comes back shorter, and these tests see it.
TEST_F(DamageTest, StoreWithoutAPromiseIsFoundToBeShort) {
  Heal();
  fs::remove(place_.store() + "/" + kPromiseFile);
  fs::remove(sample::Newest(place_.store(), ".log"));
  EXPECT_EQ(Judge(), kShort);
}

}  // namespace
}  // namespace ecluse::store
