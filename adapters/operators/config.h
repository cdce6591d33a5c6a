// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/operators/carrier.h"
#include "adapters/operators/endpoint.h"
#include "adapters/vault/accounts.h"
#include "adapters/worker.h"

namespace ecluse {

// What a deployment says of one operator's adapter: where the broker is, the vault, and where each
// service is reached. Its page is deploy/adapter.example.toml.
struct AdapterConfig {
  WorkerOptions worker;  // without destinations and log
  std::optional<AccountsOptions> accounts;
  std::map<ServiceId, OpenDriver> endpoints;
  std::vector<ServiceId> left_out;  // of the profile, without an endpoint here
};

// Reads the file and looks at every file that it names; nothing is opened on disk for writing.
// Paths are taken from the file's own folder. The first mistake is told with its line.
absl::StatusOr<AdapterConfig> ReadAdapterConfig(const std::string& path,
                                                const profile::Profile& profile);
// The same of a text that was read from `path`.
absl::StatusOr<AdapterConfig> ParseAdapterConfig(const std::string& text, const std::string& path,
                                                 const profile::Profile& profile);

// Opens drivers and vault.
absl::StatusOr<std::unique_ptr<Carrier>> MakeCarrier(const AdapterConfig& config,
                                                     profile::Profile profile);

}  // namespace ecluse
