// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/options.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace ecluse::soak {
namespace {

const std::map<std::string, Bug> kBugs = {{"forgets-deposits", Bug::kForgetsDeposits},
                                          {"forgets-transitions", Bug::kForgetsTransitions},
                                          {"sends-twice", Bug::kSendsTwice}};

bool SetNumber(Options& options, const std::string& name, uint64_t value) {
  const auto small = static_cast<uint32_t>(std::min<uint64_t>(value, 1'000'000'000));
  if (name == "--requests") {
    options.requests = small;
  } else if (name == "--practices") {
    options.practices = std::clamp<uint32_t>(small, 1, 10'000);
  } else if (name == "--days") {
    options.days = std::max<uint32_t>(small, 1);
  } else if (name == "--seed") {
    options.seed = value;
  } else if (name == "--in-flight") {
    options.in_flight = small;
  } else if (name == "--least") {
    options.least = small;
  } else if (name == "--errors") {
    options.errors = small;
  } else if (name == "--restarts") {
    options.restarts = small;
  } else if (name == "--waiting") {
    options.waiting = small;
  } else if (name == "--beside") {
    options.beside = small;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<Options> ReadOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--caught") {
      options.caught = true;
      continue;
    }
    if (i + 1 == argc) return std::nullopt;
    const std::string value = argv[++i];
    if (word == "--folder") {
      options.folder = value + "/soak-stores";
    } else if (word == "--bug") {
      const auto found = kBugs.find(value);
      if (found == kBugs.end()) return std::nullopt;
      options.bug = found->second;
    } else if (!SetNumber(options, word, std::strtoull(value.c_str(), nullptr, 10))) {
      return std::nullopt;
    }
  }
  return options;
}

}  // namespace ecluse::soak
