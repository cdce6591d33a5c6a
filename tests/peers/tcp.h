// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ecluse::peers {

// A bare TCP connection of somebody who owes nobody good manners. Every wait has an end.
class Tcp {
 public:
  // "tcp://127.0.0.1:7311"; what does not come within `patience` milliseconds is not waited for.
  explicit Tcp(const std::string& endpoint, int patience = 10'000);
  ~Tcp();
  Tcp(Tcp&& other) noexcept;
  Tcp& operator=(Tcp&&) = delete;

  bool connected() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  // As much as the other side takes in time; how much that was.
  size_t Say(std::string_view bytes) const;
  // As much as it takes at once.
  size_t SayAtOnce(std::string_view bytes) const;
  // Exactly so many bytes; fewer if the other side hung up or is silent.
  std::string Hear(size_t bytes) const;
  // Reads on until the other side hangs up. False: it did not.
  bool HungUp() const;
  // Ends it with an RST instead of a goodbye.
  void Reset();

 private:
  bool Ready(short what, int milliseconds) const;
  int fd_ = -1;
  int patience_;
};

}  // namespace ecluse::peers
