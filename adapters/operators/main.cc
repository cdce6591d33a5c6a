// SPDX-License-Identifier: Apache-2.0
// ecluse-adapter: carries requests of one operator, by its profile.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>

#include "adapters/operators/config.h"
#include "adapters/program.h"
#include "adapters/vault/files.h"

namespace {

using namespace ecluse;

int Wrong(const absl::Status& status) {
  spdlog::error("{}", std::string(status.message()));
  return 2;
}

int Check(const profile::Profile& profile, const AdapterConfig& config) {
  if (MakeQuirks(profile.quirks) == nullptr) {
    return Wrong(absl::InvalidArgumentError(profile.path + ": there are no quirks called " +
                                            profile.quirks));
  }
  for (const auto& [service, open] : config.endpoints) {
    std::cout << profile.name.text << "/" << service.text << ": would be carried\n";
  }
  for (const ServiceId& service : config.left_out) {
    std::cout << profile.name.text << "/" << service.text << ": has no [[endpoint]]\n";
  }
  return 0;
}

// Beside the vault. Work of a broker that was restored over is refused also after a restart.
absl::Status RememberEpochs(const std::string& vault_file, WorkerOptions& worker) {
  const std::string path = vault_file + ".epoch";
  const absl::StatusOr<std::string> known = ReadSecretFile(path, 32);
  if (!known.ok() && !absl::IsNotFound(known.status())) return known.status();
  if (known.ok()) {
    const char* const end = known->data() + known->size();
    const auto read = std::from_chars(known->data(), end, worker.least_epoch);
    if (read.ec != std::errc() || read.ptr != end) {
      return absl::DataLossError(path +
                                 ": not an epoch; look which store is the newest, then "
                                 "remove the file");
    }
  }
  worker.remember_epoch = [path](StoreEpoch epoch) {
    const absl::Status status = ReplaceFile(path, std::to_string(epoch));
    if (!status.ok()) spdlog::error("{}", std::string(status.message()));
    return status.ok();
  };
  return absl::OkStatus();
}

int Run(const std::string& profile_path, const std::string& config_path, bool check) {
  auto profile = profile::ReadProfile(profile_path);
  if (!profile.ok()) return Wrong(profile.status());
  auto config = ReadAdapterConfig(config_path, *profile);
  if (!config.ok()) return Wrong(config.status());
  if (check) return Check(*profile, *config);
  if (config->accounts) {
    config->accounts->log = [](const std::string& line) { spdlog::warn("{}", line); };
  }
  for (const ServiceId& service : config->left_out) {
    spdlog::warn("{}/{} has no [[endpoint]] and is not carried here", profile->name.text,
                 service.text);
  }
  const std::string label = profile->label;
  auto carrier = MakeCarrier(*config, *std::move(profile));
  if (!carrier.ok()) return Wrong(carrier.status());
  (*carrier)->LogTo([](const std::string& line) { spdlog::warn("{}", line); });
  config->worker.destinations = (*carrier)->Destinations();
  config->worker.longest_delivery = (*carrier)->LongestDelivery();
  if (config->accounts) {
    const absl::Status status = RememberEpochs(config->accounts->vault_file, config->worker);
    if (!status.ok()) return Wrong(status);
  }
  const std::string broker = config->worker.link.endpoint;
  RunAdapter(std::move(config->worker), **carrier, "carrying for " + label + " from " + broker);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Carries requests from the Écluse broker to one operator");
  std::string profile, config;
  bool check = false;
  app.add_option("--profile", profile, "the operator's profile.toml")->required();
  app.add_option("--config", config, "this deployment's adapter.toml")->required();
  app.add_flag("--check", check, "tell the first mistake, without starting");
  CLI11_PARSE(app, argc, argv);
  PrepareAdapter("adapter");
  return Run(profile, config, check);
}
