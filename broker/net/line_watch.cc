// SPDX-License-Identifier: Apache-2.0
#include "broker/net/line_watch.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <utility>
#include <vector>
#include <zmq.hpp>

namespace ecluse {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kEvery{50};

uint64_t TakenIn(int fd) {
  tcp_info info = {};
  socklen_t length = sizeof info;
  if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return 0;
  return info.tcpi_bytes_received;
}

// ZeroMQ owns the descriptors and closes them. If one is another line by now, that one reconnects.
void Cut(const std::vector<int>& lines) {
  for (const int fd : lines) shutdown(fd, SHUT_RDWR);
}

}  // namespace

// What ZeroMQ tells of its connections.
class LineWatch::Events {
 public:
  Events(void* context, void* watched) : socket_(zmq_socket(context, ZMQ_PAIR)) {
    const char* address = "inproc://events";
    const int events = ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED;
    // ZeroMQ's thread must never wait for us to read what it tells.
    const int no_bound = 0;
    if (socket_ != nullptr &&
        zmq_setsockopt(socket_, ZMQ_RCVHWM, &no_bound, sizeof no_bound) == 0 &&
        zmq_socket_monitor(watched, address, events) == 0 && zmq_connect(socket_, address) == 0) {
      return;
    }
    const zmq::error_t error;
    if (socket_ != nullptr) zmq_close(socket_);
    throw error;
  }
  ~Events() { zmq_close(socket_); }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  void Wait(int wake) {
    std::array<zmq_pollitem_t, 2> items = {
        {{socket_, 0, ZMQ_POLLIN, 0}, {nullptr, wake, ZMQ_POLLIN, 0}}};
    zmq_poll(items.data(), items.size(), kEvery.count());
  }

  void Tell(Lines& lines) {
    const auto now = std::chrono::steady_clock::now();
    zmq::message_t event;
    while (Take(event)) {
      uint16_t what = 0;
      uint32_t fd = 0;
      if (event.size() == sizeof what + sizeof fd) {
        std::memcpy(&what, event.data(), sizeof what);
        std::memcpy(&fd, event.data<char>() + sizeof what, sizeof fd);
      }
      if (event.more() && !Take(event)) return;  // the address
      if (what == ZMQ_EVENT_ACCEPTED) lines.Opened(static_cast<int>(fd), now);
      if (what == ZMQ_EVENT_DISCONNECTED) lines.Closed(static_cast<int>(fd));
    }
  }

 private:
  bool Take(zmq::message_t& message) {
    return zmq_msg_recv(message.handle(), socket_, ZMQ_DONTWAIT) >= 0;
  }

  void* socket_;
};

LineWatch::LineWatch(void* context, void* socket, Lines lines) : lines_(std::move(lines)) {
  events_ = std::make_unique<Events>(context, socket);
  wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  thread_ = std::thread([this] { Run(); });
}

LineWatch::~LineWatch() {
  stop_ = true;
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(wake_, &one, sizeof one);
  thread_.join();
  close(wake_);
}

void LineWatch::Heard(int fd, size_t bytes, std::string_view key) {
  const std::lock_guard lock(mutex_);
  lines_.Heard(fd, bytes, key);
}

void LineWatch::Run() {
  // Signals are for the thread that waits for them.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  auto relieved = std::chrono::steady_clock::now();
  while (!stop_) {
    events_->Wait(wake_);
    const auto now = std::chrono::steady_clock::now();
    std::vector<int> crowd;
    {
      const std::lock_guard lock(mutex_);
      events_->Tell(lines_);
      crowd = lines_.TooMany(now);
    }
    Cut(crowd);
    too_many_ += crowd.size();
    if (now - relieved < kEvery) continue;
    relieved = now;
    Relieve();
  }
}

void LineWatch::Relieve() {
  std::vector<int> lines;
  {
    const std::lock_guard lock(mutex_);
    lines = lines_.Doubtful();
  }
  // The kernel is asked without the lock: the loop must not wait for it.
  std::vector<uint64_t> taken_in;
  taken_in.reserve(lines.size());
  for (const int fd : lines) taken_in.push_back(TakenIn(fd));
  {
    const std::lock_guard lock(mutex_);
    for (size_t i = 0; i < lines.size(); ++i) lines_.TookIn(lines[i], taken_in[i]);
    lines = lines_.HoldTooMuch(std::chrono::steady_clock::now());
  }
  Cut(lines);
  held_too_much_ += lines.size();
}

}  // namespace ecluse
