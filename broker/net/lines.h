// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>

#include <chrono>
#include <cstdint>

namespace ecluse {

// What the kernel took in on each connection and nobody has heard yet. ZeroMQ bounds the messages
// that wait, but not their bytes, and not a message that never ends; so when all connections
// together hold too much, the one that holds most is cut. Its peer may come back and ask again.
class Lines {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Lines(size_t most_unheard) : most_(most_unheard) {}

  void Opened(int fd, Time now);
  void Closed(int fd) { lines_.erase(fd); }
  // A frame of this many bytes reached its reader.
  void Heard(int fd, size_t bytes);

  // Looks, at most twenty times a second, and cuts at most one line. True: it cut one.
  bool Relieve(Time now);

 private:
  struct Line {
    uint64_t heard = 0;
    Time since;
  };
  size_t Unheard(int fd, const Line& line, Time now) const;

  size_t most_;
  Time looked_;
  absl::flat_hash_map<int, Line> lines_;
};

}  // namespace ecluse
