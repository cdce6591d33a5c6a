// SPDX-License-Identifier: Apache-2.0
#include "adapters/worker.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <stdexcept>

#include "tests/adapters/fake_broker.h"

namespace ecluse {
namespace {

// What a broker would keep of one request, and the words it loses.
class Books {
 public:
  Books(uint64_t requests, int lose_every) : requests_(requests), lose_every_(lose_every) {}

  std::optional<wire::ReplyBody> operator()(const wire::CallBody& call) {
    std::optional<wire::ReplyBody> reply;
    {
      const std::lock_guard lock(mutex_);
      reply = Answer(call);
      if (lose_every_ > 0 && ++words_ % lose_every_ == 0) return std::nullopt;
    }
    return reply;
  }
  void WaitUntilAllNoted() {
    std::unique_lock lock(mutex_);
    noted_.wait(lock, [this] { return outcomes_.size() == requests_; });
  }
  std::optional<Outcome> OutcomeOf(uint64_t request) const {
    const std::lock_guard lock(mutex_);
    return outcomes_.at(request);
  }

 private:
  std::optional<wire::ReplyBody> Answer(const wire::CallBody& call) {
    if (const auto* pull = std::get_if<wire::Pull>(&call)) return Grant(*pull);
    if (const auto* begin = std::get_if<wire::Begin>(&call)) {
      wire::Proceed proceed;
      for (const auto attempt : begin->attempts) {
        proceed.items.push_back({attempt, ErrorCode::kNone, absl::Seconds(60)});
      }
      return proceed;
    }
    if (const auto* report = std::get_if<wire::Report>(&call)) {
      wire::Noted noted;
      for (const auto& item : report->items) {
        const bool news = outcomes_.emplace(item.attempt.request.value, item.outcome).second;
        noted.results.push_back(news ? ErrorCode::kNone : ErrorCode::kStale);
      }
      noted_.notify_all();
      return noted;
    }
    return Error{ErrorCode::kForbidden, ""};
  }
  // Grants what is not noted and not in the worker's hands, again and again.
  wire::ReplyBody Grant(const wire::Pull& pull) {
    wire::Work work;
    for (uint64_t id = 1; id <= requests_ && work.tasks.size() < pull.slots; ++id) {
      if (outcomes_.contains(id)) continue;
      if (std::count(pull.holding.begin(), pull.holding.end(), wire::Attempt{{id}, 1}) > 0) {
        continue;
      }
      wire::Task task;
      task.envelope.id = {id};
      task.envelope.practice = {"shop"};
      task.envelope.finess = "123456789";
      task.envelope.destination = {{"op"}, {"billing"}};
      task.envelope.reference = "r" + std::to_string(id);
      task.envelope.format = "text/plain";
      task.envelope.deposited_at = absl::UnixEpoch();
      task.attempt = 1;
      task.lease = absl::Seconds(30);
      task.content = "x";
      task.envelope.content_bytes = 1;
      work.tasks.push_back(task);
    }
    return work;
  }

  const uint64_t requests_;
  const int lose_every_;
  mutable std::mutex mutex_;
  std::condition_variable noted_;
  int words_ = 0;
  std::map<uint64_t, std::optional<Outcome>> outcomes_;
};

// Counts its calls, so that a second delivery shows.
class CountingHandler : public Handler {
 public:
  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t, std::string_view) override {
    const std::lock_guard lock(mutex_);
    ++times_[envelope.id.value];
    return outcome::Accepted{};
  }
  std::map<uint64_t, int> times() const {
    const std::lock_guard lock(mutex_);
    return times_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<uint64_t, int> times_;
};

// Runs a worker on a thread and stops it when the books are full.
void WorkUntilNoted(FakeBroker& broker, Books& books, Handler& handler) {
  WorkerOptions options;
  options.link = broker.Options();
  options.destinations = {{{"op"}, {"billing"}}};
  options.pull_wait = absl::Milliseconds(50);
  auto worker = Worker::Open(options, handler);
  ASSERT_TRUE(worker.ok()) << worker.status();
  std::thread runs([&] { EXPECT_TRUE((*worker)->Run().ok()); });
  books.WaitUntilAllNoted();
  (*worker)->Stop();
  runs.join();
}

void ExpectEachOnce(const CountingHandler& handler, uint64_t requests) {
  const auto times = handler.times();
  EXPECT_EQ(times.size(), requests);
  for (const auto& [request, count] : times) EXPECT_EQ(count, 1) << "request " << request;
}

TEST(WorkerTest, EveryRequestIsDeliveredOnceAndReported) {
  Books books(50, 0);
  FakeBroker broker(std::ref(books));
  CountingHandler handler;
  WorkUntilNoted(broker, books, handler);
  ExpectEachOnce(handler, 50);
}

TEST(WorkerTest, LostRepliesCostNoSecondDelivery) {
  Books books(50, 3);
  FakeBroker broker(std::ref(books));
  CountingHandler handler;
  WorkUntilNoted(broker, books, handler);
  ExpectEachOnce(handler, 50);
}

TEST(WorkerTest, ReportsOutliveARestartOfTheBroker) {
  Books books(20, 2);
  FakeBroker broker(std::ref(books));
  CountingHandler handler;
  std::thread restarts([&] {
    broker.WaitUntilHeard(5);
    broker.Stop();
    broker.Start();
  });
  WorkUntilNoted(broker, books, handler);
  restarts.join();
  ExpectEachOnce(handler, 20);
}

class ThrowingHandler : public Handler {
 public:
  std::optional<Outcome> Deliver(const Envelope&, uint32_t, std::string_view) override {
    throw std::runtime_error("from a library");
  }
};

TEST(WorkerTest, AHandlerThatThrowsIsReportedAsDoubt) {
  Books books(1, 0);
  FakeBroker broker(std::ref(books));
  ThrowingHandler handler;
  WorkUntilNoted(broker, books, handler);
  EXPECT_EQ(books.OutcomeOf(1), std::nullopt);
}

TEST(WorkerTest, AWorkerWithNothingToDoStopsAtOnce) {
  Books books(0, 0);
  FakeBroker broker(std::ref(books));
  CountingHandler handler;
  WorkUntilNoted(broker, books, handler);
  EXPECT_TRUE(handler.times().empty());
}

}  // namespace
}  // namespace ecluse
