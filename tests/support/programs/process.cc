// SPDX-License-Identifier: Apache-2.0
#include "tests/support/programs/process.h"

#include <absl/time/clock.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <deque>
#include <fstream>

namespace ecluse::programs {

Process::~Process() {
  if (!command_.stays) Stop(absl::Seconds(3));
}

// After fork() and before exec(): only calls that are safe between the two.
void Process::Become(char* const* arguments, int error_pipe) const {
  const int log = open(command_.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const int input = open(command_.input.c_str(), O_RDONLY | O_CLOEXEC);
  dup2(input, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  if (command_.stays) {
    setsid();
  } else {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
  }
  if (command_.folder.empty() || chdir(command_.folder.c_str()) == 0) {
    execv(arguments[0], arguments);
  }
  const int error = errno;
  (void)!write(error_pipe, &error, sizeof error);
  _exit(127);
}

absl::Status Process::Start() {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return absl::ErrnoToStatus(errno, "pipe");
  std::vector<char*> arguments = {command_.program.data()};
  for (std::string& argument : command_.arguments) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  ended_.reset();
  pid_ = fork();
  if (pid_ == 0) Become(arguments.data(), pipe_ends[1]);
  close(pipe_ends[1]);
  int error = 0;
  // Nothing comes out when the program is running: exec closes the pipe.
  const ssize_t got = read(pipe_ends[0], &error, sizeof error);
  close(pipe_ends[0]);
  if (pid_ < 0) return absl::ErrnoToStatus(errno, "fork");
  if (got == sizeof error) {
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
    return absl::ErrnoToStatus(error, fmt::format("cannot run {}", command_.program));
  }
  return absl::OkStatus();
}

void Process::Kill() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
  ++kills_;
}

void Process::Stop(absl::Duration patience) {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  const absl::Time until = absl::Now() + patience;
  while (Alive() && absl::Now() < until) absl::SleepFor(absl::Milliseconds(10));
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

bool Process::Wait(absl::Duration patience) {
  if (!Alive()) return true;
  const int end = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd look{end, POLLIN, 0};
  poll(&look, 1, static_cast<int>(absl::ToInt64Milliseconds(patience)));
  close(end);
  return !Alive();
}

void Process::Signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

bool Process::Alive() {
  if (pid_ <= 0) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == 0) return true;
  pid_ = -1;
  ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return false;
}

std::string Process::LogTail() const {
  constexpr size_t kLines = 12;
  std::ifstream log(command_.log);
  std::deque<std::string> lines;
  for (std::string line; std::getline(log, line);) {
    lines.push_back("  " + line + "\n");
    if (lines.size() > kLines) lines.pop_front();
  }
  std::string tail;
  for (const std::string& line : lines) tail += line;
  return tail;
}

}  // namespace ecluse::programs
