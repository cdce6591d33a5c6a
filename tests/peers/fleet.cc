// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/fleet.h"

#include <algorithm>
#include <chrono>

namespace ecluse::peers {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kForEver{90};

}  // namespace

Fleet::Fleet(House& house, const Load& load)
    : house_(house),
      load_(load),
      context_(1, load.practices + 16),
      pests_context_(1, load.hostile + 16) {
  for (int i = 0; i < load.practices; ++i) {
    if (i < load.hostile) {
      const auto manner = static_cast<Pest::Manner>(i % Pest::kManners);
      pests_.emplace_back(pests_context_, house.Practice(i), i, manner);
    } else {
      Practice& practice = practices_.emplace_back(context_, house.Practice(i), i, load.deposits);
      items_.push_back({practice.handle(), 0, ZMQ_POLLIN, 0});
    }
  }
  answered_since_start_.assign(practices_.size(), 1);
}

Outcome Fleet::Run() {
  last_answer_ = started_ = steady_clock::now();
  const uint64_t all = practices_.size() * static_cast<uint64_t>(load_.deposits);
  const auto done = [&] {
    return std::all_of(practices_.begin(), practices_.end(), [](auto& p) { return p.done(); });
  };
  while (!done()) {
    if (!Round()) break;
    uint64_t receipts = 0;
    for (const Practice& practice : practices_) receipts += practice.receipts().size();
    const auto due =
        static_cast<uint64_t>(seen_.kills + 1) * all / static_cast<uint64_t>(load_.kills + 1);
    if (seen_.kills < load_.kills && receipts >= due) KillAndStart();
  }
  Sample();
  return Count();
}

bool Fleet::Round() {
  zmq::poll(items_, std::chrono::milliseconds(5));
  const SteadyTime now = steady_clock::now();
  for (size_t i = 0; i < items_.size(); ++i) {
    Practice& practice = practices_[i];
    if ((items_[i].revents & ZMQ_POLLIN) != 0 && practice.Listen() > 0) {
      last_answer_ = now;
      if (answered_since_start_[i] == 0) {
        answered_since_start_[i] = 1;
        ++seen_.reconnects;
        if (--silent_since_start_ == 0) {
          const double storm = std::chrono::duration<double>(now - started_).count();
          seen_.storm_seconds = std::max(seen_.storm_seconds, storm);
        }
      }
    }
    practice.Turn(now);
  }
  for (Pest& pest : pests_) pest.Turn();
  if (++answered_ % 100 == 0) Sample();
  if (!house_.Alive()) GiveUp("the broker died: " + house_.LogTail());
  return now - last_answer_ < kForEver;
}

void Fleet::KillAndStart() {
  Sample();
  ++seen_.kills;
  house_.Kill();
  house_.Start();
  started_ = last_answer_ = steady_clock::now();
  silent_since_start_ = 0;
  for (size_t i = 0; i < practices_.size(); ++i) {
    // Who has all does not speak again.
    answered_since_start_[i] = practices_[i].done() ? 1 : 0;
    silent_since_start_ += practices_[i].done() ? 0 : 1;
  }
}

void Fleet::Sample() { seen_.peak_bytes = std::max(seen_.peak_bytes, house_.PeakBytes()); }

Outcome Fleet::Count() const {
  Outcome outcome = seen_;
  for (const Practice& practice : practices_) {
    outcome.deposits += static_cast<uint64_t>(load_.deposits);
    outcome.receipts += practice.receipts().size();
    outcome.answers += practice.answers().size();
    outcome.doubled += practice.receipts().doubled() + practice.answers().doubled();
    outcome.waiting += practice.done() ? 0 : 1;
  }
  return outcome;
}

void Fleet::Plant(const std::string& fault) { practices_.front().SpoilBooks(fault == "doubled"); }

}  // namespace ecluse::peers
