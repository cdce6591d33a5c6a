// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "broker/net/peers.h"
#include "tests/fuzz/check.h"

// peers.toml: refused with file and rule, or a register in which everybody has a name.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string text(fuzz::View(bytes, size));
  const auto peers = Peers::Parse(text, "peers.toml");
  if (!peers.ok()) {
    fuzz::Must(std::string(peers.status().message()).starts_with("peers.toml"),
               "a mistake is told with its file");
    return 0;
  }
  const auto practices = peers->Practices();
  fuzz::Must(practices.size() <= peers->size(), "no practice without a key");
  for (const PracticeId& practice : practices) {
    fuzz::Must(IsName(practice.text), "practices have names");
  }
  return 0;
}
