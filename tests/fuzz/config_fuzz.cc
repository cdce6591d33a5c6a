// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "broker/runtime/config.h"
#include "tests/fuzz/check.h"

// eclused.toml: refused with file and rule, or a configuration within its ranges.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string text(fuzz::View(bytes, size));
  // Profiles that it names are read from disk: a fuzzer shall not open devices.
  if (text.find("/dev") != std::string::npos || text.find("/proc") != std::string::npos) return 0;
  static const std::string path = std::string(ECLUSE_PROFILES) + "/eclused.toml";
  const auto config = ParseConfig(text, path);
  if (!config.ok()) {
    // Its own, or that of a profile; both are whole paths.
    const std::string why(config.status().message());
    fuzz::Must(why.starts_with("/"), "a mistake is told with its file");
    return 0;
  }
  fuzz::Must(!config->policies.empty(), "there is a destination");
  fuzz::Must(config->endpoint.starts_with("tcp://"), "the endpoint is one");
  for (const auto& [destination, policy] : config->policies) {
    fuzz::Must(IsName(destination.run_by.text) && IsName(destination.service.text),
               "destinations have names");
    fuzz::Must(policy.retry_first <= policy.retry_most, "retry_first is at most retry_most");
    fuzz::Must(policy.in_flight_least <= policy.in_flight, "in_flight_least is at most in_flight");
  }
  return 0;
}
