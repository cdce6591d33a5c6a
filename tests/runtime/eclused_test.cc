// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <zmq.hpp>

#include "broker/net/keys.h"
#include "proto/codec.h"
#include "store/master_key.h"
#include "tests/runtime/process.h"

namespace ecluse {
namespace {

namespace fs = std::filesystem;

// The real program with a folder of its own.
class EclusedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "eclusedXXXXXX";
    folder_ = mkdtemp(pattern.data());
    ASSERT_TRUE(WriteKeyPair(Path("broker.key"), *MakeKeyPair()).ok());
    ASSERT_TRUE(store::CreateMasterKey(Path("master.key")).ok());
    Write("peers.toml", "[[practice]]\nname = \"a\"\nfiness = [\"750000001\"]\nkey = \"" +
                            practice_.public_key + "\"\n");
    Configure("");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
  }
  // Lines before and within the destination.
  void Configure(const std::string& before, const std::string& within = "",
                 const std::string& store = "store") const {
    Write("eclused.toml",
          "endpoint = \"tcp://127.0.0.1:*\"\nendpoint_file = \"endpoint\"\n"
          "key_file = \"broker.key\"\npeers_file = \"peers.toml\"\nstore_directory = \"" +
              store + "\"\nmaster_key_file = \"master.key\"\ndisk_reserve = \"" + disk_reserve_ +
              "\"\n" + before +
              "[[destination]]\noperator = \"viamedis\"\nservice = \"billing\"\n" + within);
  }
  std::vector<std::string> Command(const std::string& more = "") const {
    std::vector<std::string> command = {ECLUSE_ECLUSED, "--config", Path("eclused.toml")};
    if (!more.empty()) command.push_back(more);
    return command;
  }

  // What a start that is refused says; empty: it was not refused with the start's exit code.
  std::string Refusal() const {
    Process process(Command());
    return process.Exit() == 2 ? process.said() : "";
  }
  static bool Has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  wire::Reply Ask(const wire::Call& call) const {
    std::ifstream file(Path("endpoint"));
    std::string endpoint;
    std::getline(file, endpoint, '"');
    std::getline(file, endpoint, '"');
    zmq::context_t context;
    zmq::socket_t socket(context, zmq::socket_type::dealer);
    socket.set(zmq::sockopt::linger, 300);
    socket.set(zmq::sockopt::rcvtimeo, 30'000);
    socket.set(zmq::sockopt::curve_publickey, practice_.public_key);
    socket.set(zmq::sockopt::curve_secretkey, practice_.secret_key);
    socket.set(zmq::sockopt::curve_serverkey, ReadKeyPair(Path("broker.key"))->public_key);
    socket.connect(endpoint);
    const Frames frames = EncodeCall(call);
    for (size_t i = 0; i < frames.size(); ++i) {
      socket.send(zmq::message_t(frames[i]),
                  i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
    }
    Frames heard;
    zmq::message_t frame;
    do {
      if (!socket.recv(frame)) return {};
      heard.push_back(frame.to_string());
    } while (frame.more());
    const auto reply = DecodeReply(std::move(heard));
    return std::holds_alternative<wire::Reply>(reply) ? std::get<wire::Reply>(reply)
                                                      : wire::Reply{};
  }
  wire::Receipt Deposit() const {
    const wire::Deposit::Item item{
        {{"viamedis"}, {"billing"}}, "750000001", "ref-1", Kind::kBill, "text/plain", "content"};
    const wire::Reply reply = Ask({1, wire::Deposit{{item}}});
    const auto* result = std::get_if<wire::DepositResult>(&reply.body);
    if (result == nullptr || result->results.size() != 1) return {};
    const auto* receipt = std::get_if<wire::Receipt>(&result->results[0]);
    return receipt == nullptr ? wire::Receipt{} : *receipt;
  }

  const KeyPair practice_ = *MakeKeyPair();
  std::string folder_;
  std::string disk_reserve_ = "64MiB";
};

TEST_F(EclusedTest, SaysReadyWithEndpointAndKeyAndStopsWhenAsked) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Process broker(Command());
    const std::string line = broker.LineWith("ready");
    EXPECT_TRUE(Has(line, "tcp://127.0.0.1:")) << broker.said();
    EXPECT_TRUE(Has(line, ReadKeyPair(Path("broker.key"))->public_key));
    EXPECT_TRUE(fs::exists(Path("endpoint")));
    broker.Signal(signal);
    EXPECT_EQ(broker.Exit(), 0) << broker.said();
    EXPECT_TRUE(Has(broker.said(), "stopped: turns="));
  }
}

TEST_F(EclusedTest, ReceiptOutlivesTheProcess) {
  Process first(Command());
  ASSERT_NE(first.LineWith("ready"), "");
  const wire::Receipt receipt = Deposit();
  ASSERT_NE(receipt.number, RequestId{});
  first.Signal(SIGKILL);
  EXPECT_EQ(first.Exit(), -SIGKILL);

  Process second(Command());
  ASSERT_NE(second.LineWith("ready"), "");
  const wire::Receipt again = Deposit();
  EXPECT_EQ(again.number, receipt.number);
  EXPECT_TRUE(again.repeated);
}

TEST_F(EclusedTest, SecondBrokerOnOneStoreIsRefused) {
  Process first(Command());
  ASSERT_NE(first.LineWith("ready"), "");
  EXPECT_TRUE(Has(Refusal(), "cannot start"));
  EXPECT_EQ(Deposit().number.value, 1u);
}

TEST_F(EclusedTest, StoreThatIsGoneIsNotReplacedByAnEmptyOne) {
  Process first(Command());
  ASSERT_NE(first.LineWith("a new and empty store"), "");
  ASSERT_NE(first.LineWith("ready"), "");
  ASSERT_EQ(Deposit().number.value, 1u);
  first.Signal(SIGKILL);
  first.Exit();

  fs::rename(Path("store"), Path("away"));
  // Given back or not: the sign is the file.
  for (const char* which : {"held", "given back"}) {
    const std::string refusal = Refusal();
    EXPECT_TRUE(Has(refusal, "there was one: " + Path("store.ballast"))) << which << refusal;
    EXPECT_FALSE(fs::exists(Path("store")));
    fs::resize_file(Path("store.ballast"), 0);
  }

  fs::rename(Path("away"), Path("store"));
  Process again(Command());
  ASSERT_NE(again.LineWith("ready"), "");
  EXPECT_TRUE(Deposit().repeated);
}

TEST_F(EclusedTest, AMachineThatAllowsTooFewFilesIsAStartError) {
  Process process(
      {"/bin/sh", "-c", "ulimit -n 512; exec " ECLUSE_ECLUSED " --config " + Path("eclused.toml")});
  EXPECT_EQ(process.Exit(), 2);
  EXPECT_TRUE(Has(process.said(), "allows 512 open files")) << process.said();
}

TEST_F(EclusedTest, StoreThatCannotBeIsRefused) {
  Write("a-file", "not a store");
  Configure("", "", "a-file");
  EXPECT_TRUE(Has(Refusal(), "a-file"));
  Configure("", "", "/proc/ecluse-store");  // nobody may write there, not even root
  EXPECT_TRUE(Has(Refusal(), "/proc/ecluse-store"));
  Configure("", "", "no/such/parent");
  EXPECT_TRUE(Has(Refusal(), "no/such/parent"));
}

TEST_F(EclusedTest, MistakesInFilesAreStartErrors) {
  Configure("", "silense = \"5m\"\n");
  EXPECT_TRUE(Has(Refusal(), "is `silence` meant?"));
  Configure("");
  Write("peers.toml", "[[ops]]\nname = \"lea\"\n");
  EXPECT_TRUE(Has(Refusal(), "peers.toml:1: [[ops]] `may` is missing"));
  fs::remove(Path("peers.toml"));
  EXPECT_TRUE(Has(Refusal(), "peers.toml"));
}

TEST_F(EclusedTest, SecretThatOthersMayReadIsAStartError) {
  fs::permissions(Path("broker.key"), fs::perms::group_read, fs::perm_options::add);
  EXPECT_TRUE(Has(Refusal(), "chmod 600"));
}

TEST_F(EclusedTest, EndpointFileThatCannotBeWrittenSaysWhy) {
  Write("a-file", "");
  Process process({ECLUSE_ECLUSED, "--config", Path("eclused.toml"), "--endpoint-file",
                   Path("a-file") + "/endpoint"});
  EXPECT_EQ(process.Exit(), 2);
  EXPECT_TRUE(Has(process.said(), "a-file/endpoint: can't be written: Not a directory"))
      << process.said();
}

TEST_F(EclusedTest, CheckFindsWhatAStartOrABackupWouldMiss) {
  Configure("backup_directory = \"backups\"\n");
  Process without_backups(Command("--check"));
  EXPECT_EQ(without_backups.Exit(), 0) << "requests can be taken without";
  EXPECT_TRUE(Has(without_backups.said(), "no backup can be made")) << without_backups.said();

  fs::create_directory(Path("backups"));
  Process well(Command("--check"));
  EXPECT_EQ(well.Exit(), 0) << well.said();
  EXPECT_FALSE(Has(well.said(), "no backup can be made"));

  fs::remove(Path("master.key"));
  Process without_key(Command("--check"));
  EXPECT_EQ(without_key.Exit(), 2);
  EXPECT_TRUE(Has(without_key.said(), "master.key")) << without_key.said();
}

TEST_F(EclusedTest, CheckTouchesNothing) {
  Process check(Command("--check"));
  EXPECT_EQ(check.Exit(), 0) << check.said();
  EXPECT_TRUE(Has(check.said(), "no mistake found"));
  EXPECT_FALSE(fs::exists(Path("store")));
}

TEST_F(EclusedTest, LowDiskRefusesIntakeInsteadOfFailing) {
  disk_reserve_ = "16TiB";
  Configure("");
  Process broker(Command());
  ASSERT_NE(broker.LineWith("ready"), "");
  EXPECT_EQ(Deposit().number, RequestId{});
  EXPECT_NE(broker.LineWith("disk low"), "");
}

}  // namespace
}  // namespace ecluse
