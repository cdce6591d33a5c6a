// SPDX-License-Identifier: Apache-2.0
// A live copy, from the verb to a second broker over it, with the real core and the real store.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "broker/runtime/loop.h"
#include "proto/codec.h"
#include "store/master_key.h"
#include "store/rocks_store.h"

namespace ecluse {
namespace {

namespace fs = std::filesystem;

const Destination kBilling{{"viamedis"}, {"billing"}};
const identity::Practice kShop{{"shop"}, {"750000002"}};
const identity::Ops kAnne{"anne", true};

class FakeTransport : public Transport {
 public:
  std::vector<Received> Receive(absl::Duration) override { return std::exchange(arriving, {}); }
  void Send(const Peer&, Frames frames) override {
    sent.push_back(std::get<wire::Reply>(DecodeReply(std::move(frames))));
  }
  std::vector<Received> arriving;
  std::vector<wire::Reply> sent;
};

class BackupTest : public testing::Test {
 protected:
  BackupTest() {
    std::string place = (fs::temp_directory_path() / "ecluse-backup-XXXXXX").string();
    place_ = mkdtemp(place.data());
    EXPECT_TRUE(store::CreateMasterKey(KeyFile()).ok());
    fs::create_directory(Backups());
    store_ = Open((place_ / "store").string());
    broker_ = std::make_unique<Broker>(*store_, policies_, routes_, *store_->Recover(), now_);
  }
  ~BackupTest() override { fs::remove_all(place_); }

  std::string KeyFile() const { return (place_ / "master.key").string(); }
  std::string Backups() const { return (place_ / "backups").string(); }
  std::unique_ptr<store::Store> Open(const std::string& directory) const {
    auto store = store::OpenRocksStore({directory, KeyFile()});
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }

  template <class Result>
  Result Ask(const Identity& who, wire::CallBody call, const std::string& backups) {
    Loop loop({transport_, *store_, *broker_, edge_, [this] { return now_; },
               [](absl::Time) { return Vitals{}; }, backups});
    transport_.sent.clear();
    transport_.arriving.push_back({"peer", who, EncodeCall({5, std::move(call)}), false});
    EXPECT_TRUE(loop.Turn().ok());
    EXPECT_EQ(transport_.sent.size(), 1u);
    if (transport_.sent.size() != 1) return {};
    EXPECT_EQ(transport_.sent[0].correlation, 5u);
    const auto* result = std::get_if<Result>(&transport_.sent[0].body);
    EXPECT_NE(result, nullptr) << "another reply: " << transport_.sent[0].body.index();
    return result ? *result : Result{};
  }
  void Deposit(const std::string& reference) {
    wire::Deposit::Item item{kBilling,     "750000002",  reference, Kind::kAuthorisation,
                             "text/plain", "the content"};
    Ask<wire::DepositResult>(kShop, wire::Deposit{{item}}, "");
  }
  Error Refusal(const std::string& name, const std::string& backups) {
    return Ask<Error>(kAnne, wire::Backup{name, "before the change"}, backups);
  }
  wire::BackupResult Copy(const std::string& name) {
    return Ask<wire::BackupResult>(kAnne, wire::Backup{name, "before the change"}, Backups());
  }

  const absl::Time now_ = absl::FromUnixSeconds(1706698800);
  fs::path place_;
  Policies policies_{{kBilling, Policy{}}};
  Routes routes_;
  Edge edge_{{}, routes_, absl::UTCTimeZone()};
  FakeTransport transport_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Broker> broker_;
};

TEST_F(BackupTest, ACopyHoldsAllThatWasDurableAndTheStoreGoesOn) {
  Deposit("a");
  const wire::BackupResult made = Copy("monday");
  EXPECT_EQ(made.path, Backups() + "/monday");
  EXPECT_EQ(made.last_request, RequestId{1});
  Deposit("b");

  const auto copy = Open(made.path);
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(*copy->Content(RequestId{1}), "the content");
  EXPECT_FALSE(copy->Find(RequestId{2}));
  EXPECT_TRUE(store_->Find(RequestId{2}));
  // Whoever starts a broker over it is not believed to know what was sent since.
  EXPECT_TRUE(copy->Recover()->fenced);
  EXPECT_FALSE(store_->Recover()->fenced);
}

TEST_F(BackupTest, WithoutItsSettingThereIsNoCopy) {
  const Error error = Refusal("monday", "");
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "backup_directory");
}

TEST_F(BackupTest, AnEarlierCopyIsNeverOverwritten) {
  Copy("monday");
  const Error error = Refusal("monday", Backups());
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "name");
  EXPECT_NE(Open(Backups() + "/monday"), nullptr);
}

TEST_F(BackupTest, ACopyThatCantBeMadeHarmsNothing) {
  const Error error = Refusal("monday", (place_ / "nowhere").string());
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "backup_directory");
  EXPECT_FALSE(fs::exists(place_ / "nowhere"));
  Deposit("a");
  EXPECT_EQ(Copy("monday").last_request, RequestId{1});
}

TEST_F(BackupTest, ANameThatIsAPathIsRefused) {
  EXPECT_EQ(Refusal("../store", Backups()).code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace ecluse
