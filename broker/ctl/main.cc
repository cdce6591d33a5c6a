// SPDX-License-Identifier: Apache-2.0
#include <absl/time/clock.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>

#include "adapters/link.h"
#include "broker/ctl/world.h"
#include "broker/net/keys.h"

namespace ecluse::ctl {
namespace {

absl::StatusOr<Ask> Connect(const Settings& settings) {
  if (settings.broker.empty() || settings.server_key.empty() || settings.key.empty()) {
    return absl::InvalidArgumentError(
        "where is the broker, and who are you? Say --broker, --server-key and --key, or set "
        "ECLUSE_BROKER, ECLUSE_SERVER_KEY and ECLUSE_KEY, or --profile");
  }
  const auto pair = ReadKeyPair(settings.key);
  if (!pair.ok()) return pair.status();
  LinkOptions options;
  options.endpoint = settings.broker;
  options.broker_key = settings.server_key;
  if (!IsKey(options.broker_key)) {
    const auto key = ReadPublicKey(settings.server_key);
    if (!key.ok()) return key.status();
    options.broker_key = *key;
  }
  options.public_key = pair->public_key;
  options.secret_key = pair->secret_key;
  auto opened = Link::Open(std::move(options));
  if (!opened.ok()) return opened.status();
  const std::shared_ptr<Link> link = *std::move(opened);
  return Ask([link, patience = settings.patience](const wire::CallBody& body) {
    return link->Ask(body, patience);
  });
}

bool FrenchByEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string(value).rfind("fr", 0) == 0;
  }
  return false;
}

}  // namespace
}  // namespace ecluse::ctl

int main(int argc, char** argv) {
  using namespace ecluse::ctl;
  World world{Connect, absl::Now, absl::SleepFor, std::cout, std::cerr};
  world.terminal = ::isatty(STDOUT_FILENO) == 1;
  world.french = FrenchByEnvironment();
  return Run({argv + 1, argv + argc}, world);
}
