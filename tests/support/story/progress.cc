// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace ecluse::story {
namespace {

constexpr uint64_t kWidth = 20;

}  // namespace

void Progress::Say(const std::string& line) {
  End();
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

void Progress::Show(uint64_t done, uint64_t total, const std::string& detail) {
  if (total == 0) return;
  if (terminal_) {
    const uint64_t full = done * kWidth / total;
    fmt::print("\r\033[K  [{}{}] {}/{}  {}", std::string(full, '#'),
               std::string(kWidth - full, '.'), done, total, detail);
    bar_ = true;
  } else {
    const uint64_t tenths = done * 10 / total;
    if (tenths <= shown_) return;
    shown_ = tenths;
    fmt::print("  {:3}%  {}/{}  {}\n", tenths * 10, done, total, detail);
  }
  std::fflush(stdout);
}

void Progress::End() {
  if (bar_) fmt::print("\n");
  bar_ = false;
}

void Progress::Begin() {
  End();
  shown_ = 0;
}

}  // namespace ecluse::story
