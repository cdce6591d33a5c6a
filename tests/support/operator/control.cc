// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/control.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <utility>

namespace ecluse {
namespace {

constexpr int kLookMillis = 50;
constexpr size_t kMostLine = 4096;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

std::optional<std::string> ReadLine(int fd, const std::atomic<bool>* ending) {
  std::string line;
  while (line.size() < kMostLine && (ending == nullptr || !*ending)) {
    pollfd look{fd, POLLIN, 0};
    if (::poll(&look, 1, kLookMillis) <= 0) continue;
    char c = 0;
    if (::read(fd, &c, 1) != 1) return std::nullopt;
    if (c == '\n') return line;
    line += c;
  }
  return std::nullopt;
}

bool WriteLine(int fd, const std::string& line) {
  const std::string text = line + "\n";
  return ::send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

}  // namespace

absl::StatusOr<std::unique_ptr<ControlPort>> ControlPort::Open(int port, Command command) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address = Loopback(port);
  socklen_t size = sizeof(address);
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd, 8) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    ::close(fd);
    return absl::UnavailableError("can't listen on the control port");
  }
  return std::unique_ptr<ControlPort>(
      new ControlPort(fd, ntohs(address.sin_port), std::move(command)));
}

ControlPort::ControlPort(int listener, int port, Command command)
    : listener_(listener), port_(port), command_(std::move(command)), thread_([this] { Run(); }) {}

ControlPort::~ControlPort() {
  ending_ = true;
  thread_.join();
  ::close(listener_);
}

void ControlPort::Run() {
  while (!ending_) {
    pollfd look{listener_, POLLIN, 0};
    if (::poll(&look, 1, kLookMillis) <= 0) continue;
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    Serve(fd);
    ::close(fd);
  }
}

void ControlPort::Serve(int fd) {
  while (auto line = ReadLine(fd, &ending_)) {
    if (!WriteLine(fd, command_(*line))) return;
  }
}

absl::StatusOr<std::string> Tell(int port, const std::string& line) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(port);
  std::optional<std::string> answer;
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 &&
      WriteLine(fd, line)) {
    answer = ReadLine(fd, nullptr);
  }
  ::close(fd);
  if (!answer) return absl::UnavailableError("nobody answers on the control port");
  return *answer;
}

}  // namespace ecluse
