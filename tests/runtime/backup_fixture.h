// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "broker/runtime/copying.h"
#include "broker/runtime/loop.h"
#include "proto/codec.h"
#include "store/master_key.h"
#include "store/rocks_store.h"

// The verb `backup`, with the real loop, the real core and the real store.
namespace ecluse {

namespace fs = std::filesystem;

inline const Destination kBilling{{"viamedis"}, {"billing"}};
inline const identity::Practice kShop{{"shop"}, {"750000002"}};
inline const identity::Ops kAnne{"anne", true};

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
    store_ = Open(Store());
    broker_ = std::make_unique<Broker>(*store_, policies_, routes_, *store_->Recover(), now_);
  }
  ~BackupTest() override { fs::remove_all(place_); }

  std::string KeyFile() const { return (place_ / "master.key").string(); }
  std::string Store() const { return (place_ / "store").string(); }
  std::string Backups() const { return (place_ / "backups").string(); }
  std::unique_ptr<store::Store> Open(const std::string& directory) const {
    auto store = store::OpenRocksStore({directory, KeyFile()});
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }

  Loop::Ports Ports(Copying& copying) {
    return {transport_,
            *store_,
            *broker_,
            edge_,
            [this] { return now_; },
            [](absl::Time) { return Vitals{}; },
            &copying};
  }
  template <class Result>
  Result Ask(const Identity& who, wire::CallBody call, const std::string& backups) {
    Copying copying({Store(), backups});
    Loop loop(Ports(copying));
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
  static wire::Deposit Sheet(const std::string& reference) {
    return {
        {{kBilling, "750000002", reference, Kind::kAuthorisation, "text/plain", "the content"}}};
  }
  void Deposit(const std::string& reference) {
    Ask<wire::DepositResult>(kShop, Sheet(reference), "");
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

}  // namespace ecluse
