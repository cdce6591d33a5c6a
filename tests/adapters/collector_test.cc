// SPDX-License-Identifier: Apache-2.0
#include "adapters/collector.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "adapters/worker.h"
#include "proto/limits.h"
#include "tests/adapters/fake_broker.h"

// What comes by itself, through a whole worker over a real socket.
namespace ecluse {
namespace {

using Epochs = std::vector<wire::Accounts::Item>;

// Keeps its news until they are noted, as an integrator's handler has to.
class Mailbox : public Handler {
 public:
  explicit Mailbox(uint64_t letters) {
    for (uint64_t i = 1; i <= letters; ++i) letters_.insert(i);
  }
  std::optional<Outcome> Deliver(const Envelope&, uint32_t, std::string_view) override {
    return std::nullopt;
  }
  std::vector<News> Collect() override {
    const std::lock_guard lock(mutex_);
    ++collections_;
    changed_.notify_all();
    if (throws_) throw std::runtime_error("from a library");
    std::vector<News> news;
    for (const uint64_t letter : letters_) {
      news.push_back({letter, {letter}, outcome::Accepted{{}, Decision::kPaid, "text/plain", "1"}});
    }
    return news;
  }
  void Noted(const News& news, ErrorCode result) override {
    const std::lock_guard lock(mutex_);
    letters_.erase(news.token);
    results_.insert({news.token, result});
    changed_.notify_all();
  }
  Epochs Accounts() override {
    const std::lock_guard lock(mutex_);
    return accounts_;
  }

  void SetAccounts(Epochs accounts) {
    const std::lock_guard lock(mutex_);
    accounts_ = std::move(accounts);
  }
  void Throw() { throws_ = true; }
  void WaitUntilEmpty() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return letters_.empty(); });
  }
  void WaitForCollections(int more) {
    std::unique_lock lock(mutex_);
    const int until = collections_ + more;
    changed_.wait(lock, [&] { return collections_ >= until; });
  }
  std::multimap<uint64_t, ErrorCode> results() {
    const std::lock_guard lock(mutex_);
    return results_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<uint64_t> letters_;
  Epochs accounts_;
  std::multimap<uint64_t, ErrorCode> results_;
  int collections_ = 0;
  std::atomic<bool> throws_ = false;
};

// Runs a worker until the end of the scope.
class Running {
 public:
  Running(Handler& handler, LinkOptions link) {
    WorkerOptions options;
    options.link = std::move(link);
    options.destinations = {{{"op"}, {"billing"}}};
    options.pull_wait = absl::Milliseconds(50);
    options.collect_every = absl::Milliseconds(1);
    options.log = [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      log_ += line + "\n";
      logged_.notify_all();
    };
    auto worker = Worker::Open(options, handler);
    EXPECT_TRUE(worker.ok()) << worker.status();
    worker_ = *std::move(worker);
    thread_ = std::thread([this] { EXPECT_TRUE(worker_->Run().ok()); });
  }
  Running(FakeBroker& broker, Handler& handler) : Running(handler, broker.Options()) {}
  ~Running() {
    Stop();
    thread_.join();
  }
  void Stop() { worker_->Stop(); }
  void WaitForLog(const std::string& words) {
    std::unique_lock lock(mutex_);
    logged_.wait(lock, [&] { return log_.find(words) != std::string::npos; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable logged_;
  std::string log_;
  std::unique_ptr<Worker> worker_;
  std::thread thread_;
};

// The calls of one kind as a script; pulls get no work.
template <class Call>
FakeBroker::Script On(std::function<std::optional<wire::ReplyBody>(const Call&)> answer) {
  return [answer](const wire::CallBody& call) -> std::optional<wire::ReplyBody> {
    if (const auto* mine = std::get_if<Call>(&call)) return answer(*mine);
    return wire::Work{};
  };
}

wire::ReplyBody Note(ErrorCode code) { return wire::Noted{{code}}; }

TEST(CollectorTest, NewsIsSaidAgainUntilTheBrokerNotedIt) {
  int words = 0;
  std::set<uint64_t> kept;
  FakeBroker broker(On<wire::Answer>([&](const auto& answer) -> std::optional<wire::ReplyBody> {
    const bool news = kept.insert(answer.request.value).second;
    if (++words % 3 != 0) return std::nullopt;
    return Note(news ? ErrorCode::kNone : ErrorCode::kStale);
  }));
  Mailbox mailbox(40);
  {
    Running worker(broker, mailbox);
    mailbox.WaitUntilEmpty();
  }
  broker.Stop();
  EXPECT_EQ(kept.size(), 40u);
  EXPECT_EQ(mailbox.results().size(), 40u) << "each is told once";
}

TEST(CollectorTest, WhatTheBrokerCannotUseMayBeForgotten) {
  FakeBroker broker(On<wire::Answer>([](const auto&) -> std::optional<wire::ReplyBody> {
    return Error{ErrorCode::kUnknownRequest, "request"};
  }));
  Mailbox mailbox(1);
  Running worker(broker, mailbox);
  mailbox.WaitUntilEmpty();
  EXPECT_EQ(mailbox.results().begin()->second, ErrorCode::kUnknownRequest);
}

TEST(CollectorTest, ARefusalThatSpeaksOfTheAdapterLeavesTheNewsWithTheHandler) {
  int words = 0;
  FakeBroker broker(On<wire::Answer>([&](const auto&) -> std::optional<wire::ReplyBody> {
    if (++words < 3) return Error{ErrorCode::kNotServed, "request"};
    return Note(ErrorCode::kNone);
  }));
  Mailbox mailbox(1);
  Running worker(broker, mailbox);
  mailbox.WaitUntilEmpty();
  EXPECT_EQ(mailbox.results(), (std::multimap<uint64_t, ErrorCode>{{1, ErrorCode::kNone}}));
  worker.WaitForLog("request 1 changed nothing: error 403");
}

TEST(CollectorTest, OnlySomeAreUnderWayAtATime) {
  int words = 0;
  std::set<uint64_t> heard;
  std::set<uint64_t> first;
  FakeBroker broker(On<wire::Answer>([&](const auto& answer) -> std::optional<wire::ReplyBody> {
    heard.insert(answer.request.value);
    // Silent for three rounds of saying again.
    if (++words < 3 * 16) return std::nullopt;
    if (first.empty()) first = heard;
    return Note(ErrorCode::kNone);
  }));
  Mailbox mailbox(40);
  {
    Running worker(broker, mailbox);
    mailbox.WaitUntilEmpty();
  }
  broker.Stop();
  EXPECT_EQ(first.size(), 16u);
  EXPECT_EQ(heard.size(), 40u);
}

TEST(CollectorTest, AStopFinishesWhatIsUnderWay) {
  std::atomic<bool> said = false;
  FakeBroker broker(On<wire::Answer>([&](const auto&) -> std::optional<wire::ReplyBody> {
    // The first word is lost, so that the stop comes before the answer.
    if (said.exchange(true)) return Note(ErrorCode::kNone);
    said.notify_all();
    return std::nullopt;
  }));
  Mailbox mailbox(1);
  {
    Running worker(broker, mailbox);
    said.wait(false);
  }
  EXPECT_EQ(mailbox.results().size(), 1u) << "noted, and the handler knows";
}

TEST(CollectorTest, AHandlerThatThrowsIsAskedAgain) {
  FakeBroker broker(On<wire::Answer>(
      [](const auto&) -> std::optional<wire::ReplyBody> { return Note(ErrorCode::kNone); }));
  Mailbox mailbox(1);
  mailbox.Throw();
  Running worker(broker, mailbox);
  mailbox.WaitForCollections(2);
  worker.WaitForLog("the handler threw while it was asked what came by itself");
}

// What the broker heard of accounts.
class AccountsTest : public testing::Test {
 protected:
  std::optional<wire::ReplyBody> Hear(const wire::Accounts& call) {
    const std::lock_guard lock(mutex_);
    if (++words_ <= refused_) return Error{ErrorCode::kDiskLow, ""};
    heard_.push_back(call.items);
    changed_.notify_all();
    return wire::Noted{std::vector(call.items.size(), ErrorCode::kNone)};
  }
  // Nothing gets lost here, so whatever is heard twice was told twice.
  LinkOptions Patient() const {
    LinkOptions options = broker_.Options();
    options.patience = options.patience_most = absl::Minutes(10);
    return options;
  }
  std::vector<Epochs> Heard(size_t calls) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return heard_.size() >= calls; });
    return heard_;
  }

  int refused_ = 0;
  Mailbox mailbox_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  int words_ = 0;
  std::vector<Epochs> heard_;
  FakeBroker broker_{On<wire::Accounts>([this](const wire::Accounts& call) { return Hear(call); })};
};

TEST_F(AccountsTest, AccountsAreToldAtTheStartAndWhenTheyChange) {
  const Epochs before{{{"shop"}, 1}, {{"port"}, 4}};
  const Epochs after{{{"shop"}, 2}, {{"port"}, 4}};
  mailbox_.SetAccounts(before);
  Running worker(mailbox_, Patient());
  EXPECT_EQ(Heard(1)[0], before);
  mailbox_.WaitForCollections(3);
  mailbox_.SetAccounts(after);
  EXPECT_EQ(Heard(2)[1], after);
  mailbox_.WaitForCollections(3);
  EXPECT_EQ(Heard(2).size(), 2u) << "what is unchanged is not told again";
}

TEST_F(AccountsTest, ABrokerThatRestartedIsToldAgain) {
  mailbox_.SetAccounts({{{"shop"}, 1}});
  Running worker(broker_, mailbox_);
  Heard(1);
  broker_.Stop();
  size_t before = 0;
  {
    const std::lock_guard lock(mutex_);
    before = heard_.size();
  }
  broker_.Start();
  EXPECT_EQ(Heard(before + 1).back().size(), 1u);
}

TEST_F(AccountsTest, RefusedAccountsAreToldAgain) {
  refused_ = 2;
  mailbox_.SetAccounts({{{"shop"}, 1}});
  Running worker(mailbox_, Patient());
  EXPECT_EQ(Heard(1)[0].size(), 1u);
}

TEST_F(AccountsTest, ManyAccountsGoInSeveralCalls) {
  Epochs many;
  for (int i = 0; i < 2100; ++i) many.push_back({{"shop-" + std::to_string(i)}, 1});
  mailbox_.SetAccounts(many);
  Running worker(mailbox_, Patient());
  Epochs all;
  for (const Epochs& part : Heard(3)) {
    EXPECT_LE(part.size(), limits::kAccountsPerCall);
    all.insert(all.end(), part.begin(), part.end());
  }
  EXPECT_EQ(all, many);
}

}  // namespace
}  // namespace ecluse
