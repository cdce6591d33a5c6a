// SPDX-License-Identifier: Apache-2.0
// What a worker says of its leaving, its dry runs and its store's life, over a real socket.
#include <gtest/gtest.h>

#include <condition_variable>

#include "adapters/worker.h"
#include "tests/adapters/fake_broker.h"

namespace ecluse {
namespace {

class Plain : public Handler {
 public:
  std::optional<Outcome> Deliver(const Envelope&, uint32_t, std::string_view) override {
    return outcome::Accepted{};
  }
};

class LeaveTest : public ::testing::Test {
 protected:
  std::optional<wire::ReplyBody> Hear(const wire::CallBody& call) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(call);
    changed_.notify_all();
    if (std::holds_alternative<wire::Pull>(call)) return Work();
    if (std::holds_alternative<wire::Leave>(call)) return wire::Noted{};
    if (const auto* checked = std::get_if<wire::Checked>(&call)) {
      return wire::Noted{std::vector(checked->items.size(), ErrorCode::kNone)};
    }
    return Error{ErrorCode::kForbidden, ""};
  }
  std::optional<wire::ReplyBody> Work() {
    if (work_.empty()) return std::nullopt;  // it waits at the broker
    wire::Work work = std::move(work_.front());
    work_.erase(work_.begin());
    return work;
  }
  template <class Call>
  Call WaitFor() {
    std::unique_lock lock(mutex_);
    const Call* found = nullptr;
    changed_.wait(lock, [&] {
      for (const auto& call : heard_) {
        if ((found = std::get_if<Call>(&call)) != nullptr) return true;
      }
      return false;
    });
    return *found;
  }
  void Start() {
    WorkerOptions options;
    options.link = broker_.Options();
    options.destinations = {{{"op"}, {"billing"}}};
    options.pull_wait = absl::Milliseconds(50);
    options.log = [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      log_ += line + "\n";
      changed_.notify_all();
    };
    worker_ = *Worker::Open(options, handler_);
    thread_ = std::thread([this] { EXPECT_TRUE(worker_->Run().ok()); });
  }
  void Stop() {
    worker_->Stop();
    thread_.join();
  }
  static wire::Work DryRun(StoreEpoch epoch = 0) {
    wire::Task task;
    task.what = wire::Task::What::kDryRun;
    task.envelope.id = {5};
    task.envelope.practice = {"shop"};
    task.envelope.finess = "123456789";
    task.envelope.destination = {{"op"}, {"billing"}};
    task.envelope.reference = "r";
    task.envelope.format = "text/plain";
    task.envelope.deposited_at = absl::UnixEpoch();
    task.envelope.content_bytes = 1;
    task.content = "x";
    task.attempt = 1;
    task.job = {9};
    return {{task}, epoch};
  }

  Plain handler_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<wire::CallBody> heard_;
  std::vector<wire::Work> work_;
  std::string log_;
  std::unique_ptr<Worker> worker_;
  std::thread thread_;
  FakeBroker broker_{[this](const wire::CallBody& call) { return Hear(call); }};
};

TEST_F(LeaveTest, AStopIsSaidToTheBroker) {
  Start();
  const auto pull = WaitFor<wire::Pull>();
  Stop();
  EXPECT_EQ(WaitFor<wire::Leave>().worker, pull.worker);
}

TEST_F(LeaveTest, ABrokerThatIsAwayHoldsNoStopUp) {
  Start();
  WaitFor<wire::Pull>();
  broker_.Stop();
  Stop();
}

TEST_F(LeaveTest, AHandlerWithoutDryRunsSaysThatItCantCheck) {
  work_ = {DryRun()};
  Start();
  const auto checked = WaitFor<wire::Checked>();
  ASSERT_EQ(checked.items.size(), 1u);
  EXPECT_EQ(checked.items[0].request.value, 5u);
  EXPECT_EQ(checked.items[0].job.value, 9u);
  ASSERT_EQ(checked.items[0].problems.size(), 1u);
  EXPECT_EQ(checked.items[0].problems[0].rule, "dry-run.unable");
  EXPECT_FALSE(HasErrors(checked.items[0].problems));
  Stop();
}

TEST_F(LeaveTest, WorkOfAnOldLifeIsRefusedAndLogged) {
  work_ = {wire::Work{{}, 2}, DryRun(1)};
  Start();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return log_.find("that is over") != std::string::npos; });
  }
  Stop();
  for (const auto& call : heard_) EXPECT_FALSE(std::holds_alternative<wire::Checked>(call));
}

}  // namespace
}  // namespace ecluse
