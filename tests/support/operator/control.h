// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace ecluse {

// A loopback port where a script says one line and hears one line.
class ControlPort {
 public:
  using Command = std::function<std::string(const std::string& line)>;

  // `port` 0: any.
  static absl::StatusOr<std::unique_ptr<ControlPort>> Open(int port, Command command);
  ~ControlPort();
  int port() const { return port_; }

 private:
  ControlPort(int listener, int port, Command command);
  void Run();
  void Serve(int fd);

  const int listener_;
  const int port_;
  const Command command_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

// Says a line to a control port and returns what it answers.
absl::StatusOr<std::string> Tell(int port, const std::string& line);

}  // namespace ecluse
