// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

#include "broker/net/lines.h"

namespace ecluse {

// Watches the connections of one ZeroMQ socket in a thread of its own, and cuts those that Lines
// names. A commit that takes seconds must not leave the port open to a crowd meanwhile: libzmq
// accepts without bound, and with no file left the store would fail.
class LineWatch {
 public:
  // `context` and `socket` are ZeroMQ's own handles. REQUIRES: the socket is not bound yet, and the
  // context outlives this. Throws zmq::error_t.
  LineWatch(void* context, void* socket, Lines lines);
  ~LineWatch();
  LineWatch(const LineWatch&) = delete;
  LineWatch& operator=(const LineWatch&) = delete;

  // From any thread.
  void Heard(int fd, size_t bytes, std::string_view key);
  uint64_t held_too_much() const { return held_too_much_; }
  uint64_t too_many() const { return too_many_; }

 private:
  class Events;
  void Run();
  void Relieve();

  std::mutex mutex_;
  Lines lines_;
  std::unique_ptr<Events> events_;
  std::atomic<uint64_t> held_too_much_ = 0;
  std::atomic<uint64_t> too_many_ = 0;
  std::atomic<bool> stop_ = false;
  int wake_ = -1;
  std::thread thread_;
};

}  // namespace ecluse
