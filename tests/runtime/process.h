// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace ecluse {

// A child process whose stderr is read here. Every wait is for an event, never for time.
class Process {
 public:
  explicit Process(const std::vector<std::string>& command);
  ~Process();  // kills it if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Reads on until a line holds `text`, and gives that line; empty: stderr ended without it.
  std::string LineWith(const std::string& text);
  void Signal(int signal) const;
  // The exit code, or minus the signal. Reads the rest of stderr first.
  int Exit();
  // All that was read so far.
  const std::string& said() const { return said_; }

 private:
  bool ReadMore();

  pid_t pid_ = -1;
  int stderr_ = -1;
  std::string said_;
};

}  // namespace ecluse
