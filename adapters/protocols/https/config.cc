// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/https/config.h"

#include <toml++/toml.h>

#include <filesystem>
#include <set>

#include "broker/net/keys.h"
#include "proto/limits.h"

namespace ecluse::https {
namespace {

// Takes settings out of one table and remembers what is wrong and what was taken.
class Reader {
 public:
  Reader(const toml::table& all, std::string section, std::string folder, std::string& trouble)
      : section_(std::move(section)), folder_(std::move(folder)), trouble_(trouble) {
    table_ = all[section_].as_table();
    if (table_ == nullptr) Complain("the section is missing");
  }

  template <class T>
  T Take(const std::string& name, T otherwise) {
    taken_.insert(name);
    if (table_ == nullptr || !table_->contains(name)) return otherwise;
    const auto value = (*table_)[name].value_exact<T>();
    if (!value) Complain(name + " is not of the right type");
    return value.value_or(otherwise);
  }
  std::string Must(const std::string& name) {
    std::string value = Take<std::string>(name, "");
    if (value.empty()) Complain(name + " is missing");
    return value;
  }
  std::string File(const std::string& name, bool must) {
    const std::string value = must ? Must(name) : Take<std::string>(name, "");
    return value.empty() ? "" : (std::filesystem::path(folder_) / value).string();
  }
  int64_t Between(const std::string& name, int64_t otherwise, int64_t least, int64_t most) {
    const int64_t value = Take<int64_t>(name, otherwise);
    if (value < least || value > most) {
      Complain(name + " is not between " + std::to_string(least) + " and " + std::to_string(most));
    }
    return value;
  }
  std::vector<std::string> List(const std::string& name) {
    taken_.insert(name);
    std::vector<std::string> list;
    if (table_ != nullptr) {
      if (const toml::array* array = (*table_)[name].as_array()) {
        for (const auto& item : *array) list.push_back(item.value_or<std::string>(""));
      }
    }
    if (list.empty()) Complain(name + " is missing");
    return list;
  }
  // The last call: whatever was not taken does not exist.
  void End() {
    if (table_ == nullptr) return;
    for (const auto& [key, value] : *table_) {
      const std::string name(key.str());
      if (!taken_.contains(name)) Complain("there is no setting " + name);
    }
  }
  void Complain(const std::string& what) {
    if (trouble_.empty()) trouble_ = "[" + section_ + "] " + what;
  }

 private:
  const std::string section_;
  const std::string folder_;
  std::string& trouble_;
  const toml::table* table_ = nullptr;
  std::set<std::string> taken_;
};

void ReadOperator(Reader& in, Config& config) {
  const std::string name = in.Must("name");
  if (!IsName(name)) in.Complain("name is 1 to 32 characters of a-z, 0-9 and -");
  for (const std::string& service : in.List("services")) {
    if (!IsName(service)) in.Complain("services: names are 1 to 32 characters of a-z, 0-9 and -");
    config.worker.destinations.push_back({{name}, {service}});
  }
  Site& site = config.site;
  site.url = in.Must("url");
  if (!site.url.starts_with("https://")) in.Complain("url must begin with https://");
  while (site.url.ends_with('/')) site.url.pop_back();
  site.ca = in.File("ca_file", false);
  site.certificate = in.File("certificate_file", false);
  site.key = in.File("key_file", false);
  if (site.certificate.empty() != site.key.empty()) {
    in.Complain("certificate_file and key_file go together");
  }
  site.connect_timeout = absl::Milliseconds(in.Between("connect_timeout_ms", 10'000, 1, 3'600'000));
  site.total_timeout = absl::Milliseconds(in.Between("total_timeout_ms", 60'000, 1, 3'600'000));
  site.answer_bytes = static_cast<size_t>(
      in.Between("answer_bytes", 1 << 20, 1, static_cast<int64_t>(limits::kAnswerBytes)));
  site.expect_continue = in.Take("expect_continue", true);
  config.promises.closed_503 = in.Take("refuses_with_503", true);
  config.promises.html_page = in.Take("html_page_means_closed", false);
  config.worker.longest_delivery = site.total_timeout;
}

absl::Status ReadBroker(Reader& in, LinkOptions& link) {
  link.endpoint = in.Must("endpoint");
  const std::string broker_file = in.File("broker_key_file", true);
  const std::string own_file = in.File("key_file", true);
  if (broker_file.empty() || own_file.empty()) return absl::OkStatus();
  auto broker = ReadPublicKey(broker_file);
  if (!broker.ok()) return broker.status();
  auto own = ReadKeyPair(own_file);
  if (!own.ok()) return own.status();
  link.broker_key = *broker;
  link.public_key = own->public_key;
  link.secret_key = own->secret_key;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Config> ReadConfig(const std::string& path) {
  toml::table all;
  try {
    all = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    return absl::InvalidArgumentError(path + ", line " + std::to_string(error.source().begin.line) +
                                      ": " + std::string(error.description()));
  }
  Config config;
  std::string trouble;
  const std::string folder = std::filesystem::path(path).parent_path().string();
  Reader broker(all, "broker", folder, trouble);
  Reader site(all, "operator", folder, trouble);
  const absl::Status keys = ReadBroker(broker, config.worker.link);
  ReadOperator(site, config);
  if (all.contains("worker")) {
    Reader worker(all, "worker", folder, trouble);
    const auto most = static_cast<int64_t>(limits::kSlotsPerWorker);
    config.worker.threads = static_cast<uint32_t>(worker.Between("threads", 4, 1, most));
    config.worker.slots = static_cast<uint32_t>(worker.Between("slots", 0, 0, most));
    config.worker.stop_within =
        absl::Milliseconds(worker.Between("stop_within_ms", 60'000, 0, 3'600'000));
    worker.End();
  }
  broker.End();
  site.End();
  for (const auto& [key, value] : all) {
    const std::string name(key.str());
    if (name != "broker" && name != "operator" && name != "worker" && trouble.empty()) {
      trouble = "there is no section " + name;
    }
  }
  if (!trouble.empty()) return absl::InvalidArgumentError(path + ": " + trouble);
  if (!keys.ok()) return keys;
  return config;
}

}  // namespace ecluse::https
