// SPDX-License-Identifier: Apache-2.0
// The real program on a disk that is really full: a small tmpfs in a namespace of the test's own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>
#include <zmq.hpp>

#include "broker/net/keys.h"
#include "proto/codec.h"
#include "store/master_key.h"
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
    ASSERT_TRUE(WriteKeyPair(Path("broker.key"), broker_).ok());
    ASSERT_TRUE(store::CreateMasterKey(Path("master.key")).ok());
    Write("peers.toml", "[[practice]]\nname = \"a\"\nfiness = [\"750000001\"]\nkey = \"" +
                            practice_.public_key + "\"\n");
    Write("eclused.toml",
          "endpoint = \"tcp://127.0.0.1:*\"\nendpoint_file = \"endpoint\"\n"
          "key_file = \"broker.key\"\npeers_file = \"peers.toml\"\n"
          "store_directory = \"disk/store\"\nmaster_key_file = \"master.key\"\n"
          "disk_reserve = \"64MiB\"\n"
          "[[destination]]\noperator = \"viamedis\"\nservice = \"billing\"\n");
  }
  void TearDown() override {
    umount2(Path("disk").c_str(), MNT_DETACH);
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
  }
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

  // What comes back of one deposit; nothing within the patience: kNone.
  std::variant<wire::Receipt, Error> Deposit(const std::string& reference, std::string content,
                                             std::chrono::seconds patience) const;
  // Repeats as practice software does.
  wire::Receipt DepositTillTaken(const std::string& reference, const std::string& content) const;

  // Nothing of it can be compressed.
  static std::string Noise(size_t bytes, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::string noise(bytes, 0);
    for (char& c : noise) c = static_cast<char>(random());
    return noise;
  }

  const KeyPair practice_ = *MakeKeyPair();
  const KeyPair broker_ = *MakeKeyPair();
  std::string folder_;
};

std::variant<wire::Receipt, Error> FullDiskTest::Deposit(const std::string& reference,
                                                         std::string content,
                                                         std::chrono::seconds patience) const {
  std::ifstream file(Path("endpoint"));
  std::string endpoint;
  std::getline(file, endpoint, '"');
  std::getline(file, endpoint, '"');
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  socket.set(zmq::sockopt::linger, 0);
  socket.set(zmq::sockopt::rcvtimeo, static_cast<int>(patience.count() * 1000));
  socket.set(zmq::sockopt::curve_publickey, practice_.public_key);
  socket.set(zmq::sockopt::curve_secretkey, practice_.secret_key);
  socket.set(zmq::sockopt::curve_serverkey, broker_.public_key);
  socket.connect(endpoint);
  const wire::Deposit::Item item{
      {{"viamedis"}, {"billing"}}, "750000001", reference, Kind::kBill, "text/plain",
      std::move(content)};
  const Frames frames = EncodeCall({1, wire::Deposit{{item}}});
  for (size_t i = 0; i < frames.size(); ++i) {
    socket.send(zmq::message_t(frames[i]),
                i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
  }
  Frames heard;
  zmq::message_t frame;
  do {
    if (!socket.recv(frame)) return Error{};
    heard.push_back(frame.to_string());
  } while (frame.more());
  const auto decoded = DecodeReply(std::move(heard));
  const auto* reply = std::get_if<wire::Reply>(&decoded);
  if (reply == nullptr) return Error{};
  const auto* result = std::get_if<wire::DepositResult>(&reply->body);
  return result != nullptr && result->results.size() == 1 ? result->results[0] : Error{};
}

wire::Receipt FullDiskTest::DepositTillTaken(const std::string& reference,
                                             const std::string& content) const {
  for (int tries = 0; tries < 100; ++tries) {
    const auto result = Deposit(reference, content, std::chrono::seconds(2));
    if (const auto* receipt = std::get_if<wire::Receipt>(&result)) return *receipt;
    // Told at once, so it would ask in a loop.
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return {};
}

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
    const auto result =
        Deposit("ref-" + std::to_string(i), Noise(4 << 20, i), std::chrono::seconds(5));
    if (!std::holds_alternative<wire::Receipt>(result)) break;
    receipts.push_back(std::get<wire::Receipt>(result));
  }
  ASSERT_LT(receipts.size(), 12u) << "the disk took all of it";
  ASSERT_NE(broker.LineWith("a commit failed"), "");
  ASSERT_NE(broker.LineWith("the store is closed"), "");
  const auto refused = Deposit("ref-first", "first", std::chrono::seconds(5));
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
    EXPECT_FALSE(fs::exists(Path("disk/store.ballast")));
    Fill();
    const auto refused = Deposit("ref-new", "new", std::chrono::seconds(5));
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
