// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/world.h"

#include <absl/time/clock.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "store/master_key.h"
#include "tests/support/operator/certificates.h"
#include "tests/support/operator/control.h"

namespace ecluse::conformance {
namespace {

namespace fs = std::filesystem;
using programs::Process;

constexpr absl::Duration kPatience = absl::Seconds(30);

// Of the stand that is used where the settings name none. The words are the field's own.
constexpr char kStandProfile[] = R"(operator = "{}"
label = "Stand"

[[service]]
name = "{}"
protocol = "portal"
failure_domain = "stand"
kinds = ["authorisation", "quotation", "document", "cancellation", "bill"]
needs_login = {}

[[word]]
words = ["Reçue"]
means = "received"

[[word]]
words = ["En attente"]
means = "pending"

[[word]]
words = ["Accordée"]
means = "granted"

[[word]]
words = ["Refusée"]
means = "refused"

[[word]]
words = ["Annulée"]
means = "cancelled"

[[word]]
words = ["Facturée"]
means = "billed"
)";

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

absl::Status WriteWhole(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  if (file << text && file.flush()) return absl::OkStatus();
  return absl::UnavailableError("can't write " + path);
}

// Looks again and again; false: not within kPatience.
bool Until(const std::function<bool()>& there) {
  for (const absl::Time end = absl::Now() + kPatience; absl::Now() < end;) {
    if (there()) return true;
    absl::SleepFor(absl::Milliseconds(10));
  }
  return false;
}

// As a shell would find it: a path, from `here` if it is not whole, or a name in PATH.
std::string FindProgram(const std::string& name, const std::string& here) {
  if (name.find('/') != std::string::npos) return (fs::path(here) / name).string();
  const char* path = getenv("PATH");
  std::string folders = path == nullptr ? "/usr/bin:/bin" : path;
  while (!folders.empty()) {
    const std::string folder = folders.substr(0, folders.find(':'));
    folders.erase(0, folder.size() + 1);
    if (fs::exists(folder + "/" + name)) return folder + "/" + name;
  }
  return name;
}

std::string Peer(const std::string& section, const std::string& more, const std::string& key) {
  return fmt::format("[[{}]]\n{}\nkey = \"{}\"\n\n", section, more, key);
}

}  // namespace

World::World(const Settings& settings, WorldOptions options)
    : settings_(settings), options_(std::move(options)) {
  for (size_t i = 0; i < kPractices; ++i) {
    practices_.push_back({{fmt::format("practice-{}", i + 1)},
                          fmt::format("75000000{}", i + 1),
                          fmt::format("login-{}", i + 1),
                          fmt::format("Secret-of-{}-that-nobody-may-read", i + 1)});
  }
}

World::~World() {
  for (const auto& adapter : adapters_) {
    if (adapter != nullptr) adapter->Kill();
  }
  for (Process* process : {broker_.get(), stand_.get()}) {
    if (process != nullptr) process->Kill();
  }
  std::error_code ignored;
  if (!options_.keep && !folder_.empty()) fs::remove_all(folder_, ignored);
}

absl::Status World::Start() {
  std::string folder =
      (fs::temp_directory_path() / ("ecluse-" + options_.name + "-XXXXXX")).string();
  if (mkdtemp(folder.data()) == nullptr) return absl::ErrnoToStatus(errno, folder);
  folder_ = folder;
  values_ = {{"here", settings_.folder},
             {"folder", folder_},
             {"programs", options_.programs},
             {"operator", settings_.destination.run_by.text},
             {"service", settings_.destination.service.text},
             {"broker_key_file", Path("broker.key.pub")},
             {"adapter_key_file", Path("adapter.key")},
             {"ca_file", Path("ca.pem")},
             {"certificate_file", Path("client.pem")},
             {"certificate_key_file", Path("client.key")},
             {"stand_certificate_file", Path("server.pem")},
             {"stand_key_file", Path("server.key")},
             {"accounts_file", Path("accounts")},
             {"ledger_file", LedgerPath()}};
  adapters_.resize(2);
  absl::Status status = MakeCertificates(folder_);
  status.Update(WriteKeys());
  if (status.ok()) status = StartStand();
  if (status.ok()) status = options_.scripted ? StartScript() : StartBroker();
  if (status.ok()) status = WriteAdapterFiles();
  for (const Command& command : settings_.prepare) {
    if (status.ok()) status = RunToTheEnd(command, values_);
  }
  for (const Practice& practice : practices_) {
    if (status.ok()) status = GiveSecret(practice);
  }
  return status;
}

absl::Status World::WriteKeys() {
  std::vector<KeyPair*> all = {&broker_key_, &adapter_key_, &ops_};
  for (Practice& practice : practices_) all.push_back(&practice.keys);
  for (KeyPair* pair : all) {
    auto made = MakeKeyPair();
    if (!made.ok()) return made.status();
    *pair = *std::move(made);
  }
  std::string peers, accounts;
  for (const Practice& p : practices_) {
    peers += Peer("practice", fmt::format("name = \"{}\"\nfiness = [\"{}\"]", p.id.text, p.finess),
                  p.keys.public_key);
    accounts += fmt::format("{} {} {}\n", p.id.text, p.login, p.secret);
  }
  peers += Peer("adapter",
                fmt::format("operator = \"{}\"\nservices = [\"{}\"]",
                            settings_.destination.run_by.text, settings_.destination.service.text),
                adapter_key_.public_key);
  peers += Peer("ops", "name = \"conformance\"\nmay = \"act\"", ops_.public_key);
  absl::Status status = WriteKeyPair(Path("broker.key"), broker_key_);
  status.Update(WriteKeyPair(Path("adapter.key"), adapter_key_));
  status.Update(store::CreateMasterKey(Path("master.key")));
  status.Update(WriteWhole(Path("peers.toml"), peers));
  status.Update(WriteWhole(Path("accounts"), accounts));
  return status;
}

// Short pauses: a play, not an operator's day.
absl::Status World::WriteBrokerFiles(const std::string& endpoint) const {
  return WriteWhole(
      Path("eclused.toml"),
      fmt::format(R"(endpoint = "{}"
endpoint_file = "endpoint"
key_file = "broker.key"
peers_file = "peers.toml"
store_directory = "store"
master_key_file = "master.key"
disk_reserve = "64MiB"

[[destination]]
operator = "{}"
service = "{}"
lease = "1s"
silence = "{}"
settle = "1s"
can_probe = {}
probe_every = "1s"
probes = 1000
ask_every = "1s"
ask_most = "1s"
strikes = 1000
retry_first = "1s"
retry_most = "1s"
in_flight = {}
)",
                  endpoint, settings_.destination.run_by.text, settings_.destination.service.text,
                  absl::FormatDuration(settings_.silence), settings_.probes, options_.in_flight));
}

absl::Status World::StartStand() {
  const absl::Status written = WriteWhole(
      Path("stand.toml"), fmt::format(kStandProfile, settings_.destination.run_by.text,
                                      settings_.destination.service.text, settings_.logs_in));
  if (!written.ok()) return written;
  static const Command kOurs = {
      {"{programs}/tests/support/operator/ecluse-operator", "--profile", "{folder}/stand.toml",
       "--ca", "{ca_file}", "--cert", "{stand_certificate_file}", "--key", "{stand_key_file}",
       "--accounts", "{accounts_file}", "--ledger", "{ledger_file}"},
      ""};
  stand_ = std::make_unique<Process>(
      Filled("stand", settings_.stand.empty() ? kOurs : settings_.stand, values_));
  const absl::Status started = stand_->Start();
  if (!started.ok()) return started;
  int port = 0;
  const bool ready = Until([&] {
    const std::string said = ReadWhole(Path("stand.log"));
    const size_t at = said.find("operator port=");
    if (at == std::string::npos || said.find('\n', at) == std::string::npos) {
      return !stand_->Alive();
    }
    return std::sscanf(said.c_str() + at, "operator port=%d control=%d", &port, &control_port_) > 0;
  });
  if (!ready || control_port_ == 0) {
    return absl::UnavailableError("the stand did not say its ports:\n" + stand_->LogTail());
  }
  values_["operator_url"] = fmt::format("https://127.0.0.1:{}", port);
  values_["operator_port"] = std::to_string(port);
  return absl::OkStatus();
}

absl::Status World::StartBroker() {
  const bool again = !endpoint_.empty();
  absl::Status status = WriteBrokerFiles(again ? endpoint_ : "tcp://127.0.0.1:*");
  if (!again) {
    const Command eclused = {
        {"{programs}/broker/runtime/eclused", "--config", "{folder}/eclused.toml"}, ""};
    broker_ = std::make_unique<Process>(Filled("broker", eclused, values_));
  }
  fs::remove(Path("endpoint"));
  if (status.ok()) status = broker_->Start();
  if (!status.ok()) return status;
  const bool ready = Until([&] {
    const std::string text = ReadWhole(Path("endpoint"));
    const size_t from = text.find('"');
    const size_t to = text.find('"', from + 1);
    if (from == std::string::npos || to == std::string::npos) return !broker_->Alive();
    endpoint_ = text.substr(from + 1, to - from - 1);
    return true;
  });
  if (!ready || endpoint_.empty() || !broker_->Alive()) {
    return absl::UnavailableError("the broker did not start:\n" + broker_->LogTail());
  }
  values_["endpoint"] = endpoint_;
  values_["broker_key"] = broker_key_.public_key;
  return absl::OkStatus();
}

absl::Status World::StartScript() {
  script_ = std::make_unique<Script>(broker_key_);
  endpoint_ = script_->endpoint();
  values_["endpoint"] = endpoint_;
  values_["broker_key"] = broker_key_.public_key;
  return absl::OkStatus();
}

absl::Status World::KillAndRestartBroker() {
  broker_->Kill();
  return StartBroker();
}

absl::Status World::WriteAdapterFiles() const {
  for (const FileToWrite& file : settings_.files) {
    std::string text;
    if (!file.from.empty()) {
      text = ReadWhole((fs::path(settings_.folder) / Fill(file.from, values_)).string());
      if (text.empty()) return absl::NotFoundError("can't read " + file.from);
    }
    const absl::Status status = WriteWhole(Path(file.name), text + Fill(file.text, values_));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status World::GiveSecret(const Practice& practice) {
  Values values = values_;
  values["practice"] = practice.id.text;
  values["login"] = practice.login;
  values["secret"] = practice.secret;
  for (const Command& command : settings_.accounts) {
    const absl::Status status = RunToTheEnd(command, values);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

Process::Command World::Filled(const std::string& name, const Command& command,
                               const Values& values) const {
  Process::Command filled;
  filled.name = name;
  filled.log = Path(name + ".log");
  filled.folder = folder_;
  filled.program = FindProgram(Fill(command.words.front(), values), settings_.folder);
  for (size_t i = 1; i < command.words.size(); ++i) {
    filled.arguments.push_back(Fill(command.words[i], values));
  }
  return filled;
}

absl::Status World::RunToTheEnd(const Command& command, const Values& values) {
  const std::string name = fmt::format("command-{}", ++commands_);
  Process::Command filled = Filled(name, command, values);
  filled.input = Path(name + ".input");
  const absl::Status written = WriteWhole(filled.input, Fill(command.input, values));
  if (!written.ok()) return written;
  Process process(std::move(filled));
  const absl::Status started = process.Start();
  if (!started.ok()) return started;
  if (Until([&] { return !process.Alive(); }) && process.ended() == 0) return absl::OkStatus();
  return absl::UnavailableError(command.words.front() + " did not end well:\n" + process.LogTail());
}

absl::Status World::StartAdapter(size_t which) {
  Values values = values_;
  values["process"] = std::to_string(which + 1);
  adapters_.at(which) = std::make_unique<Process>(
      Filled(fmt::format("adapter-{}", which + 1), settings_.adapter, values));
  return adapters_[which]->Start();
}

absl::Status World::Tell(const std::string& line, std::string* answer) {
  const auto said = ecluse::Tell(control_port_, line);
  if (!said.ok()) return said.status();
  if (answer != nullptr) *answer = *said;
  if (said->starts_with("ok")) return absl::OkStatus();
  return absl::InvalidArgumentError("the stand says to \"" + line + "\": " + *said);
}

LinkOptions World::LinkFor(const KeyPair& pair) const {
  LinkOptions options;
  options.endpoint = endpoint_;
  options.broker_key = broker_key_.public_key;
  options.public_key = pair.public_key;
  options.secret_key = pair.secret_key;
  options.patience = absl::Milliseconds(500);
  options.patience_most = absl::Seconds(2);
  return options;
}

std::string World::Logs() const {
  std::string all;
  for (size_t i = 0; i < adapters_.size(); ++i) {
    all += ReadWhole(Path(fmt::format("adapter-{}.log", i + 1)));
  }
  for (const std::string& log : settings_.logs) {
    all += ReadWhole((fs::path(folder_) / Fill(log, values_)).string());
  }
  return all;
}

std::string World::Casualties() {
  std::string report;
  for (Process* process : {broker_.get(), stand_.get()}) {
    if (process == nullptr || process->Alive()) continue;
    report += fmt::format("the {} ended by itself; its last words:\n{}", process->name(),
                          process->LogTail());
  }
  return report;
}

}  // namespace ecluse::conformance
