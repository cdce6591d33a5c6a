// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace ecluse::programs {

// One program that is started, killed and started again. What it prints goes to a log file.
// Unless it was detached, it is killed with its owner: also when the owner itself dies.
class Process {
 public:
  struct Command {
    std::string name;  // for people
    std::string program;
    std::vector<std::string> arguments;
    std::string log;                  // appended to
    bool stays = false;               // outlives its owner
    std::string input = "/dev/null";  // what it reads on stdin
    std::string folder = {};          // where it runs; empty: here
  };

  explicit Process(Command command) : command_(std::move(command)) {}
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // An error means that the program could not be executed at all. REQUIRES: always the same
  // thread, for the kernel takes the death of the thread that starts for the death of the owner.
  absl::Status Start();
  // SIGKILL, and waits until it is gone.
  void Kill();
  // SIGTERM, and waits; SIGKILL when that takes longer than `patience`.
  void Stop(absl::Duration patience);
  void Signal(int signal) const;
  // Waits until it ended by itself, or somebody else killed it. False: it runs on after `patience`.
  bool Wait(absl::Duration patience);
  // False once it ended by itself; its end is then taken note of.
  bool Alive();
  // How it ended, if it did by itself: the exit code, or minus the signal.
  std::optional<int> ended() const { return ended_; }

  pid_t pid() const { return pid_; }
  const std::string& name() const { return command_.name; }
  int kills() const { return kills_; }
  // The last lines of the log, for an error message.
  std::string LogTail() const;

 private:
  [[noreturn]] void Become(char* const* arguments, int error_pipe) const;

  Command command_;
  pid_t pid_ = -1;
  int kills_ = 0;
  std::optional<int> ended_;
};

}  // namespace ecluse::programs
