// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/endpoint.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "adapters/protocols/exchange/driver.h"
#include "adapters/protocols/mail/driver.h"
#include "adapters/protocols/portal/driver.h"
#include "adapters/vault/files.h"

namespace ecluse {
namespace {

constexpr size_t kMostFileBytes = 1 << 20;

// The settings of all protocols that name files. What is none of a protocol's is refused later.
constexpr const char* kPublicFiles[] = {"ca_file", "certificate_file", "ca",
                                        "recipient_certificate", "own_certificate"};
constexpr const char* kSecretFiles[] = {"key_file", "submission_secret_file", "mailbox_secret_file",
                                        "own_key", "register_key"};
constexpr const char* kPlaces[] = {"register"};

std::string* PathIn(Section& section, const char* name, const std::string& config_path) {
  for (Setting& setting : section.settings) {
    auto* path = std::get_if<std::string>(&setting.value);
    if (setting.name != name || path == nullptr || path->empty()) continue;
    *path = (std::filesystem::path(config_path).parent_path() / *path).lexically_normal().string();
    return path;
  }
  return nullptr;
}

absl::Status LookAtFiles(Section& section, const std::string& config_path) {
  for (const char* name : kPlaces) PathIn(section, name, config_path);
  for (const char* name : kPublicFiles) {
    const std::string* path = PathIn(section, name, config_path);
    if (path == nullptr || (std::filesystem::is_regular_file(*path) && std::ifstream(*path))) {
      continue;
    }
    return absl::NotFoundError(*path + ": can't be read (`" + name + "` of " + config_path + ")");
  }
  for (const char* name : kSecretFiles) {
    const std::string* path = PathIn(section, name, config_path);
    if (path == nullptr) continue;
    const auto secret = ReadSecretFile(*path, kMostFileBytes);
    if (!secret.ok()) return secret.status();
  }
  return absl::OkStatus();
}

std::string TextOf(Fields& fields, const std::string& name) {
  return fields.Find(name) == nullptr ? "" : fields.Text(name);
}

absl::Status ReadSite(const std::string& config_path, const Section& endpoint, http::Site& site) {
  Fields fields(config_path, endpoint);
  site.url = fields.Text("url");
  if (!site.url.starts_with("https://")) fields.Wrong("url", "must begin with https://");
  while (site.url.ends_with('/')) site.url.pop_back();
  site.ca = TextOf(fields, "ca_file");
  site.certificate = TextOf(fields, "certificate_file");
  site.key = TextOf(fields, "key_file");
  if (site.certificate.empty() != site.key.empty()) {
    fields.Wrong(site.key.empty() ? "certificate_file" : "key_file",
                 "is half of a pair: certificate_file and key_file go together");
  }
  return fields.Finish();
}

// Portal and exchange alike: both are a site, terms, and a driver that opens nothing.
template <class Settings, class TheDriver>
absl::StatusOr<OpenDriver> ReadHttp(const profile::Profile& profile,
                                    const profile::Service& service, const std::string& config_path,
                                    const Section& endpoint) {
  Settings settings;
  absl::Status status = ReadDriverSection(profile.path, service.driver, settings);
  if (!status.ok()) return status;
  status = ReadSite(config_path, endpoint, settings.site);
  if (!status.ok()) return status;
  settings.terms.words = service.words;
  return [settings] { return std::make_unique<TheDriver>(settings); };
}

bool IsTrue(const Section& section, const std::string& name) {
  for (const Setting& setting : section.settings) {
    const bool* flag = std::get_if<bool>(&setting.value);
    if (setting.name == name && flag != nullptr) return *flag;
  }
  return false;
}

absl::StatusOr<OpenDriver> ReadMail(const profile::Profile& profile,
                                    const profile::Service& service, const std::string& config_path,
                                    const Section& endpoint) {
  mail::Settings settings;
  absl::Status status = mail::ReadDriverSection(profile.path, service.driver, settings);
  if (!status.ok()) return status;
  status = mail::ReadSiteSection(config_path, endpoint, settings);
  if (!status.ok()) return status;
  // A bill names patients: only a demonstration may send it in clear.
  if (settings.message.certificate.empty() && !IsTrue(endpoint, "in_clear")) {
    return absl::InvalidArgumentError(config_path + ":" + std::to_string(endpoint.line) +
                                      ": [[endpoint]] `recipient_certificate` is missing: bills "
                                      "are encrypted to the operator");
  }
  return [settings] { return mail::MailDriver::Open(settings); };
}

}  // namespace

absl::StatusOr<OpenDriver> ReadEndpoint(const profile::Profile& profile,
                                        const profile::Service& service,
                                        const std::string& config_path, Section endpoint) {
  const absl::Status status = LookAtFiles(endpoint, config_path);
  if (!status.ok()) return status;
  switch (service.protocol) {
    case profile::Protocol::kPortal:
      // "Unavailable" that may be a wrong login is the carrier's to judge, for every driver.
      return ReadHttp<portal::Settings, portal::PortalDriver>(profile, service, config_path,
                                                              endpoint);
    case profile::Protocol::kExchange:
      return ReadHttp<exchange::Settings, exchange::ExchangeDriver>(profile, service, config_path,
                                                                    endpoint);
    case profile::Protocol::kMail:
      return ReadMail(profile, service, config_path, endpoint);
  }
  return absl::InternalError("a protocol without a driver");
}

}  // namespace ecluse
