// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/delivery.h"

#include <condition_variable>
#include <mutex>

#include "tests/bench/row.h"

namespace ecluse::bench {

class Delivery::Memory : public Handler {
 public:
  std::optional<Outcome> Deliver(const Envelope&, uint32_t, std::string_view) override {
    const std::lock_guard lock(mutex_);
    latest_ = Seconds();
    if (count_++ == 0) first_ = latest_;
    if (count_ >= wanted_) reached_.notify_all();
    return outcome::Answered{Decision::kGranted, "text/plain", "accord"};
  }

  double WaitFor(uint64_t deliveries) {
    std::unique_lock lock(mutex_);
    wanted_ = deliveries;
    const auto enough = [&] { return count_ >= deliveries; };
    if (!reached_.wait_for(lock, std::chrono::minutes(10), enough)) GiveUp("nothing is delivered");
    return latest_;
  }

  double first() {
    const std::lock_guard lock(mutex_);
    return first_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable reached_;
  uint64_t count_ = 0;
  uint64_t wanted_ = UINT64_MAX;
  double first_ = 0;
  double latest_ = 0;
};

Delivery::Delivery(const Daemon& daemon) : memory_(std::make_unique<Memory>()) {
  WorkerOptions options;
  options.link = daemon.AdapterLink();
  options.destinations = {{{"memory"}, {"authorisation"}}};
  options.threads = 128;  // as many as may be at the operator at once
  options.slots = 256;
  options.longest_delivery = absl::Seconds(1);
  options.log = [](const std::string&) {};
  auto worker = Worker::Open(std::move(options), *memory_);
  if (!worker.ok()) GiveUp(std::string(worker.status().message()));
  worker_ = *std::move(worker);
  thread_ = std::thread([this] {
    // What is not noted at the end is no part of the measure.
    [[maybe_unused]] const absl::Status status = worker_->Run();
  });
}

Delivery::~Delivery() {
  worker_->Stop();
  thread_.join();
}

double Delivery::WaitFor(uint64_t deliveries) { return memory_->WaitFor(deliveries); }
double Delivery::first() const { return memory_->first(); }

}  // namespace ecluse::bench
