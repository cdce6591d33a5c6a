// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/operator.h"

#include "tests/peers/house.h"

namespace ecluse::peers {

class Operator::Book : public Handler {
 public:
  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t, std::string_view) override {
    const std::lock_guard lock(mutex_);
    if (++got_[envelope.id.value] > 1) ++doubled_;
    return outcome::Answered{Decision::kGranted, "text/plain", std::string(300, 'a')};
  }
  size_t doubled() {
    const std::lock_guard lock(mutex_);
    return doubled_;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<uint64_t, int> got_;
  size_t doubled_ = 0;
};

Operator::Operator(const LinkOptions& link) : book_(std::make_unique<Book>()) {
  WorkerOptions options;
  options.link = link;
  options.destinations = {{{House::kOperator}, {House::kService}}};
  options.threads = 8;
  options.slots = 256;
  options.longest_delivery = absl::Seconds(1);
  options.stop_within = absl::Seconds(5);
  options.log = [](const std::string&) {};
  auto worker = Worker::Open(std::move(options), *book_);
  if (!worker.ok()) GiveUp(std::string(worker.status().message()));
  worker_ = *std::move(worker);
  thread_ = std::thread([this] {
    // What is not noted at the end is no part of the count.
    [[maybe_unused]] const absl::Status status = worker_->Run();
  });
}

Operator::~Operator() {
  worker_->Stop();
  thread_.join();
}

size_t Operator::doubled() const { return book_->doubled(); }

}  // namespace ecluse::peers
