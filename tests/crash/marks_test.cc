// SPDX-License-Identifier: Apache-2.0
// Delivery marks survive a SIGKILL at once after the last proceed.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <variant>

#include "adapters/link.h"
#include "broker/net/keys.h"
#include "store/rocks_store.h"
#include "tests/crash/orders.h"
#include "tests/support/programs/process.h"
#include "tests/support/story/files.h"

namespace ecluse::crash {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

constexpr absl::Duration kWithin = absl::Seconds(60);
constexpr uint32_t kRequests = 48;
constexpr size_t kBeginsAtOnce = 8;  // calls, each for so many parts of the requests
const Destination kWhere = {{"memory"}, {"authorisation"}};

class MarksTest : public ::testing::Test {
 protected:
  using Attempts = std::map<RequestId, uint32_t>;

  void SetUp() override {
    std::string folder = (std::filesystem::temp_directory_path() / "ecluse-marks-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    port_ = story::FreePorts(1).at(0);
    broker_ = *MakeKeyPair(), practice_ = *MakeKeyPair(), adapter_ = *MakeKeyPair();
    ASSERT_TRUE(WriteKeyPair(folder_ + "/broker.key", broker_).ok());
    Write("master.key", story::NewMasterKey());
    Write("peers.toml",
          fmt::format("[[adapter]]\noperator = \"memory\"\nservices = [\"authorisation\"]\n"
                      "key = \"{}\"\n[[practice]]\nname = \"practice\"\nfiness = [\"750000001\"]\n"
                      "key = \"{}\"\n",
                      adapter_.public_key, practice_.public_key));
    Write("eclused.toml", fmt::format(R"(endpoint = "tcp://127.0.0.1:{}"
key_file = "broker.key"
peers_file = "peers.toml"
store_directory = "store"
master_key_file = "master.key"
disk_reserve = "64MiB"

[[destination]]
operator = "memory"
service = "authorisation"
in_flight = 10000
)",
                                      port_));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Delivers until every request was told to proceed, kills at that instant, and looks into the
  // store: those without a mark of that attempt.
  std::vector<RequestId> Unmarked(programs::Process& broker) {
    EXPECT_TRUE(broker.Start().ok());
    Deposit();
    const Attempts proceeded = Begin(broker);
    EXPECT_EQ(proceeded.size(), kRequests);
    auto store = store::OpenRocksStore({folder_ + "/store", folder_ + "/master.key"});
    EXPECT_TRUE(store.ok()) << store.status();
    std::vector<RequestId> unmarked;
    for (const auto& [id, attempt] : proceeded) {
      const auto request = (*store)->Find(id);
      const auto* mark = request ? std::get_if<state::Sending>(&request->state) : nullptr;
      if (mark == nullptr || mark->tries.attempt != attempt) unmarked.push_back(id);
    }
    return unmarked;
  }

  programs::Process Eclused() { return Program(ECLUSE_ECLUSED, {}); }
  programs::Process Liar() {
    auto orders = MapOrders(folder_ + "/orders");
    (*orders)->point = static_cast<uint32_t>(Point::kLieMarks);
    return Program(ECLUSE_MORTAL,
                   {"--orders", folder_ + "/orders", "--endpoint-file", folder_ + "/endpoint"});
  }

 private:
  void Write(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(story::WriteFile(folder_ + "/" + name, text).ok());
  }

  programs::Process Program(const std::string& program, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"--config", folder_ + "/eclused.toml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return programs::Process({"broker", program, arguments, folder_ + "/log"});
  }

  std::unique_ptr<Link> Connect(const KeyPair& pair) const {
    return *Link::Open({fmt::format("tcp://127.0.0.1:{}", port_), broker_.public_key,
                        pair.public_key, pair.secret_key});
  }

  void Deposit() {
    wire::Deposit deposit;
    for (uint32_t i = 0; i < kRequests; ++i) {
      deposit.items.push_back({kWhere, "750000001", fmt::format("reference-{}", ++references_),
                               Kind::kBill, "application/octet-stream", "a bill"});
    }
    const auto reply = Connect(practice_)->Ask(std::move(deposit), kWithin);
    ASSERT_TRUE(reply.ok() && std::holds_alternative<wire::DepositResult>(*reply));
  }

  wire::Work Pull(Link& link, const std::vector<wire::Attempt>& holding) {
    wire::Pull pull{worker_, {kWhere}, kRequests, holding, absl::Seconds(5)};
    const auto reply = link.Ask(std::move(pull), kWithin);
    if (reply.ok() && std::holds_alternative<wire::Work>(*reply))
      return std::get<wire::Work>(*reply);
    ADD_FAILURE() << "no work";
    return {};
  }

  Attempts Begin(programs::Process& broker) {
    const auto link = Connect(adapter_);
    ++worker_.value;
    std::vector<wire::Attempt> granted;
    StoreEpoch epoch = 0;
    for (int pulls = 0; granted.size() < kRequests && pulls < 20; ++pulls) {
      const wire::Work work = Pull(*link, granted);
      epoch = work.epoch;
      for (const wire::Task& task : work.tasks) {
        if (task.what == wire::Task::What::kDeliver) {
          granted.push_back({task.envelope.id, task.attempt});
        }
      }
    }
    for (size_t i = 0; i < kBeginsAtOnce; ++i) {
      wire::Begin begin{worker_, {}, epoch};
      for (size_t n = i; n < granted.size(); n += kBeginsAtOnce) {
        begin.attempts.push_back(granted[n]);
      }
      link->Start(std::move(begin), kWithin);
    }
    Attempts proceeded;
    while (link->InFlight() > 0) {
      const auto arrival = link->Next(kWithin);
      if (!arrival || !arrival->reply.ok()) break;
      const auto* proceed = std::get_if<wire::Proceed>(&*arrival->reply);
      if (proceed == nullptr) break;
      for (const auto& item : proceed->items) {
        if (item.error == ErrorCode::kNone) proceeded[item.attempt.request] = item.attempt.attempt;
      }
    }
    broker.Kill();
    return proceeded;
  }

  std::string folder_;
  int port_ = 0;
  KeyPair broker_, practice_, adapter_;
  WorkerId worker_ = {};
  uint64_t references_ = 0;
};

TEST_F(MarksTest, DeliveryMarksSurviveAKillAtOnceAfterTheLastProceed) {
  programs::Process broker = Eclused();
  for (int round = 0; round < 10; ++round) EXPECT_THAT(Unmarked(broker), IsEmpty());
}

TEST_F(MarksTest, MarksThatAreLeftOutAreMissed) {
  programs::Process broker = Liar();
  EXPECT_THAT(Unmarked(broker), Not(IsEmpty()));
}

}  // namespace
}  // namespace ecluse::crash
