// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/interrupt.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <utility>

namespace ecluse::story {
namespace {

constexpr int kInterrupted = 130;  // as shells say it

// Signals are the program's, so these are too.
int pipe_ends[2] = {-1, -1};
std::atomic<bool> came = false;

void Note(int) {
  came = true;
  (void)!write(pipe_ends[1], "s", 1);
}

}  // namespace

Interrupt::Interrupt() {
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return;
  struct sigaction action = {};
  action.sa_handler = Note;
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaction(number, &action, nullptr);
}

void Interrupt::End() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_DFL);
  (void)!write(pipe_ends[1], "q", 1);
  if (thread_.joinable()) thread_.join();
}

void Interrupt::Serve(std::function<void()> tidy) {
  thread_ = std::thread([tidy = std::move(tidy)] {
    char said = 'q';
    if (read(pipe_ends[0], &said, 1) != 1 || said == 'q') return;
    fmt::print(stderr, "\nInterrupted: the programs are ended and the folder is removed.\n");
    tidy();
    _exit(kInterrupted);
  });
}

void Interrupt::StayIfCame() const {
  while (came) pause();
}

}  // namespace ecluse::story
