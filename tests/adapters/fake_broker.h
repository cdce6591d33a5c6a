// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/link.h"
#include "proto/wire.h"

namespace ecluse {

// A broker on a real socket whose words are a script. It runs on a thread of its own from Start()
// to Stop(), and may be started again on the same port: that is a restart.
class FakeBroker {
 public:
  // Called on the broker's thread. nullopt: the reply gets lost.
  using Script = std::function<std::optional<wire::ReplyBody>(const wire::CallBody& call)>;

  explicit FakeBroker(Script script);
  ~FakeBroker() { Stop(); }

  void Start();
  void Stop();
  // Short patience, so that lost replies cost a test no time.
  LinkOptions Options() const;
  int heard() const { return heard_; }
  void WaitUntilHeard(int calls) const;

 private:
  void Run();

  const Script script_;
  std::string public_key_, secret_key_, peer_public_key_, peer_secret_key_;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<bool> bound_ = false;
  std::atomic<int> heard_ = 0;
  std::thread thread_;
};

}  // namespace ecluse
