// SPDX-License-Identifier: Apache-2.0
// ecluse-conformance: which of an adapter's promises does a program keep?
#include <absl/time/clock.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/conformance/promises.h"

namespace {

using namespace ecluse::conformance;

struct Flags {
  std::string programs;
  std::vector<std::string> only;
  unsigned at_once = 12;
  bool keep = false;
};

std::string Word(Finding::Word word) {
  switch (word) {
    case Finding::Word::kKept:
      return "kept";
    case Finding::Word::kBroken:
      return "BROKEN";
    case Finding::Word::kNotApplicable:
      return "not applicable";
    case Finding::Word::kNoPlay:
      return "no play";
  }
  return "";
}

void Print(const Promise& promise, const Finding& finding) {
  fmt::print("{:<14}  {:<12}  {}\n{:32}{}\n", Word(finding.word), promise.name, promise.says, "",
             finding.why);
  std::fflush(stdout);
}

Finding FindOut(const Promise& promise, const Settings& settings, const Flags& flags) {
  const std::string why_not = promise.not_applicable(settings);
  if (!why_not.empty()) return {Finding::Word::kNotApplicable, why_not};
  Play play(settings, {.programs = flags.programs,
                       .name = promise.name,
                       .in_flight = promise.in_flight,
                       .scripted = promise.scripted,
                       .keep = flags.keep});
  const absl::Time start = absl::Now();
  Finding finding = promise.find(play);
  while (finding.why.ends_with('\n')) finding.why.pop_back();
  finding.why += fmt::format(" ({:.0f} s)", absl::ToDoubleSeconds(absl::Now() - start));
  if (flags.keep) finding.why += "; see " + play.world().folder();
  return finding;
}

// Each play waits far more than it works, so several go on at once, each on a thread of its own.
bool Run(const std::vector<const Promise*>& promises, const Settings& settings,
         const Flags& flags) {
  std::vector<Finding> findings(promises.size());
  std::vector<bool> done(promises.size(), false);
  std::mutex mutex;
  std::atomic<size_t> next = 0;
  size_t printed = 0;
  const auto work = [&] {
    for (size_t i = next++; i < promises.size(); i = next++) {
      Finding finding = FindOut(*promises[i], settings, flags);
      const std::lock_guard lock(mutex);
      findings[i] = std::move(finding);
      done[i] = true;
      for (; printed < done.size() && done[printed]; ++printed) {
        Print(*promises[printed], findings[printed]);
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1u, flags.at_once); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  const auto count = [&](Finding::Word word) {
    return std::ranges::count(findings, word, &Finding::word);
  };
  const auto broken = count(Finding::Word::kBroken);
  const auto unknown = count(Finding::Word::kNoPlay);
  fmt::print("{} promises: {} kept, {} broken, {} without a play\n", findings.size(),
             count(Finding::Word::kKept), broken, unknown);
  return broken + unknown == 0;
}

// Of a build tree, in which this program is where its source is.
std::string BuildFolder() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return self.parent_path().parent_path().parent_path().string();
}

bool Choose(const Flags& flags, std::vector<const Promise*>& chosen) {
  for (const Promise& promise : Promises()) {
    const bool named = std::ranges::count(flags.only, promise.name) > 0;
    if (flags.only.empty() || named) chosen.push_back(&promise);
  }
  return flags.only.empty() || chosen.size() == flags.only.size();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Runs an adapter against the real broker and a scripted operator");
  std::string config;
  Flags flags;
  flags.programs = BuildFolder();
  bool list = false;
  app.add_option("--config", config, "conformance.toml: how the adapter is started");
  app.add_option("--programs", flags.programs,
                 "folder of the built programs; default: this build's");
  app.add_option("--only", flags.only, "these promises, by name");
  app.add_option("--at-once", flags.at_once, "so many plays at a time");
  app.add_flag("--keep", flags.keep, "leave the folders of the plays");
  app.add_flag("--list", list, "print the promises and end");
  CLI11_PARSE(app, argc, argv);
  if (list) {
    for (const Promise& p : Promises()) fmt::print("{:<12}  {}\n", p.name, p.says);
    return 0;
  }
  const auto settings = ReadSettings(config);
  if (!settings.ok()) {
    fmt::print(stderr, "ecluse-conformance: {}\n", std::string(settings.status().message()));
    return 2;
  }
  std::vector<const Promise*> chosen;
  if (!Choose(flags, chosen)) {
    fmt::print(stderr, "ecluse-conformance: there is no such promise; see --list\n");
    return 2;
  }
  return Run(chosen, *settings, flags) ? 0 : 1;
}
