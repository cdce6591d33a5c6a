// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>

#include "adapters/protocols/http/exchange.h"
#include "adapters/protocols/https/endings.h"
#include "adapters/worker.h"

namespace ecluse::https {

struct Config {
  WorkerOptions worker;  // its log is the caller's to set
  Site site;
  Promises promises;
};

// Reads the configuration file and the key files that it names; README.md lists the settings.
// Paths are taken from the file's own folder. A setting that does not exist is an error, so that
// a misspelt one can't be missed.
absl::StatusOr<Config> ReadConfig(const std::string& path);

}  // namespace ecluse::https
