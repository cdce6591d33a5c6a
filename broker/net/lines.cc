// SPDX-License-Identifier: Apache-2.0
#include "broker/net/lines.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace ecluse {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr auto kEvery = std::chrono::milliseconds(50);
// Around a frame: the box of CURVE, then ZMTP's flags and length.
constexpr size_t kBoxBytes = 33;
constexpr size_t kShortHeader = 2;
constexpr size_t kLongHeader = 9;
// Handshake and heartbeats, which nobody hears.
constexpr uint64_t kHandshakeBytes = 4096;
constexpr uint64_t kIdleBytesPerSecond = 64;

}  // namespace

void Lines::Opened(int fd, Time now) { lines_[fd] = Line{0, now}; }

void Lines::Heard(int fd, size_t bytes) {
  const auto line = lines_.find(fd);
  if (line == lines_.end()) return;
  const size_t boxed = bytes + kBoxBytes;
  line->second.heard += boxed + (boxed > 255 ? kLongHeader : kShortHeader);
}

bool Lines::Relieve(Time now) {
  if (now - looked_ < kEvery) return false;
  looked_ = now;
  size_t all = 0;
  size_t most = 0;
  int greediest = -1;
  for (const auto& [fd, line] : lines_) {
    const size_t unheard = Unheard(fd, line, now);
    all += unheard;
    if (unheard <= most) continue;
    most = unheard;
    greediest = fd;
  }
  if (all <= most_) return false;
  // ZeroMQ owns the descriptor and closes it. If it is another line by now, that one reconnects.
  shutdown(greediest, SHUT_RDWR);
  lines_.erase(greediest);
  return true;
}

size_t Lines::Unheard(int fd, const Line& line, Time now) const {
  tcp_info info = {};
  socklen_t length = sizeof info;
  if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return 0;
  const auto age = static_cast<uint64_t>(duration_cast<seconds>(now - line.since).count());
  const uint64_t known = line.heard + kHandshakeBytes + age * kIdleBytesPerSecond;
  return info.tcpi_bytes_received > known ? info.tcpi_bytes_received - known : 0;
}

}  // namespace ecluse
