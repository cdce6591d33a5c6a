// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/soak/closure.h"
#include "tests/soak/options.h"
#include "tests/soak/waiting.h"
#include "tests/support/own_folder.h"

namespace ecluse::soak {
namespace {

int Main(int argc, char** argv) {
  const auto words = ReadOptions(argc, argv);
  if (const int* end = std::get_if<int>(&words)) return *end;
  Options options = std::get<Options>(words);
  const OwnFolder mine(options.folder, "ecluse-soak");
  options.folder = mine.path();
  const Oracle::Sum sum = options.waiting > 0 ? RunWaiting(options) : RunClosure(options);
  fmt::print(
      "soak: requests={} settled={} lost={} doubled={} in_doubt={} rejected={} returned={} "
      "withdrawn={} wrong={} seed={}\n",
      sum.requests, sum.settled, sum.lost, sum.doubled, sum.in_doubt, sum.rejected, sum.returned,
      sum.withdrawn, sum.wrong, options.seed);
  if (options.caught && sum.good()) fmt::print("the planted bug was not noticed\n");
  return sum.good() == options.caught ? 1 : 0;
}

}  // namespace
}  // namespace ecluse::soak

int main(int argc, char** argv) { return ecluse::soak::Main(argc, argv); }
