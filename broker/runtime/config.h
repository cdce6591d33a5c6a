// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "broker/core/policy.h"
#include "broker/core/request/routes.h"
#include "broker/runtime/edge.h"

namespace ecluse {

// What eclused.toml says. Relative paths are taken from the folder of that file.
struct Config {
  std::string endpoint = "tcp://127.0.0.1:7311";
  std::string endpoint_file;  // empty: none
  std::string key_file;
  std::string peers_file;
  std::string store_directory;
  std::string master_key_file;
  uint64_t disk_reserve = uint64_t{1} << 30;
  std::string log_level = "info";
  std::string backup_directory;  // empty: no backup can be made
  // House::offset is drawn between zero and this.
  absl::Duration start_offset_most = absl::Minutes(10);
  std::string routes_file;  // empty: no request is routed by its card
  Policies policies;
  // What operators ask of contents; a destination without a profile asks nothing of its own.
  ContentRules rules;
  Routes routes;
};

// Any mistake refuses the whole file; the status names file, line, setting and rule, and for a
// misspelt name the one that was probably meant.
absl::StatusOr<Config> ReadConfig(const std::string& path);
absl::StatusOr<Config> ParseConfig(const std::string& text, const std::string& path);

// Every setting there is, for people: deploy/eclused.example.toml shows the same, and a test keeps
// them together.
struct SettingText {
  std::string section;  // empty: before the first header
  std::string name;
  std::string unit;
  std::string fallback;  // as written in the file; empty: it must be given
  std::string range;
  std::string reason;
};
std::vector<SettingText> DescribeSettings();

}  // namespace ecluse
