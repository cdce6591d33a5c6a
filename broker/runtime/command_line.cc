// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/command_line.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "proto/version.h"

namespace ecluse {

int RunCommandLine(int argc, char** argv, const WrapStore& wrap, const OpenStore& open) {
  CLI::App app("eclused: keeps requests while an operator's portal is closed");
  StartOptions options;
  app.add_option("--config", options.config_file, "the configuration, eclused.toml")->required();
  app.add_flag("--check", options.only_check, "read configuration, peers and keys, and stop");
  app.add_option("--endpoint", options.endpoint, "instead of the one in the configuration");
  app.add_option("--endpoint-file", options.endpoint_file,
                 "instead of the one in the configuration");
  app.set_version_flag("--version", kVersion);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kExitCannotStart;
  }

  spdlog::set_default_logger(spdlog::stderr_logger_st("eclused"));
  // The journal writes its own time before each line.
  spdlog::set_pattern(std::getenv("JOURNAL_STREAM") != nullptr ? "%l: %v"
                                                               : "%Y-%m-%dT%H:%M:%S.%e%z %l: %v");
  return RunBroker(options, wrap, open);
}

}  // namespace ecluse
