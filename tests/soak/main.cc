// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "tests/soak/closure.h"
#include "tests/soak/options.h"
#include "tests/soak/waiting.h"

namespace ecluse::soak {
namespace {

int Usage(const char* program) {
  fmt::print(stderr,
             "usage: {} [--requests N] [--practices N] [--days N] [--seed N] [--in-flight N]\n"
             "       [--least N] [--errors PER-THOUSAND] [--restarts N]\n"
             "       [--folder EXISTING]\n"
             "       [--bug forgets-deposits|forgets-transitions|sends-twice] [--caught]\n"
             "       {} --waiting N [--beside N] …\n",
             program, program);
  return 2;
}

int Main(int argc, char** argv) {
  const std::optional<Options> options = ReadOptions(argc, argv);
  if (!options) return Usage(argv[0]);
  std::filesystem::remove_all(options->folder);
  const Oracle::Sum sum = options->waiting > 0 ? RunWaiting(*options) : RunClosure(*options);
  fmt::print(
      "soak: requests={} settled={} lost={} doubled={} in_doubt={} rejected={} returned={} "
      "withdrawn={} wrong={} seed={}\n",
      sum.requests, sum.settled, sum.lost, sum.doubled, sum.in_doubt, sum.rejected, sum.returned,
      sum.withdrawn, sum.wrong, options->seed);
  std::filesystem::remove_all(options->folder);
  if (options->caught && sum.good()) fmt::print("the planted bug was not noticed\n");
  return sum.good() == options->caught ? 1 : 0;
}

}  // namespace
}  // namespace ecluse::soak

int main(int argc, char** argv) { return ecluse::soak::Main(argc, argv); }
