// SPDX-License-Identifier: Apache-2.0
// The real program on a disk that is really full: a small tmpfs in a namespace of the test's own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <utility>

#include "tests/runtime/depositor.h"
#include "tests/runtime/process.h"

namespace ecluse {
namespace {

namespace fs = std::filesystem;

// Who is not root becomes it in a namespace of users, where the kernel allows that.
bool EnterNamespace() {
  const uid_t user = getuid();
  const gid_t group = getgid();
  if (unshare(CLONE_NEWNS) != 0) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
  }
  return mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

class FullDiskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "full_diskXXXXXX";
    folder_ = mkdtemp(pattern.data());
    fs::create_directory(Path("disk"));
    if (!EnterNamespace() || mount("tmpfs", Path("disk").c_str(), "tmpfs", 0, "size=256m") != 0) {
      GTEST_SKIP() << "this user may not mount a file system, so no disk can be filled";
    }
    practice_.emplace(folder_, "disk/store");
  }
  void TearDown() override {
    umount2(Path("disk").c_str(), MNT_DETACH);
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::vector<std::string> Command() const {
    return {ECLUSE_ECLUSED, "--config", Path("eclused.toml")};
  }

  // Another program takes all the room there is.
  void Fill() const {
    const int fd = open(Path("disk/filler").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const std::string piece(256 << 10, 'x');
    while (write(fd, piece.data(), piece.size()) > 0) {
    }
    close(fd);
  }
  // And all the names.
  int FillNames() const {
    int names = 0;
    for (;; ++names) {
      const std::string name = Path("disk/name") + std::to_string(names);
      const int fd = open(name.c_str(), O_WRONLY | O_CREAT, 0600);
      if (fd < 0) return names;
      close(fd);
    }
  }
  void FreeNames(int names) const {
    for (int i = 0; i < names; ++i) fs::remove(Path("disk/name") + std::to_string(i));
  }

  auto Deposit(const std::string& reference, std::string content) const {
    return practice_->Deposit(reference, std::move(content), std::chrono::seconds(5));
  }
  wire::Receipt DepositTillTaken(const std::string& reference, const std::string& content) const {
    return practice_->DepositTillTaken(reference, content);
  }

  // Nothing of it can be compressed.
  static std::string Noise(size_t bytes, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::string noise(bytes, 0);
    for (char& c : noise) c = static_cast<char>(random());
    return noise;
  }

  std::string folder_;
  std::optional<Depositor> practice_;
};

// The store can make no new file, so its log can't go on.
TEST_F(FullDiskTest, FailedCommitEndsALifeAndTheNextBeginsWhenThereIsRoom) {
  ASSERT_EQ(mount("", Path("disk").c_str(), nullptr, MS_REMOUNT, "size=256m,nr_inodes=100"), 0);
  Process broker(Command());
  ASSERT_NE(broker.LineWith("ballast: 64 MiB"), "") << broker.said();
  const wire::Receipt first = DepositTillTaken("ref-first", "first");
  ASSERT_NE(first.number, RequestId{});

  const int names = FillNames();
  std::vector<wire::Receipt> receipts;
  for (uint64_t i = 0; i < 12; ++i) {
    const auto result = Deposit("ref-" + std::to_string(i), Noise(4 << 20, i));
    if (!std::holds_alternative<wire::Receipt>(result)) break;
    receipts.push_back(std::get<wire::Receipt>(result));
  }
  ASSERT_LT(receipts.size(), 12u) << "the disk took all of it";
  ASSERT_NE(broker.LineWith("a commit failed"), "");
  ASSERT_NE(broker.LineWith("the store is closed"), "");
  const auto refused = Deposit("ref-first", "first");
  ASSERT_TRUE(std::holds_alternative<Error>(refused));
  EXPECT_EQ(std::get<Error>(refused).code, ErrorCode::kDiskLow);
  ASSERT_NE(broker.LineWith("waiting for the disk"), "");

  FreeNames(names);
  ASSERT_NE(broker.LineWith("is well: the store is opened again"), "");
  ASSERT_NE(broker.LineWith("ready"), "");
  const wire::Receipt again = DepositTillTaken("ref-first", "first");
  EXPECT_EQ(again.number, first.number);
  for (uint64_t i = 0; i < receipts.size(); ++i) {
    const wire::Receipt repeat = DepositTillTaken("ref-" + std::to_string(i), Noise(4 << 20, i));
    EXPECT_EQ(repeat.number, receipts[i].number) << "a receipt was given, and forgotten";
    EXPECT_TRUE(repeat.repeated);
  }
  EXPECT_NE(DepositTillTaken("ref-new", "new").number, RequestId{});
  broker.Signal(SIGTERM);
  EXPECT_EQ(broker.Exit(), 0) << broker.said();
}

TEST_F(FullDiskTest, BrokerThatFindsTheDiskFullStartsWhenThereIsRoom) {
  wire::Receipt first;
  {
    Process broker(Command());
    ASSERT_NE(broker.LineWith("ballast: 64 MiB"), "") << broker.said();
    first = DepositTillTaken("ref-first", "first");
    ASSERT_NE(first.number, RequestId{});
    Fill();
    ASSERT_NE(broker.LineWith("the ballast is given back"), "");
    EXPECT_EQ(fs::file_size(Path("disk/store.ballast")), 0u);
    Fill();
    const auto refused = Deposit("ref-new", "new");
    ASSERT_TRUE(std::holds_alternative<Error>(refused));
    EXPECT_EQ(std::get<Error>(refused).code, ErrorCode::kDiskLow);
    EXPECT_EQ(DepositTillTaken("ref-first", "first").number, first.number) << "a repeat is told";
    broker.Signal(SIGKILL);
    broker.Exit();
  }
  Fill();
  Process broker(Command());
  ASSERT_NE(broker.LineWith("waiting for the disk"), "") << broker.said();
  fs::remove(Path("disk/filler"));
  ASSERT_NE(broker.LineWith("ready"), "");
  EXPECT_EQ(DepositTillTaken("ref-first", "first").number, first.number);
  EXPECT_NE(DepositTillTaken("ref-new", "new").number, RequestId{});
  broker.Signal(SIGTERM);
  EXPECT_EQ(broker.Exit(), 0) << broker.said();
}

}  // namespace
}  // namespace ecluse
