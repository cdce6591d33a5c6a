// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/row.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace ecluse::bench {
namespace {

constexpr uint64_t kContents = 4096;

std::string Make(uint64_t number) {
  constexpr size_t kBytes = 1536;
  std::string content = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<demande>\n";
  uint64_t state = number * 0x9E3779B97F4A7C15U + 1;
  for (int line = 1; content.size() < kBytes; ++line) {
    // An xorshift: values that do not repeat, the same in every run.
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    content += fmt::format(
        "  <acte rang=\"{}\" code=\"{:05}\" date=\"202402{:02}\">"
        "<montant>{}.{:02}</montant><part>{}</part></acte>\n",
        line, state % 100'000, 1 + state % 28, (state >> 8U) % 900, (state >> 20U) % 100,
        (state >> 28U) % 100);
  }
  content.resize(kBytes);
  return content;
}

}  // namespace

void Row(const std::string& workload, const std::string& cell, double value,
         const std::string& unit) {
  fmt::print("{}\t{}\t{:.6g}\t{}\n", workload, cell, value, unit);
  std::fflush(stdout);
}

double Seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

void GiveUp(const std::string& why) {
  fmt::print(stderr, "ecluse-bench: {}\n", why);
  std::exit(1);
}

// Making one costs the generator more than sending it, so the stock is made first.
const std::string& Content(uint64_t number) {
  static const std::vector<std::string> contents = [] {
    std::vector<std::string> made;
    for (uint64_t i = 0; i < kContents; ++i) made.push_back(Make(i));
    return made;
  }();
  return contents[number % kContents];
}

}  // namespace ecluse::bench
