// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/tcp.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace ecluse::peers {

Tcp::Tcp(const std::string& endpoint, int patience)
    : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), patience_(patience) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port =
      htons(static_cast<uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic = {};
  static_assert(sizeof generic == sizeof address);
  std::memcpy(&generic, &address, sizeof address);
  const int at_once = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (fd_ >= 0 && connect(fd_, &generic, sizeof generic) != 0) {
    close(fd_);
    fd_ = -1;
  }
}

Tcp::Tcp(Tcp&& other) noexcept : fd_(std::exchange(other.fd_, -1)), patience_(other.patience_) {}

Tcp::~Tcp() {
  if (fd_ >= 0) close(fd_);
}

bool Tcp::Ready(short what, int milliseconds) const {
  pollfd item = {fd_, what, 0};
  return fd_ >= 0 && poll(&item, 1, milliseconds) > 0;
}

size_t Tcp::SayAtOnce(std::string_view bytes) const {
  if (fd_ < 0) return 0;
  const ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return n > 0 ? static_cast<size_t>(n) : 0;
}

size_t Tcp::Say(std::string_view bytes) const {
  size_t said = 0;
  while (said < bytes.size() && Ready(POLLOUT, patience_)) {
    const size_t now = SayAtOnce(bytes.substr(said));
    if (now == 0 && errno != EAGAIN && errno != EINTR) break;
    said += now;
  }
  return said;
}

std::string Tcp::Hear(size_t bytes) const {
  std::string heard(bytes, '\0');
  size_t got = 0;
  while (got < bytes && Ready(POLLIN, patience_)) {
    const ssize_t n = recv(fd_, heard.data() + got, bytes - got, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) break;
    if (n > 0) got += static_cast<size_t>(n);
  }
  heard.resize(got);
  return heard;
}

bool Tcp::HungUp() const {
  std::array<char, 4096> ignored = {};
  while (Ready(POLLIN, patience_ + 2000)) {
    const ssize_t n = recv(fd_, ignored.data(), ignored.size(), MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return true;
  }
  return fd_ < 0;
}

void Tcp::Reset() {
  if (fd_ < 0) return;
  const linger at_once = {1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(fd_);
  fd_ = -1;
}

}  // namespace ecluse::peers
