// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/mangler.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "tests/peers/house.h"
#include "tests/peers/tcp.h"

namespace ecluse::peers {
namespace {

constexpr size_t kWaiting = 64 << 10;  // bytes that one side has not taken yet

sockaddr Loopback(uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic = {};
  std::memcpy(&generic, &address, sizeof address);
  return generic;
}

}  // namespace

struct Mangler::Pipe {
  Pipe(int fd, const std::string& broker) : peer(fd), line(broker) {}
  ~Pipe() { close(peer); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int peer;
  Tcp line;
  std::string to_broker;
  std::string to_peer;
};

Mangler::Mangler(std::string broker, unsigned seed, unsigned bytes_per_harm)
    : broker_(std::move(broker)), random_(seed), bytes_per_harm_(bytes_per_harm) {
  if (bytes_per_harm_ > 0) to_next_harm_ = random_() % (2 * bytes_per_harm_);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr address = Loopback(0);
  socklen_t length = sizeof address;
  if (bind(listener_, &address, sizeof address) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, &address, &length) != 0) {
    GiveUp("no port for the bad line");
  }
  sockaddr_in bound = {};
  std::memcpy(&bound, &address, sizeof bound);
  endpoint_ = fmt::format("tcp://127.0.0.1:{}", ntohs(bound.sin_port));
  thread_ = std::thread([this] { Run(); });
}

Mangler::~Mangler() {
  stop_ = true;
  thread_.join();
  close(listener_);
}

void Mangler::Accept() {
  const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  ++connections_;
  pipes_.push_back(std::make_unique<Pipe>(fd, broker_));
}

void Mangler::Run() {
  while (!stop_) {
    std::vector<pollfd> items = {{listener_, POLLIN, 0}};
    for (const auto& pipe : pipes_) {
      const auto want = [](const std::string& in, const std::string& out) {
        return static_cast<short>((in.size() < kWaiting ? POLLIN : 0) |
                                  (out.empty() ? 0 : POLLOUT));
      };
      items.push_back({pipe->peer, want(pipe->to_broker, pipe->to_peer), 0});
      items.push_back({pipe->line.fd(), want(pipe->to_peer, pipe->to_broker), 0});
    }
    // The end is looked for now and then.
    poll(items.data(), items.size(), 20);
    for (size_t i = pipes_.size(); i-- > 0;) {
      Pipe& pipe = *pipes_[i];
      if (items[1 + 2 * i].revents == 0 && items[2 + 2 * i].revents == 0) continue;
      if (!pipe.line.connected() || !Pass(pipe.peer, pipe.line.fd(), pipe.to_broker) ||
          !Pass(pipe.line.fd(), pipe.peer, pipe.to_peer)) {
        pipes_.erase(pipes_.begin() + static_cast<ptrdiff_t>(i));
      }
    }
    if (items[0].revents != 0) Accept();
  }
}

bool Mangler::Pass(int from, int to, std::string& waiting) {
  std::array<char, 4096> buffer = {};
  if (waiting.size() < kWaiting) {
    const ssize_t n = recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return false;
    if (n > 0) {
      std::string bytes(buffer.data(), static_cast<size_t>(n));
      const bool goes_on = Harm(bytes);
      waiting += bytes;
      if (!goes_on) return false;
    }
  }
  if (waiting.empty()) return true;
  const ssize_t n = send(to, waiting.data(), waiting.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n < 0) return errno == EAGAIN || errno == EINTR;
  waiting.erase(0, static_cast<size_t>(n));
  return true;
}

// False: the line is cut here.
bool Mangler::Harm(std::string& bytes) {
  if (bytes_per_harm_ == 0) return true;
  if (to_next_harm_ >= bytes.size()) {
    to_next_harm_ -= bytes.size();
    return true;
  }
  const size_t at = to_next_harm_;
  to_next_harm_ = random_() % (2 * bytes_per_harm_);
  ++harms_;
  const size_t some = 1 + random_() % 64;
  switch (random_() % 5) {
    case 0:
    case 1:
      bytes[at] = static_cast<char>(bytes[at] ^ (1U << random_() % 8));
      return true;
    case 2:
      bytes.erase(at, some);
      return true;
    case 3:
      bytes.insert(at, bytes.substr(at, some));
      return true;
    default:
      bytes.resize(at);
      return false;
  }
}

}  // namespace ecluse::peers
