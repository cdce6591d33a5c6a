// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "broker/net/keys.h"
#include "proto/wire.h"

namespace ecluse::conformance {

// A broker whose words are ours: for what the real one says only after a restore from a backup, or
// when ops ask for it. It has no queue and no memory but what a play gives it, and lets every
// attempt proceed whose epoch is that of its work.
class Script {
 public:
  // Listens on a free port of loopback, with the broker's keys.
  explicit Script(const KeyPair& keys);
  ~Script();

  std::string endpoint() const;

  // The next pull gets it, once.
  void Give(wire::Work work);

  // What was heard so far.
  uint64_t Pulls() const;
  // The epoch that Begin said of this request; nullopt: it was never begun.
  std::optional<StoreEpoch> BegunWith(RequestId id) const;
  bool Reported(RequestId id) const;
  bool Checked(RequestId id, JobId job) const;
  // The worker that pulled last has left, and said nothing about work since.
  bool Left() const;

 private:
  struct Waiting {
    std::string peer;
    uint64_t correlation = 0;
    absl::Time until;
  };

  void Run();
  std::optional<wire::ReplyBody> Answer(const wire::CallBody& call);
  wire::Proceed Proceed(const wire::Begin& begin);
  // Work for a pull that waits, or nothing once its time is over.
  std::optional<wire::Work> WorkFor(const Waiting& pull);

  const KeyPair keys_;
  int port_ = 0;
  std::atomic<bool> bound_ = false;
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;  // guards all below but the thread
  std::deque<wire::Work> to_give_;
  StoreEpoch greatest_ = 0;
  std::map<RequestId, StoreEpoch> given_, begun_;
  std::vector<RequestId> reported_;
  std::vector<std::pair<RequestId, JobId>> checked_;
  uint64_t pulls_ = 0;
  WorkerId puller_;
  bool left_ = false;
  std::thread thread_;
};

}  // namespace ecluse::conformance
