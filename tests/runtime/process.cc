// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

extern char** environ;

namespace ecluse {

Process::Process(const std::vector<std::string>& command) {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
  stderr_ = ends[0];
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
}

Process::~Process() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (stderr_ >= 0) close(stderr_);
}

std::string Process::LineWith(const std::string& text) {
  for (;;) {
    const size_t at = said_.find(text);
    const size_t end = at == std::string::npos ? at : said_.find('\n', at);
    if (end != std::string::npos) {
      const size_t start = said_.rfind('\n', at) + 1;
      return said_.substr(start, end - start);
    }
    if (!ReadMore()) return "";
  }
}

void Process::Signal(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

int Process::Exit() {
  while (ReadMore()) continue;
  int status = 0;
  if (pid_ <= 0 || waitpid(pid_, &status, 0) != pid_) return -1000;
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool Process::ReadMore() {
  std::array<char, 4096> piece = {};
  const ssize_t n = read(stderr_, piece.data(), piece.size());
  if (n > 0) said_.append(piece.data(), static_cast<size_t>(n));
  return n > 0;
}

}  // namespace ecluse
