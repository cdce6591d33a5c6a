// SPDX-License-Identifier: Apache-2.0
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "broker/runtime/eclused.h"
#include "proto/version.h"

// eclused, the broker. Exit codes: 0 stopped when asked, 2 could not start, 3 a commit failed.
int main(int argc, char** argv) {
  CLI::App app("eclused: keeps requests while an operator's portal is closed");
  ecluse::StartOptions options;
  app.add_option("--config", options.config_file, "the configuration, eclused.toml")->required();
  app.add_flag("--check", options.only_check, "read configuration, peers and keys, and stop");
  app.add_option("--endpoint", options.endpoint, "instead of the one in the configuration");
  app.add_option("--endpoint-file", options.endpoint_file,
                 "instead of the one in the configuration");
  app.set_version_flag("--version", ecluse::kVersion);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : ecluse::kExitCannotStart;
  }

  spdlog::set_default_logger(spdlog::stderr_logger_st("eclused"));
  // The journal writes its own time before each line.
  spdlog::set_pattern(std::getenv("JOURNAL_STREAM") != nullptr ? "%l: %v"
                                                               : "%Y-%m-%dT%H:%M:%S.%e%z %l: %v");
  return ecluse::RunBroker(options);
}
