// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/config.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "adapters/vault/sealed.h"
#include "broker/net/keys.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

std::string PathOf(const std::string& config, const std::string& path) {
  if (path.empty()) return path;
  return (std::filesystem::path(config).parent_path() / path).lexically_normal().string();
}

void TakeNumber(Fields& fields, const std::string& name, uint32_t least, uint32_t most,
                uint32_t& into) {
  const Setting* setting = fields.Find(name);
  if (setting == nullptr) return;
  const auto* number = std::get_if<int64_t>(&setting->value);
  if (number == nullptr || *number < least || *number > most) {
    return fields.Wrong(
        name, "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  into = static_cast<uint32_t>(*number);
}

void TakeDuration(Fields& fields, const std::string& name, absl::Duration least,
                  absl::Duration& into) {
  if (fields.Find(name) == nullptr) return;
  absl::Duration duration;
  if (!absl::ParseDuration(fields.Text(name), &duration) || duration < least ||
      duration > absl::Hours(1)) {
    return fields.Wrong(
        name, "must be a duration from \"" + absl::FormatDuration(least) + "\" to \"1h\"");
  }
  into = duration;
}

absl::Status ReadBroker(const std::string& path, const Section& section, LinkOptions& link) {
  Fields fields(path, section);
  link.endpoint = fields.Text("endpoint");
  if (!link.endpoint.starts_with("tcp://")) {
    fields.Wrong("endpoint", "must be like \"tcp://127.0.0.1:7311\"");
  }
  const std::string broker_file = PathOf(path, fields.Text("broker_key_file"));
  const std::string own_file = PathOf(path, fields.Text("key_file"));
  if (absl::Status status = fields.Finish(); !status.ok()) return status;
  auto broker = ReadPublicKey(broker_file);
  if (!broker.ok()) return broker.status();
  auto own = ReadKeyPair(own_file);
  if (!own.ok()) return own.status();
  link.broker_key = *broker;
  link.public_key = own->public_key;
  link.secret_key = own->secret_key;
  return absl::OkStatus();
}

absl::Status ReadVault(const std::string& path, const Section& section,
                       std::optional<AccountsOptions>& into) {
  Fields fields(path, section);
  AccountsOptions options;
  options.vault_file = PathOf(path, fields.Text("file"));
  options.key_file = PathOf(path, fields.Text("key_file"));
  options.refusals_file = options.vault_file + ".refusals";
  if (fields.Find("secrets_since") != nullptr) {
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, fields.Text("secrets_since"), &options.secrets_since,
                         &error)) {
      fields.Wrong("secrets_since", "must be like \"2024-02-05T20:00:00+01:00\"");
    }
  }
  into = std::move(options);
  return fields.Finish();
}

absl::Status ReadWorker(const std::string& path, const Section& section, WorkerOptions& worker) {
  Fields fields(path, section);
  const auto most = static_cast<uint32_t>(limits::kSlotsPerWorker);
  TakeNumber(fields, "threads", 1, most, worker.threads);
  TakeNumber(fields, "slots", 0, most, worker.slots);
  TakeDuration(fields, "stop_within", absl::ZeroDuration(), worker.stop_within);
  TakeDuration(fields, "collect_every", absl::Milliseconds(100), worker.collect_every);
  return fields.Finish();
}

// The services that an [[endpoint]] is for; the settings that name them are taken out of it.
absl::StatusOr<std::vector<const profile::Service*>> ServicesOf(const std::string& path,
                                                                const profile::Profile& profile,
                                                                Section& section) {
  Fields fields(path, section);
  std::vector<std::string> names;
  const char* setting = fields.Find("services") != nullptr ? "services" : "service";
  if (setting == std::string("services")) {
    names = fields.Texts("services");
    if (fields.Find("service") != nullptr) {
      fields.Wrong("service", "and `services` do not go together");
    }
  } else {
    names = {fields.Text("service")};
  }
  std::vector<std::string> known;
  for (const auto& service : profile.services) known.push_back(service.name.text);
  std::vector<const profile::Service*> services;
  for (const std::string& name : names) {
    const profile::Service* service = profile.Find({name});
    const std::string meant = Nearest(name, known);
    if (service == nullptr) {
      fields.Wrong(setting, "names \"" + name + "\", which is no service of " + profile.path +
                                (meant.empty() ? "" : "; is \"" + meant + "\" meant?"));
    }
    services.push_back(service);
  }
  for (const Setting& each : section.settings) fields.Find(each.name);
  if (absl::Status status = fields.Finish(); !status.ok()) return status;
  std::erase_if(section.settings, [](const Setting& each) {
    return each.name == "service" || each.name == "services";
  });
  return services;
}

absl::Status TakeEndpoint(const std::string& path, const profile::Profile& profile, Section section,
                          AdapterConfig& config) {
  const auto services = ServicesOf(path, profile, section);
  if (!services.ok()) return services.status();
  for (const profile::Service* service : *services) {
    auto open = ReadEndpoint(profile, *service, path, section);
    if (!open.ok()) return open.status();
    if (!config.endpoints.emplace(service->name, *std::move(open)).second) {
      return absl::InvalidArgumentError(path + ":" + std::to_string(section.line) +
                                        ": [[endpoint]] the service " + service->name.text +
                                        " has one already");
    }
  }
  return absl::OkStatus();
}

absl::Status Take(const std::string& path, const profile::Profile& profile, const Section& section,
                  AdapterConfig& config) {
  if (section.name == "broker") return ReadBroker(path, section, config.worker.link);
  if (section.name == "vault") return ReadVault(path, section, config.accounts);
  if (section.name == "worker") return ReadWorker(path, section, config.worker);
  if (section.name == "endpoint" && section.repeated) {
    return TakeEndpoint(path, profile, section, config);
  }
  if (section.name.empty() && section.settings.empty()) return absl::OkStatus();
  const std::string what =
      section.name.empty() ? "setting outside of the sections" : "section `" + section.name + "`";
  return absl::InvalidArgumentError(path + ":" + std::to_string(section.line) + ": there is no " +
                                    what + "; write [broker], [vault], [worker] or [[endpoint]]");
}

absl::Status Complete(const std::string& path, const profile::Profile& profile,
                      AdapterConfig& config) {
  if (config.worker.link.endpoint.empty()) {
    return absl::InvalidArgumentError(path + ": has no [broker]");
  }
  if (config.endpoints.empty()) {
    return absl::InvalidArgumentError(path + ": has no [[endpoint]]: nothing could be sent");
  }
  for (const profile::Service& service : profile.services) {
    if (!config.endpoints.contains(service.name)) {
      config.left_out.push_back(service.name);
    } else if (service.needs_login && !config.accounts) {
      return absl::InvalidArgumentError(path + ": has no [vault], and the service " +
                                        service.name.text + " needs logins");
    }
  }
  if (!config.accounts) return absl::OkStatus();
  return Accounts(*config.accounts).Check();
}

absl::StatusOr<AdapterConfig> FromSections(const std::vector<Section>& sections,
                                           const std::string& path,
                                           const profile::Profile& profile) {
  AdapterConfig config;
  for (const Section& section : sections) {
    const absl::Status status = Take(path, profile, section, config);
    if (!status.ok()) return status;
  }
  if (absl::Status status = Complete(path, profile, config); !status.ok()) return status;
  return config;
}

}  // namespace

absl::StatusOr<AdapterConfig> ReadAdapterConfig(const std::string& path,
                                                const profile::Profile& profile) {
  const auto sections = ReadSections(path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path, profile);
}

absl::StatusOr<AdapterConfig> ParseAdapterConfig(const std::string& text, const std::string& path,
                                                 const profile::Profile& profile) {
  const auto sections = ParseSections(text, path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path, profile);
}

absl::StatusOr<std::unique_ptr<Carrier>> MakeCarrier(const AdapterConfig& config,
                                                     profile::Profile profile) {
  Carrier::Parts parts;
  parts.quirks = MakeQuirks(profile.quirks);
  if (parts.quirks == nullptr) {
    return absl::InvalidArgumentError(profile.path + ": `quirks` names \"" + profile.quirks +
                                      "\", which this program was built without");
  }
  for (const auto& [service, open] : config.endpoints) {
    auto driver = open();
    if (!driver.ok()) return driver.status();
    parts.drivers[service] = *std::move(driver);
  }
  if (config.accounts) {
    auto sole = FileLock::TryTake(config.accounts->vault_file + ".adapter");
    if (absl::IsAlreadyExists(sole.status())) {
      return absl::AlreadyExistsError(
          config.accounts->vault_file +
          ": another adapter process uses this vault already. Two would "
          "lock the practices' accounts: run one for each operator");
    }
    if (!sole.ok()) return sole.status();
    parts.sole.emplace(*std::move(sole));
    parts.accounts = std::make_unique<Accounts>(*config.accounts);
  }
  parts.profile = std::move(profile);
  return std::make_unique<Carrier>(std::move(parts));
}

}  // namespace ecluse
