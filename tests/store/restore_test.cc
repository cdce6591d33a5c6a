// SPDX-License-Identifier: Apache-2.0
// Backups, restores, and how a store notices that it is not the one it was.
#include "store/restore.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "store/home.h"
#include "store/master_key.h"
#include "store/rocks_parts.h"
#include "store/verify.h"
#include "tests/store/samples.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words
namespace fs = std::filesystem;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2024, 2, 1), absl::UTCTimeZone());
constexpr StoreEpoch kJanuary = 31 * 24 * 60;

class RestoreTest : public testing::Test {
 protected:
  void SetUp() override {
    store_ = *OpenRocksStore(place_.options(), Machine("a"));
    for (uint64_t id = 1; id <= 10; ++id) Add(id);
  }

  // A seam whose machine has this id; empty: none can be read.
  Seam Machine(const std::string& digit) {
    Seam seam;
    seam.machine_file = place_.root() + "/machine-" + digit;
    if (!digit.empty()) std::ofstream(seam.machine_file) << std::string(32, digit[0]) << "\n";
    return seam;
  }
  void Add(uint64_t id) {
    Batch batch;
    std::string content(2000, 'x');  // too long, and too odd to shrink, to lie beside its key
    for (size_t i = 0; i < content.size(); ++i) {
      content[i] = static_cast<char>((i + id) * (i + id) * 2654435761U >> 13);
    }
    batch.deposits.push_back(Deposit(*store_, id, kPractice, content));
    batch.tallies.push_back({kDestination, StateCode::kReady, 474095, id});
    batch.lanes.push_back({kDestination, kPractice, id});
    batch.last_request = RequestId{id};
    ASSERT_TRUE(store_->Commit(batch).ok());
  }
  RocksOptions At(const std::string& directory) const {
    return {directory, place_.key(), false, kNow};
  }
  // What a broker finds that opens this store.
  Recovered Opened(const std::string& directory, const std::string& machine = "a") {
    auto store = OpenRocksStore(At(directory), Machine(machine));
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *(*store)->Recover() : Recovered();
  }
  std::string Root(const std::string& name) const { return place_.root() + "/" + name; }
  absl::Status Restore(const std::string& to) {
    return RestoreStore(Root("backup"), to, place_.key());
  }
  size_t Entries() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(place_.root()), {}));
  }

  Place place_;
  std::unique_ptr<Store> store_;
};

TEST_F(RestoreTest, BackupOfAStoreInUseIsAllOfItAtThatMoment) {
  const std::string before = Everything(*store_);
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  Add(11);
  const absl::Status restored = Restore(Root("again"));
  ASSERT_TRUE(restored.ok()) << restored;
  auto again = *OpenRocksStore(At(Root("again")), Machine("a"));
  EXPECT_EQ(Everything(*again), before);
  EXPECT_FALSE(again->Find(RequestId{11}));
  EXPECT_TRUE(store_->Find(RequestId{11}));
}

TEST_F(RestoreTest, RestoredStoreBeginsANewLifeUntilItIsNoted) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  ASSERT_TRUE(Restore(Root("again")).ok());
  Recovered recovered = Opened(Root("again"));
  EXPECT_TRUE(recovered.fenced);
  EXPECT_EQ(recovered.epoch, kJanuary);
  recovered = Opened(Root("again"));
  EXPECT_TRUE(recovered.fenced) << "nobody has noted it";
  EXPECT_EQ(recovered.epoch, kJanuary) << "it is the same life";
  {
    auto again = *OpenRocksStore(At(Root("again")), Machine("a"));
    Batch batch;
    batch.fence_noted = true;
    ASSERT_TRUE(again->Commit(batch).ok());
    EXPECT_FALSE(again->Recover()->fenced);
  }
  recovered = Opened(Root("again"));
  EXPECT_FALSE(recovered.fenced);
  EXPECT_EQ(recovered.epoch, kJanuary);
}

TEST_F(RestoreTest, RestoreOfTheSameMinuteStillHasAGreaterEpoch) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  ASSERT_TRUE(Restore(Root("second")).ok());
  EXPECT_EQ(Opened(Root("second")).epoch, kJanuary);
  fs::remove_all(Root("backup"));
  {
    auto second = *OpenRocksStore(At(Root("second")), Machine("a"));
    ASSERT_TRUE(second->Backup(Root("backup")).ok());
  }
  ASSERT_TRUE(Restore(Root("third")).ok());
  EXPECT_EQ(Opened(Root("third")).epoch, kJanuary + 1);
  EXPECT_EQ(NextEpoch(0, absl::UnixEpoch()), 1U) << "a clock that is wrong does no harm";
}

TEST_F(RestoreTest, VerifyShowsFormatEpochAndFence) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  ASSERT_TRUE(Restore(Root("again")).ok());
  auto checked = *VerifyStore(At(Root("again")), [](const Finding&) { FAIL(); });
  EXPECT_EQ(checked.format, kFormat);
  EXPECT_EQ(checked.epoch, 0U);
  EXPECT_TRUE(checked.fenced);
  Opened(Root("again"), "");
  checked = *VerifyStore(At(Root("again")), [](const Finding&) { FAIL(); });
  EXPECT_EQ(checked.epoch, kJanuary);
  EXPECT_TRUE(checked.fenced);
}

TEST_F(RestoreTest, CopiedDirectoryIsNoticedAndAMovedOneIsItself) {
  store_.reset();
  fs::copy(place_.store(), Root("copy"), fs::copy_options::recursive);
  EXPECT_TRUE(Opened(Root("copy")).fenced);
  EXPECT_FALSE(Opened(place_.store()).fenced);
  fs::rename(place_.store(), Root("moved"));
  EXPECT_FALSE(Opened(Root("moved")).fenced);
}

TEST_F(RestoreTest, AnotherMachineIsNoticedAndOneThatCannotBeToldIsNot) {
  store_.reset();
  EXPECT_FALSE(Opened(place_.store(), "").fenced);
  EXPECT_FALSE(Opened(place_.store(), "a").fenced);
  EXPECT_TRUE(Opened(place_.store(), "b").fenced);
}

TEST_F(RestoreTest, BackupIntoAPlaceThatCannotBeLeavesNothing) {
  fs::create_directory(Root("there"));
  const size_t entries = Entries();
  EXPECT_EQ(store_->Backup(Root("there")).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(store_->Backup(Root("no/parent")).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(store_->Backup(place_.store() + "/inside").ok());
  EXPECT_EQ(Entries(), entries);
  Add(11);
  EXPECT_TRUE(store_->Backup(Root("backup/")).ok());
  EXPECT_EQ(Entries(), entries + 1);
}

TEST_F(RestoreTest, RestoreNeverWritesOverAnything) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  fs::create_directory(Root("again"));
  std::ofstream(Root("again/holiday.jpg")) << "x";
  EXPECT_EQ(Restore(Root("again")).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(fs::exists(Root("again/holiday.jpg")));
  EXPECT_EQ(Restore(place_.store()).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_FALSE(Restore(Root("backup")).ok());
  EXPECT_EQ(RestoreStore(Root("nothing"), Root("x"), place_.key()).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(RestoreTest, AnEmptyDirectoryIsUsedAsItIs) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  fs::create_directory(Root("again"));
  fs::permissions(Root("again"), fs::perms::owner_all);
  ASSERT_TRUE(Restore(Root("again")).ok());
  EXPECT_TRUE(Opened(Root("again")).fenced);
  EXPECT_FALSE(fs::exists(Root("again/restoring.part")));
}

TEST_F(RestoreTest, DamagedBackupIsRefusedInWordsAndNothingIsLeft) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  for (const auto& entry : fs::directory_iterator(Root("backup"))) {
    if (!entry.path().string().ends_with(".blob")) continue;
    const auto size = static_cast<std::streamoff>(fs::file_size(entry));
    fs::path copy = entry.path();
    copy += "x";  // the backup shares its files with the store
    fs::copy(entry.path(), copy);
    fs::rename(copy, entry.path());
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(size / 2);
    file << "!!!!";
  }
  const absl::Status status = Restore(Root("again"));
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
  EXPECT_NE(status.message().find("request "), absl::string_view::npos) << status;
  EXPECT_FALSE(fs::exists(Root("again")));
}

TEST_F(RestoreTest, AnotherMasterKeyIsRefused) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  ASSERT_TRUE(CreateMasterKey(Root("other.key")).ok());
  EXPECT_FALSE(RestoreStore(Root("backup"), Root("again"), Root("other.key")).ok());
  EXPECT_FALSE(fs::exists(Root("again")));
}

TEST_F(RestoreTest, AStoreInUseIsNoBackup) {
  const absl::Status status = RestoreStore(place_.store(), Root("again"), place_.key());
  EXPECT_NE(status.message().find("in use"), absl::string_view::npos) << status;
}

TEST_F(RestoreTest, ARestoreThatWasCutOffIsNotOpened) {
  ASSERT_TRUE(store_->Backup(Root("backup")).ok());
  fs::create_directory(Root("again"));
  fs::copy(Root("backup"), Root("again/restoring.part"));
  RocksOptions options = At(Root("again"));
  options.create_if_missing = true;
  EXPECT_FALSE(OpenRocksStore(options).ok());
  for (const auto& entry : fs::directory_iterator(Root("again/restoring.part"))) {
    if (entry.path().filename() == "CURRENT") continue;
    fs::rename(entry.path(), Root("again/") + entry.path().filename().string());
  }
  EXPECT_FALSE(OpenRocksStore(options).ok());
}

}  // namespace
}  // namespace ecluse::store
