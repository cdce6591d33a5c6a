// SPDX-License-Identifier: Apache-2.0
// What the store alone costs, without a network and without the broker: CPU of each step of a
// request, bytes on disk, memory, time of a restart. README.md, section "Instructions".
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "store/rocks_store.h"
#include "tests/bench/row.h"
#include "tests/bench/store_steps.h"
#include "tests/support/command_line.h"
#include "tests/support/own_folder.h"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name)
#endif

namespace ecluse::bench {
namespace {

struct Options {
  std::string folder;  // our own
  StepOptions steps;
  bool restart = false;
};

double Cpu(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

// One step of all requests; a figure for each request.
template <class Step>
void Measure(const std::string& name, uint64_t requests, Step step) {
  const double own = Cpu(CLOCK_THREAD_CPUTIME_ID);
  const double all = Cpu(CLOCK_PROCESS_CPUTIME_ID);
  CALLGRIND_ZERO_STATS;
  step();
  CALLGRIND_DUMP_STATS_AT(name.c_str());
  const double each = 1e6 / static_cast<double>(requests);
  Row("store-cost", name + " cpu", (Cpu(CLOCK_THREAD_CPUTIME_ID) - own) * each, "us/request");
  Row("store-cost", name + " cpu with flushes", (Cpu(CLOCK_PROCESS_CPUTIME_ID) - all) * each,
      "us/request");
}

double Resident() {
  std::ifstream status("/proc/self/statm");
  uint64_t size = 0, resident = 0;
  status >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// Blocks, as du counts; `least` tells what the log holds.
double OnDisk(const std::string& directory, const std::string& extension = "") {
  double bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    struct stat about {};
    if (!extension.empty() && file.path().extension() != extension) continue;
    if (stat(file.path().c_str(), &about) == 0)
      bytes += 512.0 * static_cast<double>(about.st_blocks);
  }
  return bytes;
}

std::unique_ptr<store::Store> Open(const Options& options) {
  store::RocksOptions rocks;
  rocks.directory = options.folder + "/store";
  rocks.master_key_file = options.folder + "/master.key";
  auto store = store::OpenRocksStore(rocks);
  if (!store.ok()) GiveUp(std::string(store.status().message()));
  return *std::move(store);
}

void Sizes(const Options& options, const std::string& when, double content) {
  const std::string directory = options.folder + "/store";
  const auto each = static_cast<double>(options.steps.requests);
  Row("store-cost", "on disk " + when, OnDisk(directory) / each, "bytes/request");
  Row("store-cost", "log " + when, OnDisk(directory, ".log") / each, "bytes/request");
  Row("store-cost", "on disk " + when, OnDisk(directory) / content, "bytes/byte");
}

void Life(const Options& options) {
  auto store = Open(options);
  Steps steps(options.steps, *store);
  const uint64_t n = options.steps.requests;
  Measure("deposit", n, [&] { steps.Deposit(); });
  Row("store-cost", "content", steps.content_bytes() / static_cast<double>(n), "bytes/request");
  Sizes(options, "deposited", steps.content_bytes());
  Measure("grant", n, [&] { steps.Grant(); });
  Measure("begin", n, [&] { steps.Begin(); });
  Measure("settle", n, [&] { steps.Settle(); });
  Row("store-cost", "answers", steps.answer_bytes() / static_cast<double>(n), "bytes/request");
  Sizes(options, "settled", steps.content_bytes() + steps.answer_bytes());
  Measure("acknowledge", n, [&] { steps.Acknowledge(); });
  Sizes(options, "acknowledged", steps.content_bytes());
  Row("store-cost", "resident", Resident(), "bytes");
  store.reset();
  Sizes(options, "closed", steps.content_bytes());
}

// A child fills the store and dies at once, as a killed broker does.
void Restart(const Options& options) {
  const pid_t child = fork();
  if (child == 0) {
    auto store = Open(options);
    Steps steps(options.steps, *store);
    Measure("deposit", options.steps.requests, [&] { steps.Deposit(); });
    Sizes(options, "deposited", steps.content_bytes());
    Row("store-cost", "resident", Resident(), "bytes");
    std::fflush(nullptr);
    _exit(0);
  }
  int end = 0;
  if (child < 0 || waitpid(child, &end, 0) < 0 || end != 0) GiveUp("the store can't be filled");
  for (const char* when : {"killed", "closed"}) {
    const double start = Seconds();
    const double cpu = Cpu(CLOCK_PROCESS_CPUTIME_ID);
    auto store = Open(options);
    const double open = Seconds();
    const auto recovered = store->Recover();
    if (!recovered.ok()) GiveUp(std::string(recovered.status().message()));
    const double known = Seconds();
    FirstOf(*recovered, *store);
    Row("store-cost", fmt::format("open {}", when), (open - start) * 1e3, "ms");
    Row("store-cost", fmt::format("open and recover {} cpu", when),
        (Cpu(CLOCK_PROCESS_CPUTIME_ID) - cpu) * 1e3, "ms");
    Row("store-cost", fmt::format("recover {}", when), (known - open) * 1e3, "ms");
    Row("store-cost", fmt::format("first request {}", when), (Seconds() - known) * 1e3, "ms");
    Row("store-cost", fmt::format("resident {}", when), Resident(), "bytes");
  }
}

}  // namespace
}  // namespace ecluse::bench

int main(int argc, char** argv) {
  CLI::App app("What the store alone costs, without a network and without the broker");
  ecluse::bench::Options options;
  std::string folder;
  app.add_option("--folder", folder, "For the store, in ecluse-store-cost below it")->required();
  app.add_option("--requests", options.steps.requests, "How many")
      ->check(ecluse::Whole(1, 1'000'000'000));
  app.add_option("--practices", options.steps.practices, "Who deposit them")
      ->check(ecluse::Whole(1, 1'000'000));
  app.add_option("--batch", options.steps.batch, "How many of them in a commit")
      ->check(ecluse::Whole(1, 1'000'000));
  app.add_flag("--restart", options.restart, "Killed, opened and recovered instead");
  if (const auto end = ecluse::ReadWords(app, argc, argv)) return *end;
  const ecluse::OwnFolder mine(folder, "ecluse-store-cost");
  options.folder = mine.path();
  const std::string key = options.folder + "/master.key";
  std::ofstream(key) << std::string(64, '7') << "\n";
  std::filesystem::permissions(key, std::filesystem::perms::owner_read);
  options.restart ? ecluse::bench::Restart(options) : ecluse::bench::Life(options);
}
