// SPDX-License-Identifier: Apache-2.0
// A live copy onto another disk: long, and nobody waits for it.
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <future>
#include <stdexcept>

#include "store/restore.h"
#include "store/verify.h"
#include "tests/runtime/backup_fixture.h"

namespace ecluse {
namespace {

uint64_t DiskOf(const fs::path& path) {
  struct stat told = {};
  return stat(path.c_str(), &told) == 0 ? told.st_dev : 0;
}

class CopyingTest : public BackupTest {
 protected:
  void SetUp() override {
    std::string elsewhere = "/dev/shm/ecluse-backup-XXXXXX";
    if (mkdtemp(elsewhere.data()) == nullptr) GTEST_SKIP() << "there is no other disk";
    elsewhere_ = elsewhere;
    if (DiskOf(elsewhere_) == DiskOf(place_)) GTEST_SKIP() << "it is the same disk";
    Begin([this](const std::string&, const std::atomic<bool>& given_up) { HoldUp(given_up); });
  }
  ~CopyingTest() override {
    GoOn();
    loop_.reset();
    copying_.reset();
    if (!elsewhere_.empty()) fs::remove_all(elsewhere_);
  }

  // A life of the broker.
  void Begin(Copying::Pause pause) {
    loop_.reset();
    copying_ = std::make_unique<Copying>(Copying::Places{Store(), elsewhere_}, std::move(pause));
    loop_ = std::make_unique<Loop>(Ports(*copying_));
  }
  // Before its second file each copy waits until it may go on, or is given up.
  void HoldUp(const std::atomic<bool>& given_up) {
    if (++files_ != 2) return;
    second_.set_value();
    (held_up_ ? given_up : may_go_on_).wait(false);
  }
  void GoOn() {
    may_go_on_ = true;
    may_go_on_.notify_all();
  }

  // What is said in the turn that hears this.
  std::vector<wire::Reply> Say(const Identity& who, uint64_t correlation, wire::CallBody call) {
    transport_.sent.clear();
    transport_.arriving.push_back({"peer", who, EncodeCall({correlation, std::move(call)}), false});
    EXPECT_TRUE(loop_->Turn().ok());
    return std::exchange(transport_.sent, {});
  }
  std::vector<wire::Reply> SayBackup(uint64_t correlation, const std::string& name) {
    return Say(kAnne, correlation, wire::Backup{name, "before the change"});
  }
  // Turns until something is said.
  std::vector<wire::Reply> Hear() {
    while (transport_.sent.empty()) {
      if (!loop_->Turn().ok()) break;
    }
    return std::exchange(transport_.sent, {});
  }
  static Error ErrorIn(const std::vector<wire::Reply>& replies) {
    EXPECT_EQ(replies.size(), 1u);
    const auto* error = replies.size() == 1 ? std::get_if<Error>(&replies[0].body) : nullptr;
    EXPECT_NE(error, nullptr);
    return error == nullptr ? Error{} : *error;
  }
  bool NothingIsLeft() const { return fs::is_empty(elsewhere_) && !fs::exists(Store() + "/ASIDE"); }

  std::string elsewhere_;
  std::promise<void> second_;
  std::atomic<bool> may_go_on_ = false;
  bool held_up_ = false;  // to the end
  int files_ = 0;
  std::unique_ptr<Copying> copying_;
  std::unique_ptr<Loop> loop_;
};

TEST_F(CopyingTest, NobodyWaitsForIt) {
  Deposit("before");
  EXPECT_TRUE(SayBackup(7, "monday").empty());
  second_.get_future().wait();
  for (const char* reference : {"meanwhile", "and again"}) {
    const auto replies = Say(kShop, 8, Sheet(reference));
    ASSERT_EQ(replies.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<wire::DepositResult>(replies[0].body));
  }
  EXPECT_FALSE(fs::exists(elsewhere_ + "/monday"));

  GoOn();
  const auto replies = Hear();
  ASSERT_EQ(replies.size(), 1u);
  EXPECT_EQ(replies[0].correlation, 7u);
  const auto* made = std::get_if<wire::BackupResult>(&replies[0].body);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->path, elsewhere_ + "/monday");
  EXPECT_EQ(made->last_request, RequestId{1});
  const std::string again = (place_ / "again").string();
  const absl::Status restored = store::RestoreStore(made->path, again, KeyFile());
  ASSERT_TRUE(restored.ok()) << restored;
  const auto checked =
      store::VerifyStore({again, KeyFile()}, [](const store::Finding& f) { FAIL() << f.what; });
  ASSERT_TRUE(checked.ok()) << checked.status();
  const auto copy = Open(again);
  EXPECT_TRUE(copy->Recover()->fenced);
  EXPECT_TRUE(copy->Find(RequestId{1}));
  EXPECT_FALSE(copy->Find(RequestId{2})) << "it is of the moment at which it was begun";
  fs::remove_all(made->path);
  EXPECT_TRUE(NothingIsLeft());
}

TEST_F(CopyingTest, ASecondOneIsRefusedMeanwhileAndMadeAfterwards) {
  SayBackup(7, "monday");
  second_.get_future().wait();
  const Error error = ErrorIn(SayBackup(8, "tuesday"));
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "under_way");
  GoOn();
  EXPECT_EQ(Hear().size(), 1u);
  SayBackup(9, "tuesday");
  const auto replies = transport_.sent.empty() ? Hear() : transport_.sent;
  EXPECT_TRUE(std::holds_alternative<wire::BackupResult>(replies.at(0).body));
  EXPECT_TRUE(fs::exists(elsewhere_ + "/monday/CURRENT"));
  EXPECT_TRUE(fs::exists(elsewhere_ + "/tuesday/CURRENT"));
}

TEST_F(CopyingTest, WhoSaysItAgainWaitsForTheSameCopy) {
  SayBackup(7, "monday");
  second_.get_future().wait();
  EXPECT_TRUE(SayBackup(7, "monday").empty());
  EXPECT_TRUE(SayBackup(8, "monday").empty());
  GoOn();
  const auto replies = Hear();
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(replies[0].correlation, 7u);
  EXPECT_EQ(replies[1].correlation, 8u);
  EXPECT_EQ(replies[0].body, replies[1].body);
}

TEST_F(CopyingTest, AnEndInMidCopyLeavesNothing) {
  held_up_ = true;
  SayBackup(7, "monday");
  second_.get_future().wait();
  EXPECT_TRUE(fs::exists(elsewhere_ + "/monday.part"));
  EXPECT_TRUE(fs::exists(Store() + "/ASIDE/monday/CURRENT"));
  loop_.reset();
  copying_.reset();
  EXPECT_TRUE(NothingIsLeft());
}

TEST_F(CopyingTest, WhatAKilledBrokerLeftIsRemovedAndNothingElse) {
  for (const std::string& left : {Store() + "/ASIDE/monday", elsewhere_ + "/monday.part",
                                  elsewhere_ + "/sunday.part", elsewhere_ + "/sunday"}) {
    fs::create_directories(left);
    std::ofstream(left + "/CURRENT") << "x";
  }
  Begin(nullptr);
  EXPECT_FALSE(fs::exists(Store() + "/ASIDE"));
  EXPECT_FALSE(fs::exists(elsewhere_ + "/monday.part"));
  EXPECT_TRUE(fs::exists(elsewhere_ + "/sunday.part/CURRENT"));
  EXPECT_TRUE(fs::exists(elsewhere_ + "/sunday/CURRENT"));
}

TEST_F(CopyingTest, ACopyThatFailsInItsMiddleIsToldAndLeavesNothing) {
  Begin([this](const std::string& file, const std::atomic<bool>&) {
    fs::remove(Store() + "/ASIDE/monday/" + file);
  });
  EXPECT_TRUE(SayBackup(7, "monday").empty());
  const Error error = ErrorIn(Hear());
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "backup_directory");
  EXPECT_TRUE(NothingIsLeft());
}

TEST_F(CopyingTest, WhatIsThrownThereEndsTheCopyAndNotTheBroker) {
  Begin([](const std::string&, const std::atomic<bool>&) { throw std::runtime_error("no"); });
  SayBackup(7, "monday");
  EXPECT_EQ(ErrorIn(Hear()).code, ErrorCode::kBackup);
  EXPECT_TRUE(NothingIsLeft());
  Begin(nullptr);
  SayBackup(8, "monday");
  EXPECT_TRUE(std::holds_alternative<wire::BackupResult>(Hear().at(0).body));
}

}  // namespace
}  // namespace ecluse
