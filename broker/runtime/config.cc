// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/config.h"

#include <filesystem>
#include <set>

#include "broker/runtime/routes_file.h"
#include "broker/runtime/settings.h"
#include "proto/limits.h"
#include "proto/profile/profile.h"
#include "proto/sections.h"

namespace ecluse {
namespace {

constexpr char kDestinationSection[] = "destination";
constexpr char kOperatorSection[] = "operator";

void FromFolderOf(const std::string& config, std::string& path) {
  if (path.empty()) return;
  path = (std::filesystem::path(config).parent_path() / path).lexically_normal().string();
}

// An empty text that must be given.
void NotEmpty(Fields& fields, const std::string& name, const std::string& text) {
  if (text.empty()) fields.Wrong(name, "must not be empty");
}

absl::Status ReadBroker(const std::string& path, const Section& section, Config& config) {
  Fields fields(path, section);
  for (const Known<Config>& known : BrokerSettings()) TakeSetting(fields, known, config);
  if (!config.endpoint.starts_with("tcp://")) {
    fields.Wrong("endpoint", "must be like \"tcp://127.0.0.1:7311\"");
  }
  const std::string& level = config.log_level;
  if (level != "debug" && level != "info" && level != "warning" && level != "error") {
    fields.Wrong("log_level", "must be \"debug\", \"info\", \"warning\" or \"error\"");
  }
  NotEmpty(fields, "key_file", config.key_file);
  NotEmpty(fields, "peers_file", config.peers_file);
  NotEmpty(fields, "store_directory", config.store_directory);
  NotEmpty(fields, "master_key_file", config.master_key_file);
  for (std::string* each :
       {&config.endpoint_file, &config.key_file, &config.peers_file, &config.store_directory,
        &config.master_key_file, &config.routes_file, &config.backup_directory}) {
    FromFolderOf(path, *each);
  }
  return fields.Finish();
}

void TakePolicy(Fields& fields, Policy& policy) {
  for (const Known<Policy>& known : DestinationSettings()) TakeSetting(fields, known, policy);
  if (policy.retry_first > policy.retry_most) {
    fields.Wrong(fields.Find("retry_first") != nullptr ? "retry_first" : "retry_most",
                 "breaks the rule that retry_first is at most retry_most");
  }
  if (policy.in_flight_least > policy.in_flight) {
    fields.Wrong(fields.Find("in_flight_least") != nullptr ? "in_flight_least" : "in_flight",
                 "breaks the rule that in_flight_least is at most in_flight");
  }
  if (policy.rate_most > 0 && policy.rate_least > policy.rate_most) {
    fields.Wrong(fields.Find("rate_least") != nullptr ? "rate_least" : "rate_most",
                 "breaks the rule that rate_least is at most rate_most");
  }
  if (!policy.can_probe && policy.ask_every > absl::ZeroDuration()) {
    fields.Wrong("can_probe", "is false, so answers can't be asked for: write ask_every = \"0s\"");
  }
}

// The services of an operator's profile, with their delays and rules.
absl::Status ReadOperator(const std::string& path, const Section& section, Config& config) {
  Fields fields(path, section);
  std::string file = fields.Text("profile");
  NotEmpty(fields, "profile", file);
  FromFolderOf(path, file);
  absl::Status status = fields.Finish();
  if (!status.ok()) return status;
  const auto profile = profile::ReadProfile(file);
  if (!profile.ok()) return profile.status();
  for (const profile::Service& service : profile->services) {
    Fields settings(file, service.policy);
    Policy policy;
    policy.failure_domain = service.failure_domain;
    policy.bill_after_grant = service.bill_after_grant;
    policy.needs_login = service.needs_login;
    TakePolicy(settings, policy);
    status = settings.Finish();
    if (!status.ok()) return status;
    const Destination destination{profile->name, service.name};
    if (!config.policies.emplace(destination, policy).second) {
      fields.Wrong("profile", "names an operator that is in the file already");
    }
    config.rules.emplace(destination, service.rules);
  }
  return fields.Finish();
}

// A destination without a profile, or what shall be otherwise here than in its profile.
absl::Status ReadDestination(const std::string& path, const Section& section, Config& config,
                             std::set<Destination>& seen) {
  Fields fields(path, section);
  const Destination destination{{fields.Text("operator")}, {fields.Text("service")}};
  constexpr char kRule[] = "must be 1 to 32 characters of [a-z0-9-]";
  if (!IsName(destination.run_by.text)) fields.Wrong("operator", kRule);
  if (!IsName(destination.service.text)) fields.Wrong("service", kRule);
  if (destination.run_by == kByCard) fields.Wrong("operator", "is reserved for routing by card");
  TakePolicy(fields, config.policies[destination]);
  if (!seen.insert(destination).second) {
    fields.Wrong("service", "is in the file already for this operator");
  }
  if (config.policies.size() > limits::kDestinations) {
    fields.Wrong("service", "is one destination too many: at most 256");
  }
  return fields.Finish();
}

absl::Status UnknownSection(const std::string& path, const Section& section) {
  const std::string meant = Nearest(section.name, {kDestinationSection, kOperatorSection});
  return absl::InvalidArgumentError(path + ":" + std::to_string(section.line) +
                                    ": there is no section `" + section.name + "`" +
                                    (meant.empty() ? "" : "; write [[" + meant + "]]"));
}

absl::StatusOr<Config> FromSections(const std::vector<Section>& sections, const std::string& path) {
  Config config;
  // Profiles first, whatever the order of the file: destinations say what is otherwise.
  for (const Section& section : sections) {
    const bool profile = section.name == kOperatorSection && section.repeated;
    if (!profile) continue;
    const absl::Status status = ReadOperator(path, section, config);
    if (!status.ok()) return status;
  }
  std::set<Destination> seen;
  for (const Section& section : sections) {
    absl::Status status;
    if (section.name.empty()) {
      status = ReadBroker(path, section, config);
    } else if (section.name == kDestinationSection && section.repeated) {
      status = ReadDestination(path, section, config, seen);
    } else if (section.name != kOperatorSection || !section.repeated) {
      status = UnknownSection(path, section);
    }
    if (!status.ok()) return status;
  }
  if (config.policies.empty()) {
    return absl::InvalidArgumentError(
        path + ": has no [[operator]] and no [[destination]]: nothing could be sent");
  }
  return config;
}

}  // namespace

absl::StatusOr<Config> ReadConfig(const std::string& path) {
  const auto sections = ReadSections(path);
  if (!sections.ok()) return sections.status();
  auto config = FromSections(*sections, path);
  if (!config.ok() || config->routes_file.empty()) return config;
  auto routes = ReadRoutes(config->routes_file);
  if (!routes.ok()) return routes.status();
  config->routes = *std::move(routes);
  return config;
}

absl::StatusOr<Config> ParseConfig(const std::string& text, const std::string& path) {
  const auto sections = ParseSections(text, path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

std::vector<SettingText> DescribeSettings() {
  std::vector<SettingText> all;
  for (const Known<Config>& known : BrokerSettings()) all.push_back(Describe("", known));
  all.push_back({kOperatorSection, "profile", "text", "", "any",
                 "an operator's services with their delays and rules"});
  const std::string section = kDestinationSection;
  const char* who = "1 to 32 characters of [a-z0-9-]";
  all.push_back({section, "operator", "text", "", who, "who is sent to; adapters name it too"});
  all.push_back({section, "service", "text", "", who, "what the operator can close on its own"});
  for (const Known<Policy>& known : DestinationSettings()) {
    all.push_back(Describe(section, known));
  }
  return all;
}

}  // namespace ecluse
